import { expect, it } from "vitest";
import { isWrittenAlike } from "../../../src/analysis/http/search-form.ts";
import { stringifyQuery } from "../../../src/verify/http/query-string.ts";

/** The halves of characters outside of the basic plane are no texts. */
const HALF = /[\ud800-\udfff]/u;

it("knows each character that URLSearchParams writes in another way than V1", () => {
  const all = Array.from({ length: 0x1_00_00 }, (_, code) => String.fromCharCode(code)).concat("\u{1F600}");
  const others = all.filter(
    (char) => !HALF.test(char) && stringifyQuery({ a: char }) !== String(new URLSearchParams({ a: char })),
  );
  expect(others).toEqual([" ", "*", "~"]);
  expect(all.filter((char) => !isWrittenAlike(char) && !HALF.test(char))).toEqual(others);
  expect(isWrittenAlike("\ud83d")).toBe(false);
});
