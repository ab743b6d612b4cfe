import { describe, expect, it } from "vitest";
import {
  booleanOf,
  followConstant,
  isDefined,
  isString,
  isText,
  objectLiteralOf,
  stringOf,
} from "../../../src/analysis/values/constants.ts";
import { argumentOf, modelOf } from "../support.ts";

function ask<T>(text: string, question: (...of: Parameters<typeof followConstant>) => T): T {
  const model = modelOf(text);
  return question(model, argumentOf(model, "f"));
}

describe("the object literal of an expression", () => {
  it.each([
    ["f({ a: 1 });", "{ a: 1 }"],
    ["const o = { a: 1 }; f(o);", "{ a: 1 }"],
    ["const o = { a: 1 }; o.a = 2; f(o);", undefined],
    ["let o = { a: 1 }; o = b; f(o);", undefined],
    ["f(b);", undefined],
  ])("%s → %s", (text, expected) => {
    const model = modelOf(text);
    const literal = objectLiteralOf(model, argumentOf(model, "f"));
    expect(literal === undefined ? undefined : model.textOf(literal)).toBe(expected);
  });
});

describe("what gives a value once constants are followed", () => {
  it.each([
    ["const a = a; f(a);", "a"],
    ["const a = b; const b = a; f(a);", "b"],
    ["const a = 1; f(a);", "1"],
    ["const a = 1; const b = a; f(b);", "1"],
    ["let a = 1; a = 2; f(a);", "a"],
    ["const { a } = b; f(a);", "a"],
    ["const o = { a: 1 }; f(o.a);", "1"],
    ["const o = { a: 1, a: 2 }; f(o.a);", "2"],
    ["const o = { a: 1, ...b }; f(o.a);", "o.a"],
    ["const o = { a: 1 }; o.a = 2; f(o.a);", "o.a"],
    ["const o = { get a() { return 1; } }; f(o.a);", "o.a"],
    ["f(g());", "g()"],
  ])("%s → %s", (text, expected) => {
    expect(ask(text, (model, node) => model.textOf(followConstant(model, node)))).toBe(expected);
  });
});

it.each([
  ["f('a');", "a"],
  ["f(`a`);", "a"],
  ["const a = 'b'; f(a);", "b"],
  ["f(`a${b}`);", undefined],
  ["f(1);", undefined],
])("the text of %s is %s", (text, expected) => {
  expect(ask(text, stringOf)).toBe(expected);
});

it.each([
  ["f(true);", true],
  ["const a = false; f(a);", false],
  ["f(0);", undefined],
])("the truth of %s is %j", (text, expected) => {
  expect(ask(text, booleanOf)).toBe(expected);
});

describe("surely a string", () => {
  it.each([
    ["f(`a${b}`);", true],
    ["f('a' + b);", true],
    ["f(a + b);", false],
    ["f(String(a));", true],
    ["function String() {} f(String(a));", false],
    ["f(a.toUpperCase());", true],
    ["f(a?.toUpperCase());", false],
    ["f(JSON.stringify({ a }));", true],
    ["f(JSON.stringify(a));", false],
    ["f(a ? 'b' : 'c');", true],
    ["f(a ? 'b' : c);", false],
    ["f(1);", false],
  ])("%s → %j", (text, expected) => {
    expect(ask(text, isString)).toBe(expected);
  });

  it("or undefined, as `JSON.stringify` gives it", () => {
    expect(ask("f(JSON.stringify(a));", isText)).toBe(true);
    expect(ask("f(a);", isText)).toBe(false);
  });
});

describe("surely defined", () => {
  it.each([
    ["f({});", true],
    ["f(new Date());", true],
    ["f(-a);", true],
    ["f(void 0);", false],
    ["f(a);", false],
    ["f(a || 'b');", true],
    ["f(a && 'b');", false],
    ["f(a ?? b);", false],
    ["async function lambda() { const s = await secrets.readSecret('a'); f(s.value); }", false],
  ])("%s → %j", (text, expected) => {
    expect(ask(text, isDefined)).toBe(expected);
  });
});
