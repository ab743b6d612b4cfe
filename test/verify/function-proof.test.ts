import { expect, it } from "vitest";
import type { Difference } from "../../src/verify/compare/compare.ts";
import { fileProof } from "../../src/verify/function-proof.ts";

const proofOf = (difference: Partial<Difference>): string =>
  fileProof({
    kind: "differs",
    scenarios: 1,
    branches: { taken: 0, total: 0 },
    differences: [{ kind: "requests", scenario: "all goes well", legacy: [], modern: [], ...difference }],
    declared: [],
    neverAnswers: [],
  }).text;

it.each([
  [{ legacy: [1], modern: [1, 2] }, "expected no request, got 2"],
  [{ legacy: [1, 2], modern: [1] }, "expected the request 2, got none"],
  [{ kind: "console", legacy: [], modern: ["a"] }, 'expected no log, got "a"'],
] as const)("a difference %j is told in words", (difference, expected) => {
  expect(proofOf(difference)).toBe(`differs: when all goes well: ${expected}`);
});
