import { afterAll, expect, it } from "vitest";
import type { ProofJob } from "../../../src/verify/proof.ts";
import { caseNames, readText, ROOT } from "../../functions/cases.ts";
import { plantedFaults } from "../faults.ts";
import type { Fault } from "../faults.ts";
import { isWhole } from "../scale.ts";
import { fixtureJob, testPool } from "../support.ts";
import { harmlessParts, UNREACHED_PART, UNREAD_VALUE, UNUSED_PART } from "./harmless-faults.ts";

const pool = testPool(2, { wallMs: 60_000 });
afterAll(() => {
  pool.close();
});

/** As many as a fixture may have, so that the large ones do not decide all. */
const MOST_PER_FIXTURE = isWhole ? 12 : 4;

/** The share of the faults that change something and may stay uncaught. */
const MOST_UNCAUGHT = 0.01;

interface Planted {
  readonly name: string;
  readonly fault: Fault;
  readonly original: string;
  readonly migrated: string;
  /** The job that compares the original with a text. */
  readonly jobOf: (text: string) => ProofJob;
}

function plantedIn(name: string): Planted[] {
  const [original, migrated] = [readText(`${ROOT}${name}/index.js`), readText(`${ROOT}${name}/expected.js`)];
  if (original === undefined || migrated === undefined) return [];
  const jobOf = (text: string): ProofJob => fixtureJob(name, text, { timeMs: 60_000 });
  const faults = plantedFaults(migrated);
  // Spread over the file, so that not all are of its beginning.
  const step = Math.max(1, faults.length / MOST_PER_FIXTURE);
  const chosen = faults.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
  return chosen.map((fault) => ({ name, fault, original, migrated, jobOf }));
}

/** Why a fault that was not caught changes nothing; undefined where it may. */
async function harmlessness({ name, fault, original, migrated, jobOf }: Planted): Promise<string | undefined> {
  if (fault.harmless !== undefined) return fault.harmless;
  const part = harmlessParts.find(
    ({ functions, within, code = fault.code }) =>
      functions.includes(name) && within?.includes(fault.within ?? "") !== false && code === fault.code,
  );
  if (part !== undefined) return part.reason;
  // Where the contract of V1 stays, the handler of V2 is written around it.
  const isAdapter = fault.within === "lambda" && migrated.includes("lambdaWithCallback");
  const isHelper = fault.within !== undefined && (!original.includes(fault.within) || isAdapter);
  const unread = await Promise.all(fault.unread.map((text) => pool.prove(jobOf(text))));
  if (unread.length > 0 && unread.every(({ kind }) => kind === "same")) return UNREAD_VALUE;
  const probe = await pool.prove(jobOf(fault.probe));
  if (probe.kind !== "same") return undefined;
  if (isHelper) return UNUSED_PART;
  return probe.branches.taken === probe.branches.total ? UNREACHED_PART : undefined;
}

it("catches what is planted", async () => {
  const all = caseNames.flatMap(plantedIn);
  const outcomes = await Promise.all(
    all.map(async (planted) => ({ planted, report: await pool.prove(planted.jobOf(planted.fault.text)) })),
  );
  const run = outcomes.filter(({ report }) => report.kind !== "not-run" || !/process\.exit/u.test(report.reason));
  const uncaught = run.filter(({ report }) => report.kind === "same").map(({ planted }) => planted);
  const reasons = await Promise.all(
    uncaught.map(async (planted) => ({ planted, reason: await harmlessness(planted) })),
  );
  const missed = reasons.filter(({ reason }) => reason === undefined).map(({ planted }) => planted);
  const harmful = run.length - uncaught.length + missed.length;
  const counts = new Map<string, number>();
  for (const { reason } of reasons) if (reason !== undefined) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  console.info(
    [
      `planted ${String(run.length)}, caught ${String(harmful - missed.length)} of ${String(harmful)} that may change something`,
      ...[...counts].map(([reason, count]) => `harmless ${String(count)}: ${reason}`),
      ...missed.map(({ name, fault }) => `missed ${name}: ${fault.name}`),
    ].join("\n"),
  );
  expect(run.length).toBeGreaterThanOrEqual(500);
  expect(missed.length / harmful).toBeLessThanOrEqual(MOST_UNCAUGHT);
});
