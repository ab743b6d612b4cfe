import { expect, it } from "vitest";
import { isOfInput } from "../../../src/analysis/values/input.ts";
import { modelOf, present } from "../support.ts";

it.each([
  ["input", true],
  ["input.payload.name", true],
  ["payload.list[0]", true],
  ["made.name", false],
  ["either.name", false],
  ["process.env.NAME", false],
])("tells whether `%s` is of the input: %s", (code, isSo) => {
  const model = modelOf(`async function lambda(input) {
  const { payload } = input;
  const made = { name: "a" };
  const either = payload.isNew ? payload : made;
  return ${code};
}`);
  const [result] = model.nodes("ReturnStatement");
  expect(isOfInput(model, present(present(result).argument ?? undefined))).toBe(isSo);
});

it("knows no input without a handler", () => {
  const model = modelOf("function other(input) { return input; }");
  const [result] = model.nodes("ReturnStatement");
  expect(isOfInput(model, present(present(result).argument ?? undefined))).toBe(false);
});
