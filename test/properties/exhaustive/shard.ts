import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { samplePrograms } from "../generator.ts";
import { idiomaticShare, totalOf } from "../report.ts";
import { LEAST_IDIOMATIC_SHARE, expectNoFaults, runPrograms } from "../run-programs.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the shards leave their tallies. */
    tallies: string;
  }
}

/** So many files share the work; each is a worker of its own. */
const SHARDS = 4;

/** Runs every fourth program and leaves its numbers for the summary. */
export function testShard(shard: number): void {
  test(`all small programs, part ${String(shard + 1)} of ${String(SHARDS)}`, async () => {
    const tally = await runPrograms(samplePrograms(SHARDS, shard));
    writeFileSync(join(inject("tallies"), `${String(shard)}.json`), JSON.stringify(tally));
    expect(idiomaticShare(totalOf(tally))).toBeGreaterThanOrEqual(LEAST_IDIOMATIC_SHARE);
    expectNoFaults(tally, () => "There are faults; the summary at the end shows them.");
  });
}
