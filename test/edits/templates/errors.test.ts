import { expect, it } from "vitest";
import { asError } from "../../../src/edits/templates/errors.js";

it("asError passes an Error through", () => {
  const error = new TypeError("no");
  expect(asError(error)).toBe(error);
});

it.each([
  ["no", "no", {}],
  [404, "404", {}],
  [undefined, "undefined", {}],
  [{ message: "no", code: 5 }, "no", { code: 5 }],
  [{ code: 5 }, '{"code":5}', { code: 5 }],
  [{ message: { text: "no" } }, '{"message":{"text":"no"}}', {}],
  [["no"], '["no"]', { 0: "no" }],
  [null, "null", {}],
])("asError makes an Error of %j", (value, message, fields) => {
  const error = asError(value) as Error;
  expect(error).toBeInstanceOf(Error);
  expect(error.message).toBe(message);
  expect(Object.fromEntries(Object.entries(error))).toEqual(fields);
});
