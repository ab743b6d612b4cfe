import { afterAll, describe, expect, it } from "vitest";
import { testPool } from "../verify/support.ts";
import { enterLaw, someOf } from "./ledger.ts";
import { repairsAtHand, surprisesIn, tryRepair } from "./repairs.ts";

const pool = testPool();
const counts = { repairs: 0, run: 0, scenarios: 0, differences: 0 };

afterAll(() => {
  pool.close();
  enterLaw({ law: "What a rule writes changes nothing but what it says", counts });
});

const cases = someOf(repairsAtHand(), 12).map((repair, index) => ({ ...repair, index }));

describe("what a rule writes", () => {
  it.each(cases)("changes nothing but what it says: $kind, $index", async (repair) => {
    const tried = await tryRepair(repair, pool);
    counts.repairs += 1;
    // What does not load by itself says nothing of the repair.
    if ("notRun" in tried) return;
    const surprises = surprisesIn(repair, tried.differences);
    counts.run += 1;
    counts.scenarios += tried.scenarios;
    counts.differences += surprises.length;
    expect(surprises, repair.result).toEqual([]);
  });
});

it("is run for most repairs", () => {
  expect(counts.run).toBeGreaterThan(counts.repairs * 0.75);
});
