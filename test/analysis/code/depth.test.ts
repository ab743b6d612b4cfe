import { expect, it } from "vitest";
import { MAX_DEPTH, nodeTooDeep } from "../../../src/analysis/code/depth.ts";

interface Level {
  readonly depth: number;
  readonly below: readonly Level[];
}

/** One node on each level. */
function tower(levels: number): Level {
  let level: Level = { depth: levels, below: [] };
  for (let depth = levels - 1; depth >= 1; depth -= 1) {
    level = { depth, below: [level] };
  }
  return level;
}

const below = (level: Level): readonly Level[] => level.below;

it("finds the first node below the limit", () => {
  expect(nodeTooDeep(tower(MAX_DEPTH), below)).toBeUndefined();
  expect(nodeTooDeep(tower(MAX_DEPTH + 1), below)?.depth).toBe(MAX_DEPTH + 1);
});

it("needs no stack, and no patience with wide trees", () => {
  expect(nodeTooDeep(tower(1_000_000), below)?.depth).toBe(MAX_DEPTH + 1);
  const leaves = Array.from({ length: 100_000 }, (): Level => ({ depth: 2, below: [] }));
  expect(nodeTooDeep({ depth: 1, below: leaves }, below)).toBeUndefined();
});
