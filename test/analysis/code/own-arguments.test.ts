import { describe, expect, it } from "vitest";
import { argumentReads, usesArguments } from "../../../src/analysis/code/own-arguments.ts";
import { modelOf, present } from "../support.ts";

describe("usesArguments", () => {
  it.each([
    ["function f() { return arguments; }", true],
    ["function f() { return () => () => arguments[0]; }", true],
    ["function f(a = arguments.length) {}", true],
    ["function f() { return { [arguments[0]]() {} }; }", true],
    ["function f() { return function () { return arguments; }; }", false],
    ["function f() { return { m() { return arguments; } }; }", false],
    ["function f(a) { return a.arguments; }", false],
    ["function f({ arguments: words }) { return words; }", false],
    ["function f() { return { arguments: 1 }; }", false],
    ["function f() { arguments: for (;;) break arguments; }", false],
    ["function f(arguments) { return arguments; }", false],
    ["const f = () => arguments;", false],
  ])("says of %s: %s", (text, isUsed) => {
    const model = modelOf(text);
    const [declared] = model.nodes("FunctionDeclaration");
    const [arrow] = model.nodes("ArrowFunctionExpression");
    expect(usesArguments(model, present(declared ?? arrow))).toBe(isUsed);
  });
});

describe("argumentReads", () => {
  it("finds the reads of one index, arrow functions included", () => {
    const model = modelOf(
      "function f() { arguments[1](); arguments[0]; () => arguments[1]; function g() { arguments[1]; } }",
    );
    const [f] = model.nodes("FunctionDeclaration");
    const reads = argumentReads(model, present(f), 1);
    expect(reads.map((node) => model.placeOf(node.range?.[0] ?? 0).column)).toEqual([16, 52]);
  });
});
