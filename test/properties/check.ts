import { migrateSource } from "../../src/migrate/migrate-source.ts";
import { compile, observe } from "./contract.ts";
import type { Observation, Program } from "./contract.ts";
import { differenceOf } from "./compare.ts";
import { scenariosOf } from "./scenarios.ts";
import type { Scenario } from "./scenarios.ts";

/** A run in which original and result part. */
export interface Difference {
  readonly scenario: string;
  readonly what: string;
  readonly legacy: Observation;
  readonly modern: Observation;
}

/** What became of one program. */
export interface Finding {
  readonly verdict: "idiomatic" | "mechanical" | "refused" | "unparsable";
  readonly scenarios: number;
  readonly text: string;
  /** Why it is not idiomatic, or what broke. */
  readonly why: string;
  readonly difference: Difference | undefined;
  /** Declared differences that showed in no scenario: told in vain, or in a world that is not simulated. */
  readonly toldInVain: readonly string[];
}

function unparsable(text: string, error: unknown): Finding {
  return { verdict: "unparsable", scenarios: 0, text, why: String(error), difference: undefined, toldInVain: [] };
}

/** The reason for the verdict; remarks about names that nothing declares are about the injected operations. */
function whyOf(reasons: readonly { readonly id: string; readonly message: string }[]): string {
  const told = reasons.filter(({ id }) => id !== "undeclared-name" && id !== "dead-callback");
  const kept = told.filter(({ id }) => id === "callback-contract-kept");
  return (kept.length > 0 ? kept : told).map(({ message }) => message).join(" ");
}

/**
 * Migrates a V1 program and runs both in all its scenarios, up to the first difference.
 *
 * @param scenarios the worlds to run in; by default all that the program's text calls for
 */
export async function checkProgram(
  original: string,
  scenarios: readonly Scenario[] = scenariosOf(original),
): Promise<Finding> {
  let result: ReturnType<typeof migrateSource>;
  let modern: Program;
  try {
    result = migrateSource("program.js", original, { style: "faithful" });
  } catch (error) {
    return unparsable(original, error);
  }
  const why = whyOf(result.reasons);
  if (result.verdict !== "migrated" && result.verdict !== "mechanical") {
    return {
      verdict: "refused",
      scenarios: 0,
      text: original,
      why: why || result.verdict,
      difference: undefined,
      toldInVain: [],
    };
  }
  try {
    modern = compile("v2", result.text);
  } catch (error) {
    return unparsable(result.text, error);
  }
  const legacy = compile("v1", original);
  const differences = result.differences.map(({ id }) => id);
  const declared = new Set<string>([...differences, ...result.followUps.map(({ id }) => id)]);
  const verdict = result.verdict === "migrated" ? "idiomatic" : "mechanical";
  const finding = { verdict, scenarios: scenarios.length, text: result.text, why } as const;
  const unseen = new Set<string>(differences);
  for (const scenario of scenarios) {
    const before = await observe(legacy, scenario);
    const after = await observe(modern, scenario);
    const what = differenceOf(before, after, declared);
    if (what !== undefined) {
      const difference = { scenario: scenario.name || "all well", what, legacy: before, modern: after };
      return { ...finding, difference, toldInVain: [] };
    }
    for (const id of unseen) {
      if (differenceOf(before, after, new Set([...declared].filter((other) => other !== id))) !== undefined) {
        unseen.delete(id);
      }
    }
  }
  return { ...finding, difference: undefined, toldInVain: [...unseen] };
}
