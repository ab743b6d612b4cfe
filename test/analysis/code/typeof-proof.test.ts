import { expect, it } from "vitest";
import { typeofProof } from "../../../src/analysis/code/typeof-proof.ts";
import { argumentOf, modelOf } from "../support.ts";

it.each([
  ["typeof a === 'string'", true],
  ["typeof a !== 'string'", false],
  ["typeof a === 'undefined'", false],
  ["typeof a != 'undefined'", true],
  ["'undefined' !== typeof a", true],
  ["typeof a == 'number'", true],
  ["typeof b === 'string'", undefined],
  ["typeof a === kind", undefined],
  ["typeof a === 1", undefined],
  ["typeof a > 'a'", undefined],
  ["a === 'string'", undefined],
  ["a", undefined],
])("%s → %j", (test, expected) => {
  const node = argumentOf(modelOf(`f(${test});`), "f");
  expect(typeofProof(node, (name) => name.type === "Identifier" && name.name === "a")).toBe(expected);
});
