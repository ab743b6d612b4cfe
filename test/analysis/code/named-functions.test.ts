import { expect, it } from "vitest";
import { findNamedFunctions } from "../../../src/analysis/code/named-functions.ts";
import { modelOf, present } from "../support.ts";

it("finds declared functions, and those that a constant holds", () => {
  const model = modelOf(`
    function declared() {}
    const arrow = () => 1;
    let held = function () {};
    let changed = () => 1; changed = 2;
    const wrapped = wrap(() => 1);
    const { taken } = { taken: () => 1 };
    use(() => 1);
  `);
  expect(findNamedFunctions(model).variables.map(({ name }) => name)).toEqual(["declared", "arrow", "held"]);
});

it("knows both ways, and all functions of one name", () => {
  const model = modelOf("function twice() { return 1; } function twice() { return 2; } use(() => 1);");
  const found = findNamedFunctions(model);
  const variable = present(found.variables[0]);
  const nodes = found.nodesOf(variable);
  expect(nodes.map((node) => model.textOf(node))).toEqual([
    "function twice() { return 1; }",
    "function twice() { return 2; }",
  ]);
  expect(nodes.map((node) => found.variableOf(node))).toEqual([variable, variable]);
  expect(nodes.every((node) => found.isNamed(node))).toBe(true);
  expect(found.isNamed(present(model.nodes("ArrowFunctionExpression")[0]))).toBe(false);
});
