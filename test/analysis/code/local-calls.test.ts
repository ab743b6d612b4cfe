import { describe, expect, it } from "vitest";
import { argumentAt, callsOfFunction, localFunctionOf, returnsOf } from "../../../src/analysis/code/local-calls.ts";
import { isFunction } from "../../../src/analysis/code/tree.ts";
import { argumentOf, modelOf, present } from "../support.ts";

describe("the function that a callee means", () => {
  it.each([
    ["f(() => 1);", "() => 1"],
    ["function a() {} f(a);", "function a() {}"],
    ["const a = () => 1; f(a);", "() => 1"],
    ["let a = () => 1; a = 2; f(a);", undefined],
    ["const { a } = b; f(a);", undefined],
    ["const a = b(() => 1); f(a);", undefined],
    ["f(a);", undefined],
  ])("%s → %s", (text, expected) => {
    const model = modelOf(text);
    const node = localFunctionOf(model, argumentOf(model, "f"));
    expect(node === undefined ? undefined : model.textOf(node)).toBe(expected);
  });
});

describe("all calls of a function", () => {
  it.each<[string, string[] | undefined]>([
    ["function a() {} a(1); a(2);", ["a(1)", "a(2)"]],
    ["const a = () => 1; a(1);", ["a(1)"]],
    ["(() => 1)(2);", ["(() => 1)(2)"]],
    ["function a() {} a(1); b(a);", undefined],
    ["function a() {} a?.(1);", undefined],
    ["function a() {}", undefined],
    ["function lambda() {} lambda(1);", undefined],
    ["export function a() {} a(1);", undefined],
    ["function a() {} a = b; a(1);", undefined],
  ])("%s → %j", (text, expected) => {
    const model = modelOf(text);
    const [node] = [...model.nodes("FunctionDeclaration"), ...model.nodes("ArrowFunctionExpression")];
    expect(callsOfFunction(model, present(node))?.map((call) => model.textOf(call))).toEqual(expected);
  });
});

it.each([
  ["f(a, b);", 1, "b"],
  ["f(a);", 1, undefined],
  ["f(a, ...b);", 0, "a"],
  ["f(...a, b);", 1, "unknown"],
])("the argument of %s at %i is %s", (text, index, expected) => {
  const model = modelOf(text);
  const argument = argumentAt(present(model.nodes("CallExpression")[0]), index);
  expect(argument === undefined || argument === "unknown" ? argument : model.textOf(argument)).toBe(expected);
});

it.each<[string, string[]]>([
  ["f(() => a);", ["a"]],
  ["f(() => { if (x) return a; return b; });", ["a", "b"]],
  ["f(() => { return; });", []],
  ["f(() => { g(() => { return a; }); return b; });", ["b"]],
])("%s returns %j", (text, expected) => {
  const model = modelOf(text);
  const node = argumentOf(model, "f");
  expect(isFunction(node) ? returnsOf(node).map((each) => model.textOf(each)) : undefined).toEqual(expected);
});
