import { expect, it } from "vitest";
import { constantHolding, isConstant, isReadyName, readsOf, variablesIn } from "../../../src/analysis/code/bindings.ts";
import { argumentOf, modelOf, present } from "../support.ts";

it("lists the reads of a variable in source order, without plain writes", () => {
  const model = modelOf("let a = 1; a = 2; a += 3; f(a); g(() => a); a;");
  const variable = present(model.variableOf(argumentOf(model, "f")));
  expect(readsOf(variable).map((read) => model.placeOf(present(read.range)[0]).column)).toEqual([19, 29, 41, 45]);
});

it.each([
  ["const a = 1; f(a);", true],
  ["let a = 1; f(a);", true],
  ["let a = 1; a = 2; f(a);", false],
  ["let a; a = 2; f(a);", false],
  ["let a = 1; a += 1; f(a);", false],
  ["let a = 1; [a] = [2]; f(a);", false],
  // A new one in each round.
  ["for (const a of b) f(a);", true],
  ["function a() {} f(a);", true],
  ["function a() {} a = 1; f(a);", false],
  ["function a() {} function a() {} f(a);", false],
  ["var a = 1; var a; f(a);", false],
  ["const { a } = b; f(a);", true],
  ["import a from 'b'; f(a);", true],
])("%s → constant %j", (text, expected) => {
  const model = modelOf(text);
  expect(isConstant(present(model.variableOf(argumentOf(model, "f"))))).toBe(expected);
});

it.each([
  ["const a = 1; f(a);", true],
  ["f(a); const a = 1;", false],
  ["const a = f(a);", false],
  ["f(a); function a() {}", true],
  ["f(a);", false],
])("%s → ready %j", (text, expected) => {
  const model = modelOf(text);
  const name = argumentOf(model, "f");
  expect(name.type === "Identifier" && isReadyName(model, name)).toBe(expected);
});

it.each([
  ["const a = f(1);", "a"],
  ["let a = f(1);", "a"],
  ["let a = f(1); a = 2;", undefined],
  ["const { a } = f(1);", undefined],
  ["g(f(1));", undefined],
])("%s → held by %j", (text, expected) => {
  const model = modelOf(text);
  const call = present(model.nodes("CallExpression").find(({ callee }) => model.textOf(callee) === "f"));
  expect(constantHolding(model, call)?.name).toBe(expected);
});

it("lists the variables that code mentions, each once, nested functions included", () => {
  const model = modelOf("const a = 1, b = 2; f(() => a + b + a + global);");
  expect([...variablesIn(model, argumentOf(model, "f"))].map(({ name }) => name)).toEqual(["a", "b"]);
});
