import { describe, expect, it } from "vitest";
import { chainOf, isInlinable, mentions } from "../../../src/analysis/control/chains.ts";
import { returnStatementsOf } from "../../../src/analysis/code/functions.ts";
import { isFunction } from "../../../src/analysis/code/tree.ts";
import { argumentOf, modelOf, present } from "../support.ts";

/** The first statement of an async function as a chain: `mode base: then 1, catch 1`. */
function told(statement: string): string | undefined {
  const model = modelOf(`async function g() { ${statement} }`);
  const body = present(model.nodes("BlockStatement")[0]).body;
  const chain = chainOf(present(body[0]));
  const links = chain?.links.map(({ method, handlers }) => `${method} ${String(handlers.length)}`).join(", ");
  return chain === undefined ? undefined : `${chain.mode} ${model.textOf(chain.base)}: ${links ?? ""}`;
}

describe("a statement that is a promise chain", () => {
  it.each([
    ["f().then(a);", "floating f(): then 1"],
    ["f().then(a, b).catch(c).finally(d);", "floating f(): then 2, catch 1, finally 1"],
    ["return f().then(a);", "returned f(): then 1"],
    ["await f().then(a);", "awaited f(): then 1"],
    ["return await p.catch(a);", "awaited p: catch 1"],
    ["p.q().then(a).r().then(b);", "floating p.q().then(a).r(): then 1"],
    ["f();", undefined],
    ["f().then;", undefined],
    ["f()['then'](a);", undefined],
    ["f()?.then(a);", undefined],
    ["f().then?.(a);", undefined],
    ["const v = f().then(a);", undefined],
    ["return;", undefined],
  ])("%s → %s", (statement, expected) => {
    expect(told(statement)).toBe(expected);
  });
});

it.each([
  ["const a = 1; f(() => a);", true],
  ["const a = 1; f((a) => a);", false],
  ["const a = 1; f({ a: 1 });", false],
  ["const a = 1; f(b.a);", false],
  ["const a = 1; f({ a });", true],
])("%s → mentions it: %j", (text, expected) => {
  const model = modelOf(text);
  const variable = present(model.variableOf(present(model.nodes("VariableDeclarator")[0]).id));
  expect(mentions(model, argumentOf(model, "f"), variable)).toBe(expected);
});

it.each([
  ["f((v) => g(v));", true],
  ["f(({ a }) => a);", true],
  ["f(function (v) { return v; });", true],
  ["f(function (v) { return this.a; });", false],
  ["f((v) => this.a);", false],
  ["f(function (v) { return arguments[0]; });", false],
  ["f((v, w) => v);", false],
  ["f((v = 1) => v);", false],
  ["f((...v) => v);", false],
  ["f(function* (v) { yield v; });", false],
  // What a nested function means by `this` is its own business.
  ["f((v) => function () { return this; });", true],
])("%s → its statements can stand elsewhere: %j", (text, expected) => {
  const model = modelOf(text);
  const node = argumentOf(model, "f");
  expect(isFunction(node) && isInlinable(model, node)).toBe(expected);
});

it("lists the returns of a function itself", () => {
  const model = modelOf("f(() => { if (a) return 1; g(() => { return 2; }); return 3; });");
  const node = argumentOf(model, "f");
  const returns = isFunction(node) ? returnStatementsOf(model, node) : [];
  expect(returns.map((statement) => model.textOf(statement))).toEqual(["return 1;", "return 3;"]);
});
