import { compareObservations } from "../../src/verify/compare/compare.ts";
import type { Difference } from "../../src/verify/compare/compare.ts";
import { withoutDeclared } from "../../src/verify/compare/declared.ts";
import { fileProof } from "../../src/verify/function-proof.ts";
import type { Scenario, Side } from "../../src/verify/model.ts";
import { deriveScenarios } from "../oracle/derive.ts";
import { Runner } from "../oracle/runner.ts";

/** An order as the service of the ten functions has it. */
const order = { state: "open", open: true, items: [1, 2] };

const base: Scenario = {
  name: "all is well",
  input: { headers: [], payload: { id: "7" } },
  secrets: { shop: "north", key: "k-1" },
  responses: [{ url: "shop.example.com", status: 200, body: order }],
};

const runner = new Runner();
const limits = { idleMs: 60, limitMs: 5_000 };

/** What running an output beside its original has shown, as a clause. */
export interface Shown {
  readonly isSame: boolean;
  readonly text: string;
}

/**
 * Runs an output in the world of V1 or V2, and its original in that of V1.
 *
 * @param declared differences that were told beforehand
 */
export async function compareRuns(
  original: string,
  output: string,
  side: Side,
  declared: readonly string[] = [],
): Promise<Shown> {
  const observe = (text: string, on: Side, scenario: Scenario) => runner.run({ side: on, text, scenario, limits });
  const scenarios = [base, ...deriveScenarios(base, await observe(original, "legacy", base))];
  const found: Difference[] = [];
  for (const scenario of scenarios) {
    const [before, after] = [await observe(original, "legacy", scenario), await observe(output, side, scenario)];
    if (after.outcome.kind === "load-error") return { isSame: false, text: "does not load" };
    const differences = compareObservations(scenario.name, before, after);
    found.push(...withoutDeclared(differences, declared, scenario, after));
  }
  const count = String(scenarios.length);
  const other = new Set(found.map(({ scenario }) => scenario)).size;
  if (other === 0) return { isSame: true, text: `the same in ${count} of ${count} scenarios` };
  const [, why = ""] = /^differs: (?<why>[^]*)$/u.exec(differsText(found)) ?? [];
  return { isSame: false, text: `something else in ${String(other)} of ${count} scenarios: ${why}` };
}

function differsText(differences: readonly Difference[]): string {
  const rest = { scenarios: 1, branches: { taken: 0, total: 0 }, declared: [], neverAnswers: [] };
  return fileProof({ kind: "differs", differences, ...rest }).text;
}
