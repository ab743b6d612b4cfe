import { describe, expect, it } from "vitest";
import {
  childrenOf,
  hasJump,
  isFunction,
  isInside,
  isNullish,
  isShorthand,
  keysOf,
  literalText,
  rangeOf,
  staticName,
  walk,
} from "../../../src/analysis/code/tree.ts";
import { argumentOf, modelOf, present } from "../support.ts";

it("has the range of a node, and no patience with trees without", () => {
  const model = modelOf("f(a);");
  expect(rangeOf(argumentOf(model, "f"))).toEqual([2, 3]);
  expect(() => rangeOf({ type: "EmptyStatement" })).toThrow("The EmptyStatement node has no range");
});

it("tells what stands inside of what", () => {
  const model = modelOf("f(a + b, c);");
  const sum = argumentOf(model, "f");
  const [left, right] = childrenOf(sum);
  expect([left, right, sum].map((node) => isInside(present(node), sum))).toEqual([true, true, true]);
  expect(isInside(sum, present(left))).toBe(false);
});

it("lists children in source order, without holes", () => {
  const model = modelOf("f([a, , b], `x${c}y`, { d: e });");
  const texts = childrenOf(present(model.nodes("CallExpression")[0])).map((node) => model.textOf(node));
  expect(texts).toEqual(["f", "[a, , b]", "`x${c}y`", "{ d: e }"]);
  expect(childrenOf(argumentOf(model, "f")).map((node) => model.textOf(node))).toEqual(["a", "b"]);
});

it.each(["constructor", "toString", "__proto__", "TSAsExpression"])("knows no keys of %s", (type) => {
  expect(keysOf(type)).toEqual([]);
});

it("walks parents first, and leaves subtrees out", () => {
  const seen: string[] = [];
  walk(modelOf("f(a, () => b, c);").program, (node, parent) => {
    seen.push(`${node.type} in ${parent?.type ?? "nothing"}`);
    return !isFunction(node);
  });
  expect(seen).toEqual([
    "Program in nothing",
    "ExpressionStatement in Program",
    "CallExpression in ExpressionStatement",
    "Identifier in CallExpression",
    "Identifier in CallExpression",
    "ArrowFunctionExpression in CallExpression",
    "Identifier in CallExpression",
  ]);
});

describe("the name of a member", () => {
  it.each([
    ["f(a.b);", "b"],
    ["f(a['b']);", "b"],
    ["f(a?.b);", "b"],
    ["f(a[b]);", undefined],
    ["f(a[0]);", undefined],
    ["f(a[`b`]);", undefined],
    ["class A { #b; m() { f(this.#b); } }", "#b"],
  ])("%s → %s", (text, expected) => {
    const model = modelOf(text);
    const node = argumentOf(model, "f");
    const member = node.type === "ChainExpression" ? node.expression : node;
    expect(member.type === "MemberExpression" ? staticName(member) : "no member").toBe(expected);
  });

  it.each([
    ["f({ b: 1 });", "b"],
    ["f({ 'b': 1 });", "b"],
    ["f({ ['b']: 1 });", "b"],
    ["f({ [b]: 1 });", undefined],
    ["f({ 1: 1 });", undefined],
  ])("%s → %s", (text, expected) => {
    expect(staticName(present(modelOf(text).nodes("Property")[0]))).toBe(expected);
  });
});

it.each([
  ["f(null);", true],
  ["f(undefined);", true],
  ["f(void 0);", true],
  ["f(void g());", false],
  ["f(0);", false],
  ["f(/null/);", false],
])("%s → nullish %j", (text, expected) => {
  expect(isNullish(argumentOf(modelOf(text), "f"))).toBe(expected);
});

it.each([
  ["for (;;) break;", true],
  ["for (;;) { if (a) continue; }", true],
  ["f(() => { for (;;) break; });", false],
  ["return;", false],
])("%s → jumps %j", (text, expected) => {
  expect(hasJump(modelOf(text).program)).toBe(expected);
});

it("tells a written text, and a property that is key and value in one", () => {
  const model = modelOf('look("a"); look(`a`); look(1); ({ a, b: b, c() {} });');
  const texts = model.nodes("CallExpression").map((call) => literalText(call.arguments[0]));
  expect(texts).toEqual(["a", undefined, undefined]);
  expect(literalText(undefined)).toBeUndefined();
  expect(model.nodes("Property").map(isShorthand)).toEqual([true, false, false]);
  expect(isShorthand(null)).toBe(false);
});
