import { describe, expect, it } from "vitest";
import { findHandler } from "../../../src/analysis/code/handler.ts";
import { findThrownValues } from "../../../src/analysis/errors/thrown-values.ts";
import { modelOf } from "../support.ts";

/** What is thrown in a text, as `how kind value`. */
function thrownIn(text: string): string[] {
  const model = modelOf(text);
  return findThrownValues(model, findHandler(model)).map(({ how, kind, value, range }) =>
    [how, kind, value === undefined ? `at ${model.text.slice(...range)}` : model.textOf(value)].join(" "),
  );
}

const inHandler = (body: string): string => `function lambda(input, callback) { ${body} }`;

describe("findThrownValues", () => {
  it.each([
    ["throw 'a';", "throw text 'a'"],
    ["throw `a ${input.b}`;", "throw text `a ${input.b}`"],
    ["throw { code: 1 };", "throw object { code: 1 }"],
    ["throw [1];", "throw array [1]"],
    ["throw 7;", "throw number 7"],
    ["throw true;", "throw boolean true"],
    ["throw null;", "throw nothing null"],
    ["throw undefined;", "throw nothing undefined"],
    ["throw input.x ? 'a' : 'b';", "throw text input.x ? 'a' : 'b'"],
    ["const text = 'a'; throw text;", "throw text text"],
    ["const { text } = { text: 'a' }; throw text;", "throw text text"],
    ["const fail = (why) => { throw why; }; fail('a'); fail(`b`);", "throw text why"],
    ["throw input.x > 1;", "throw boolean input.x > 1"],
    ["throw String(input.x);", "throw text String(input.x)"],
    ["return Promise.reject();", "reject nothing at Promise.reject()"],
    ["return Promise.reject('a');", "reject text 'a'"],
    ["return new Promise((resolve, reject) => reject({ a: 1 }));", "reject object { a: 1 }"],
    ["callback('a');", "callback text 'a'"],
    ["callback(input.x + 'a');", "callback text input.x + 'a'"],
    ["callback('a' + input.x);", "callback text 'a' + input.x"],
    ["callback(`a ${input.x}`);", "callback text `a ${input.x}`"],
    ["callback(input.x ? 'a' : 'b');", "callback text input.x ? 'a' : 'b'"],
    ["const text = 'a'; callback(text);", "callback text text"],
    ["callback({ code: 1 });", "callback object { code: 1 }"],
    ["callback([1]);", "callback array [1]"],
  ])("finds %s", (body, found) => {
    expect(thrownIn(inHandler(body))).toEqual([found]);
  });

  it.each([
    ["throw new Error('a');"],
    ["throw /a/;"],
    ["throw input.error;"],
    ["throw input;"],
    ["throw input.x ? 'a' : 1;"],
    ["let text = 'a'; text = input.error; throw text;"],
    ["let text; throw text;"],
    ["let text; if (input.x) { text = 'a'; } throw text;"],
    ["const fail = (error) => { if (error) { throw error; } }; fail(null);"],
    ["return Promise.resolve('a');"],
    ["return input.reject('a');"],
    ["return new Promise((resolve, reject) => resolve('a'));"],
    ["return new Other((resolve, reject) => reject('a'));"],
    ["return input.list.map((item, reject) => reject('a'));"],
    ["return new Promise((resolve, reject) => { reject = input.x; reject('a'); });"],
    ["const reject = input.x; reject('a');"],
    ["callback();"],
    ["callback(null);"],
    ["callback('');"],
    ["callback(0);"],
    ["callback(false);"],
    ["callback(``);"],
    ["callback(`${input.x}`);"],
    ["callback(input.x ? 'a' : '');"],
    ["const text = ''; callback(text);"],
    ["input.each(callback);"],
    ["callback = input.x; callback('a');"],
  ])("leaves %s alone", (body) => {
    expect(thrownIn(inHandler(body))).toEqual([]);
  });

  it.each([
    ["try { throw 'stop'; } catch (e) { if (e !== 'stop') retry(); }"],
    ["try { throw 'stop'; } catch (e) { switch (e) { case 'stop': } }"],
    ["try { throw 'stop'; } catch { retry(); }"],
  ])("leaves a signal of the function's own alone: %s", (body) => {
    expect(thrownIn(inHandler(body))).toEqual([]);
  });

  it.each([
    ["try { throw 'stop'; } catch (e) { callback(e); }"],
    ["try { throw 'stop'; } catch ({ message }) { log(message); }"],
    ["try { input.x(); } catch (e) { throw 'stop'; }"],
  ])("finds what is caught as an error, or not at all: %s", (body) => {
    expect(thrownIn(inHandler(body))).toEqual(["throw text 'stop'"]);
  });

  it("finds what is thrown outside of functions, and where there is no handler", () => {
    expect(thrownIn("if (!process.env.A) throw 'no A';")).toEqual(["throw text 'no A'"]);
  });
});
