import { parse as acornParse } from "acorn";
import { afterAll, describe, expect, it } from "vitest";
import { migrateSource } from "../../src/migrate/migrate-source.ts";
import type { Style } from "../../src/migrate/migrate-source.ts";
import { applySuggestion, lintAll } from "../rules/lint.ts";
import { enterLaw, isWhole } from "./ledger.ts";
import { mutate } from "./mutate.ts";
import { Random, seedOf } from "./random.ts";
import { isProgram } from "./programs.ts";

/** A function to make mutants of. */
interface Source {
  readonly name: string;
  readonly text: string;
}

/** Fixed, so that a run can be repeated; others are tried by `SEED=42`. */
const SEED = Number(process.env["SEED"] ?? 1);

/** In a sample, which function has one mutant. */
const STRIDE = 8;

interface Counts {
  mutants: number;
  "that are JavaScript": number;
  "outputs checked": number;
  "suggestions that parse": number;
}

function tryMigration(mutant: string, style: Style, counts: Counts): void {
  const { verdict, text, reasons } = migrateSource("index.js", mutant, { style });
  expect(verdict === "failed" ? reasons : [], mutant).toEqual([]);
  if (verdict === "migrated" || verdict === "mechanical") {
    expect(() => acornParse(text, { ecmaVersion: 2024, sourceType: "module" }), mutant).not.toThrow();
    expect(migrateSource("index.js", text, { style }).text, mutant).toBe(text);
    counts["outputs checked"] += 1;
  }
}

function tryRules(mutant: string, counts: Counts): void {
  for (const { suggestions = [], ruleId } of lintAll(mutant)) {
    for (const suggestion of suggestions) {
      const repaired = applySuggestion(mutant, suggestion);
      expect(isProgram(repaired), `${String(ruleId)}\n${mutant}\n--- became ---\n${repaired}`).toBe(true);
      counts["suggestions that parse"] += 1;
    }
  }
}

/**
 * The law of mutants, for one kind of functions: whatever people write by a slip of the hand is migrated or refused and
 * linted, without an exception, and what comes out is JavaScript.
 *
 * @param each how many mutants of each function are tried with `npm run test:laws`
 */
export function tryMutants(kind: string, sources: readonly Source[], each: number): void {
  const counts: Counts = { mutants: 0, "that are JavaScript": 0, "outputs checked": 0, "suggestions that parse": 0 };
  const programs = sources.filter(({ text }) => isProgram(text));
  const chosen = isWhole ? programs : programs.filter(({ name }) => seedOf(name) % STRIDE === 0);

  describe(`mutants of ${kind}`, () => {
    it.each(chosen)("of $name are migrated or refused, and linted", ({ name, text }) => {
      for (let index = 0; index < (isWhole ? each : 1); index += 1) {
        const mutant = mutate(text, new Random(seedOf(`${name} ${String(SEED)}`) + index));
        counts.mutants += 1;
        counts["that are JavaScript"] += isProgram(mutant) ? 1 : 0;
        tryMigration(mutant, index % 2 === 0 ? "faithful" : "idiomatic", counts);
        tryRules(mutant, counts);
      }
    });
  });

  afterAll(() => {
    enterLaw({ law: `Mutants break nothing, those of ${kind}`, counts: { ...counts } });
  });
}
