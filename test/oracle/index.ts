import { compareObservations, formatDifference } from "../../src/verify/compare/compare.ts";
import type { Difference } from "../../src/verify/compare/compare.ts";
import { withoutDeclared } from "../../src/verify/compare/declared.ts";
import type { Limits, Observation, Scenario, Side } from "../../src/verify/model.ts";
import { Runner } from "./runner.ts";
import { deriveScenarios } from "./derive.ts";
import { givenScenarios, readCaseScript } from "../../src/verify/scenarios/script.ts";
import type { CaseScript } from "../../src/verify/scenarios/script.ts";

export { formatDifference, readCaseScript, Runner };
export type { CaseScript, Difference, Limits };

/** What `verify` is asked. */
export interface Verification {
  /** V1 source text. */
  readonly original: string;
  /** V2 source text. */
  readonly migrated: string;
  /** The content of the case's `scenarios.json`. */
  readonly scenarios?: CaseScript;
  /** Ids of the differences that the migration declared (`SourceResult.differences`). */
  readonly declared: readonly string[];
  /** Where to run; one thread for the whole process when left out. */
  readonly runner?: Runner;
  readonly limits?: Partial<Limits>;
}

/** What `verify` found. */
export interface Report {
  /** How many scenarios both texts were run in. */
  readonly scenarios: number;
  /** Differences that nothing declared explains: empty means the migration kept the behaviour. */
  readonly differences: readonly Difference[];
  /** Differences that a declared one explains. */
  readonly explained: readonly Difference[];
}

const DEFAULT_LIMITS: Limits = { idleMs: 250, limitMs: 5_000 };

const shared: { runner: Runner | undefined } = { runner: undefined };

/**
 * Runs the original under the V1 contract and the result under the V2 contract, in the scenarios of the case and in
 * those derived from what the original does when all goes well, and compares all that can be seen from outside.
 *
 * @throws Only for a fault of the oracle itself.
 */
export async function verify(verification: Verification): Promise<Report> {
  const { original, migrated, declared } = verification;
  const runner = verification.runner ?? (shared.runner ??= new Runner());
  const limits = { ...DEFAULT_LIMITS, ...verification.limits };
  const script = verification.scenarios ?? {};
  const observe = (side: Side, scenario: Scenario): Promise<Observation> =>
    runner.run({ side, text: side === "legacy" ? original : migrated, scenario, limits });

  const scenarios: Scenario[] = givenScenarios(script);
  const report = { scenarios: 0, differences: [] as Difference[], explained: [] as Difference[] };
  for (const [index, scenario] of scenarios.entries()) {
    const legacy = await observe("legacy", scenario);
    const modern = await observe("modern", scenario);
    const found = compareObservations(scenario.name, legacy, modern);
    const left = withoutDeclared(found, declared, scenario, modern);
    report.scenarios += 1;
    report.differences.push(...left);
    report.explained.push(...found.filter((difference) => !left.includes(difference)));
    // The happy path comes first and tells what else can go wrong.
    if (index === 0 && script.derive !== false) scenarios.push(...deriveScenarios(scenario, legacy));
  }
  return report;
}
