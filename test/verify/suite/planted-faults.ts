import { afterAll, expect, it } from "vitest";
import { caseNames, readText, ROOT, scriptOf } from "../../functions/cases.ts";
import type { ProofJob } from "../../../src/verify/proof.ts";
import { plantedFaults } from "../faults.ts";
import { jobFor, testPool } from "../support.ts";
import { harmlessFaults } from "./harmless-faults.ts";

const pool = testPool(2);
afterAll(() => {
  pool.close();
});

/** As many as a fixture may have, so that the large ones do not decide all. */
const MOST_PER_FIXTURE = 12;

/** The share of planted faults that may stay uncaught as long as the harmless among them are not told apart. */
const MOST_UNCAUGHT = 0.12;

it("catches what is planted", async () => {
  const jobs = caseNames.flatMap((name): { key: string; job: ProofJob }[] => {
    const [original, migrated] = [readText(`${ROOT}${name}/index.js`), readText(`${ROOT}${name}/expected.js`)];
    const report = JSON.parse(readText(`${ROOT}${name}/expected.json`) ?? "{}") as { differences?: readonly string[] };
    if (original === undefined || migrated === undefined) return [];
    const declared = (report.differences ?? []).map((line) => line.split(" ")[1] ?? "");
    const { input, env } = scriptOf(name);
    const template = { ...(input !== undefined && { input }), ...(env !== undefined && { env }) };
    const faults = plantedFaults(migrated);
    // Spread over the file, so that not all are of its beginning.
    const step = Math.max(1, faults.length / MOST_PER_FIXTURE);
    const chosen = faults.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
    return chosen.map((fault) => ({
      key: `${name}: ${fault.name}`,
      job: jobFor(original, fault.text, {
        path: `${ROOT}${name}/index.js`,
        declared: [...new Set(declared)],
        template,
      }),
    }));
  });
  const outcomes = await Promise.all(jobs.map(async ({ key, job }) => ({ key, report: await pool.prove(job) })));
  const run = outcomes.filter(({ report }) => report.kind !== "not-run" || !/process\.exit/u.test(report.reason));
  const uncaught = run.filter(({ report }) => report.kind === "same").map(({ key }) => key);
  const missed = uncaught.filter((key) => !harmlessFaults.has(key));
  const harmful = run.length - uncaught.length + missed.length;
  console.info(
    `planted ${String(run.length)}, of which ${String(uncaught.length - missed.length)} change nothing that can be seen; caught ${String(harmful - missed.length)} of ${String(harmful)}`,
  );
  console.info(missed.join("\n"));
  expect(run.length).toBeGreaterThanOrEqual(500);
  // Many of the rest change nothing: they await what is awaited anyway, or stand where the original never comes.
  expect(missed.length / harmful).toBeLessThanOrEqual(MOST_UNCAUGHT);
  // What was harmless and is caught now leaves the list.
  expect([...harmlessFaults.keys()].filter((key) => !uncaught.includes(key))).toEqual([]);
});
