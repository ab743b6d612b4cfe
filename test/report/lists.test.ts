import { describe, expect, it } from "vitest";

import type { FileProof } from "../../src/migrate/result.ts";
import { colorsFor } from "../../src/report/colors.ts";
import { filesDone, renderVerification, someOf } from "../../src/report/lists.ts";
import type { VerifiedPair } from "../../src/verify/verify-paths.ts";

const colors = colorsFor(false, {});

function pairs(count: number, kind: FileProof["kind"], neverAnswers: readonly string[] = []): VerifiedPair[] {
  return Array.from({ length: count }, (_, index) => {
    const path = `old/${kind}-${neverAnswers.length === 0 ? "" : "silent-"}${String(index)}/index.js`;
    return {
      old: path,
      new: path.replace("old", "new"),
      proof: { kind, text: `${kind} in 9 scenarios`, neverAnswers },
    };
  });
}

function verified(all: readonly VerifiedPair[], isVerbose = false): string[] {
  const of = (kind: FileProof["kind"]): number => all.filter(({ proof }) => proof.kind === kind).length;
  const summary = { same: of("same"), differs: of("differs"), "not-run": of("not-run") };
  const result = { version: "1.0.0", style: "faithful" as const, pairs: all, summary };
  return renderVerification(result, colors, { isVerbose }).trimEnd().split("\n");
}

describe("what verify prints of a hundred functions", () => {
  const silent = pairs(1, "same", ["`input.a` is missing"]);
  const hundred = [...pairs(95, "same"), ...silent, ...pairs(3, "differs"), ...pairs(1, "not-run")];

  it("is what a person has to look at, then names, in 40 lines", () => {
    const lines = verified(hundred);
    expect(lines.length).toBeLessThanOrEqual(40);
    expect(lines.slice(0, 8)).toEqual([
      "old/same-silent-0/index.js  same in 9 scenarios",
      "  never answers when `input.a` is missing",
      "old/differs-0/index.js  differs in 9 scenarios",
      "old/differs-1/index.js  differs in 9 scenarios",
      "old/differs-2/index.js  differs in 9 scenarios",
      "old/not-run-0/index.js  not-run in 9 scenarios",
      "",
      "SAME (95)   --verbose lists them",
    ]);
    expect(lines.at(-3)).toBe("  … 95 in all");
    expect(lines.at(-1)).toBe("96 same, 3 differ, 1 not run");
  });

  it("is a line for each where nothing is the same, as many as find room", () => {
    const lines = verified(pairs(100, "differs"));
    expect(lines).toHaveLength(38);
    expect(lines.at(-3)).toBe("  … and 65 more functions   --verbose lists them");
  });

  it("is all of it with --verbose, and where it fits", () => {
    expect(verified(hundred, true)).toHaveLength(103);
    expect(verified(pairs(30, "same"))).toHaveLength(32);
  });
});

describe("lists", () => {
  const paths = Array.from({ length: 2000 }, (_, index) => `functions/with-a-long-name-${String(index)}/index.js`);

  it("of two thousand files take a screen at most, whatever the terminal's width", () => {
    for (const columns of [40, 80, 300]) {
      const lines = filesDone("restored", paths, { isVerbose: false, columns });
      expect(lines.length).toBeLessThanOrEqual(39);
      expect(lines.at(-2)).toBe("  … 2000 in all");
    }
  });

  it("say how many are left", () => {
    expect(someOf(["a", "b", "c"], "file", { isVerbose: false }, 2)).toEqual([
      "a",
      "  … and 2 more files   --verbose lists them",
    ]);
    expect(someOf(["a", "b"], "file", { isVerbose: false }, 2)).toEqual(["a", "b"]);
  });
});
