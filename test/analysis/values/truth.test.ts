import { expect, it } from "vitest";
import { truthOf } from "../../../src/analysis/values/truth.ts";
import { valuesOf } from "../../../src/analysis/values/values-of.ts";
import { argumentOf, modelOf } from "../support.ts";

it.each([
  ["show('a');", [true]],
  ["show('');", [false]],
  ["show(`${a}`);", [undefined]],
  ["show(`a${b}`);", [true]],
  ["show(0);", [false]],
  ["show(2);", [true]],
  ["show(Number(a));", [undefined]],
  ["show(false);", [false]],
  ["show(null);", [false]],
  ["show([]);", [true]],
  ["show(a + b);", [undefined]],
  ["show(JSON.stringify(a));", [undefined]],
  ["show(a);", [undefined]],
  ["show(a ? 1 : 0);", [true, false]],
])("tells what is truthy: %s", (text, expected) => {
  const model = modelOf(text);
  expect(valuesOf(model, argumentOf(model, "show")).map((value) => truthOf(value))).toEqual(expected);
});
