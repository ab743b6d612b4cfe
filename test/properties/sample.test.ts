import { expect, test } from "vitest";
import { samplePrograms } from "./generator.ts";
import { summaryOf, tableOf, totalOf } from "./report.ts";
import { expectNoFaults, runPrograms } from "./run-programs.ts";

/*
 * A fixed part of the enumeration; `npm run test:exhaustive` runs all of it. The stride is prime, so that no hole of
 * the templates keeps one filling throughout.
 */
const STRIDE = 29;

test("a sample of all small programs behaves in V2 as in V1", async () => {
  const tally = await runPrograms(samplePrograms(STRIDE));
  console.info(tableOf(tally));
  expect(totalOf(tally).programs).toBeGreaterThan(1000);
  expectNoFaults(tally, summaryOf);
});
