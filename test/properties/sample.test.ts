import { afterAll, expect, test } from "vitest";
import { samplePrograms } from "./generator.ts";
import type { GeneratedProgram } from "./generator.ts";
import { addTally, emptyTally, idiomaticShare, summaryOf, tableOf, totalOf } from "./report.ts";
import { LEAST_IDIOMATIC_SHARE, expectNoFaults, runPrograms } from "./run-programs.ts";

/*
 * A fixed part of the enumeration; `npm run test:exhaustive` runs all of it. The stride is prime, so that no hole of
 * the templates keeps one filling throughout.
 */
const STRIDE = 97;

const shapes = new Map<string, GeneratedProgram[]>();
for (const program of samplePrograms(STRIDE)) {
  shapes.set(program.shape, [...(shapes.get(program.shape) ?? []), program]);
}
const sum = emptyTally();

test.each([...shapes])("a sample of the programs of shape %s behaves in V2 as in V1", async (_, programs) => {
  const tally = await runPrograms(programs);
  addTally(sum, tally);
  expectNoFaults(tally, summaryOf);
});

test("most of the sample is idiomatic", () => {
  const total = totalOf(sum);
  expect(total.programs).toBeGreaterThan(400);
  expect(idiomaticShare(total)).toBeGreaterThanOrEqual(LEAST_IDIOMATIC_SHARE);
});

afterAll(() => {
  console.info(tableOf(sum));
});
