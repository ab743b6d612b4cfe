import { expect, it } from "vitest";
import { hasBetween, lastAtMost } from "../../../src/analysis/code/rising.ts";

it("finds the last number within a limit, as a search through all of them does", () => {
  for (const rising of [[], [3], [0, 0, 2, 5, 5, 9]]) {
    for (let limit = -1; limit <= 10; limit += 1) {
      expect(lastAtMost(rising, limit)).toBe(rising.findLastIndex((each) => each <= limit));
    }
  }
});

it("tells whether a number lies in a range without its end", () => {
  expect([hasBetween([2, 5], [2, 3]), hasBetween([2, 5], [3, 5]), hasBetween([2, 5], [0, 2])]).toEqual([
    true,
    false,
    false,
  ]);
  expect(hasBetween([], [0, 10])).toBe(false);
});
