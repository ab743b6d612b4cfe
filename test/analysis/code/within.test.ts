import { expect, it } from "vitest";
import { isWithin } from "../../../src/analysis/code/within.ts";
import { argumentOf, modelOf, present } from "../support.ts";

it("looks for a node in another one by the tree", () => {
  const model = modelOf("f(a); g(b);");
  const [first, second] = model.program.body.map(present);
  const argument = argumentOf(model, "f");
  expect(isWithin(model, argument, present(first))).toBe(true);
  expect(isWithin(model, argument, present(second))).toBe(false);
  expect(isWithin(model, argument, argument)).toBe(true);
  expect(isWithin(model, argument, model.program)).toBe(true);
});
