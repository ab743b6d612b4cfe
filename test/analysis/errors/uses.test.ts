import { describe, expect, it } from "vitest";
import { findTellingErrorUses } from "../../../src/analysis/errors/uses.ts";
import { createModel } from "../../../src/analysis/code/model.ts";
import { parseSource } from "../../../src/analysis/code/parse.ts";

function usesIn(body: string): string[] {
  const model = createModel(
    parseSource(`async function lambda(input, callback) { ${body} }\nfunction own(e) { return e.statusCode; }`),
  );
  return findTellingErrorUses(model).map((node) => model.textOf(node));
}

function inCatch(statements: string): string[] {
  return usesIn(`try { await input.go(); } catch (e) { ${statements} }`);
}

describe("what is the same for every error", () => {
  it.each([
    "throw e;",
    "callback(e);",
    "console.error('failed', e, e.message, e.stack);",
    "throw new Error(`no answer: ${e}`);",
    "throw new Error('no answer: ' + e.message);",
    "throw new TypeError(e.message || 'unknown');",
    "callback(String(e));",
    "if (e) callback(e);",
    "if (!e) return;",
    "if (e instanceof Error) throw e;",
    "throw e ? e : new Error('none');",
    "console.error('failed', { error: e, text: e.message });",
    "return Promise.reject(e);",
    "await new Promise((resolve, reject) => reject(e));",
    "const failure = e; if (failure !== null) callback(failure);",
    "let failure = null; failure = e; console.error(failure.message); callback(failure);",
    "const tell = (text, x) => { console.error(text, x.message); callback(x); }; tell('failed', e);",
    "const done = callback; done(e);",
  ])("%s", (statements) => {
    expect(inCatch(statements)).toEqual([]);
  });

  it.each([
    "try { await input.go(); } catch { callback(); }",
    "try { await input.go(); } catch ({ message }) { callback(message); }",
    "try { JSON.parse(input); } catch (e) { if (e.name === 'SyntaxError') callback(); }",
    "try { input.map(async () => { await 1; }); } catch (e) { callback(e.name); }",
    "input.go().catch(callback);",
    "input.go().catch((e) => callback(e));",
    "input.go().catch(console.error);",
    "input.go().catch(() => 1).then((e) => e.statusCode);",
    "const log = (e) => console.error(e); input.go().then(input.done, log);",
  ])("%s", (body) => {
    expect(usesIn(body)).toEqual([]);
  });
});

describe("what can tell which error it was", () => {
  it.each([
    "callback(null, { ok: false, text: `${e.message}` });",
    "callback(null, e.statusCode);",
    "if (e.error) callback();",
    "if (e.message === '404 - null') callback();",
    "if (e.message.includes('404')) callback();",
    "if (/404/.test(e.message)) callback();",
    "if (e instanceof TypeError) callback();",
    "switch (e.message) { case 'a': callback(); }",
    "const text = e.message; callback(text);",
    "input.last = e;",
    "own(e);",
    "let kept; kept = e; callback(null, kept);",
    "const wrap = (x) => ({ x }); callback(null, wrap(e));",
    "const all = (...x) => x; all(e);",
    "input.report(e);",
    "callback(null, JSON.stringify(e));",
    "return e;",
    "if (String(e).includes('404')) callback();",
    "if (`${e}`.startsWith('StatusCodeError')) callback();",
    "if (('' + e.message) === '404 - null') callback();",
    "if (new Error(e.message).message === '404') callback();",
    "const text = 'failed: ' + e; callback(text);",
    "console.error(Object.keys(e));",
    "const { statusCode } = e;",
    "callback(e[input.field]);",
    "await new Promise((resolve) => resolve(e));",
    "let send = (x) => x; send(e);",
  ])("%s", (statements) => {
    expect(inCatch(statements).length).toBeGreaterThan(0);
  });

  it.each([
    "try { await input.go(); } catch ({ statusCode }) { callback(statusCode); }",
    "try { await input.go(); } catch ({ ...rest }) { callback(rest); }",
    "try { for await (const a of input) a(); } catch (e) { callback(e.name); }",
    "input.go().catch((e) => e.statusCode);",
    "input.go().then(input.done, (e) => e.response);",
    "input.go().catch(input.handler);",
    "const log = (e) => e.error; input.go().catch(log);",
    "function log(e) { return e.error; } input.go().catch(log);",
  ])("%s", (body) => {
    expect(usesIn(body).length).toBeGreaterThan(0);
  });
});
