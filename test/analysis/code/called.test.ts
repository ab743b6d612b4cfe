import { describe, expect, it } from "vitest";
import { calledMethodOf, callOf } from "../../../src/analysis/code/called.ts";
import { modelOf, present } from "../support.ts";

/** What is found for the first `a` of a text. */
function found(text: string) {
  const model = modelOf(text);
  const node = present(model.nodes("Identifier").find(({ name }) => name === "a"));
  const { method, call } = calledMethodOf(model, node) ?? {};
  const direct = callOf(model, node);
  return { call: direct && model.textOf(direct), method, called: call && model.textOf(call) };
}

describe("the call of an expression, and of its method", () => {
  it.each([
    ["a(1);", "a(1)", undefined, undefined],
    ["f(a);", undefined, undefined, undefined],
    ["new a();", undefined, undefined, undefined],
    ["a.b(1);", undefined, "b", "a.b(1)"],
    ["a['b'](1);", undefined, "b", "a['b'](1)"],
    ["a?.b(1);", undefined, "b", "a?.b(1)"],
    ["a[b](1);", undefined, undefined, undefined],
    ["b[a](1);", undefined, undefined, undefined],
    ["f(a.b);", undefined, undefined, undefined],
    ["a.b = 1;", undefined, undefined, undefined],
  ])("%s", (text, call, method, called) => {
    expect(found(text)).toEqual({ call, method, called });
  });
});
