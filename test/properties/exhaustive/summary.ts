import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { addTally, emptyTally, summaryOf } from "../report.ts";
import type { Tally } from "../report.ts";

/**
 * Collects what the shards found and prints it as one table.
 *
 * The environment variable `SUMMARY` may name a file that gets the same text.
 */
export function setup(project: TestProject): () => void {
  const directory = mkdtempSync(join(tmpdir(), "faas-migrate-"));
  const start = performance.now();
  project.provide("tallies", directory);
  return () => {
    const sum = emptyTally();
    for (const name of readdirSync(directory).toSorted()) {
      addTally(sum, JSON.parse(readFileSync(join(directory, name), "utf8")) as Tally);
    }
    rmSync(directory, { recursive: true });
    const seconds = ((performance.now() - start) / 1000).toFixed(0);
    const summary = `${summaryOf(sum)}\n\n${seconds} s\n`;
    const file = process.env["SUMMARY"];
    if (file !== undefined) {
      writeFileSync(file, summary);
    }
    process.stdout.write(`\n${summary}`);
  };
}
