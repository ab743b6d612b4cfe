import { afterAll, describe, expect, it } from "vitest";
import { allRules } from "../rules/all-rules.ts";
import { fixturesOf } from "../rules/fixtures.ts";
import { lint, strictOptions } from "../rules/lint.ts";
import { rewritings } from "../rules/rewritings.ts";
import { enterLaw, isWhole } from "./ledger.ts";

/** A sample rewrites each fixture in every so manieth way. */
const STRIDE = isWhole ? 1 : 9;

const JAVASCRIPT = "functions/sample/index.js";
const counts = { texts: 0 };

/** The ids of what a rule reports, in order: the verdict, without places and names. */
function verdictOf(id: string, code: string, filename: string): string[] {
  const options = strictOptions(id);
  return lint(id, code, { filename, options }).map(({ messageId }) => String(messageId));
}

const forScripts = allRules.filter(({ rule }) => rule.meta.languages?.includes("js/js"));

describe.each(forScripts)("$id", ({ id }) => {
  const fixtures = fixturesOf(id)
    .filter(({ filename }) => filename.endsWith(".js"))
    .map((fixture) => ({ ...fixture, verdict: verdictOf(id, fixture.code, JAVASCRIPT) }));
  const meaningless = rewritings
    .map((rewriting, number) => ({ ...rewriting, number }))
    .filter(({ concerns = [] }) => !concerns.includes(id));

  it.each(meaningless)("gives the same verdict with $name", ({ rewrite, filename = JAVASCRIPT, number }) => {
    for (const { name, code, verdict } of fixtures.filter((_, index) => (index + number) % STRIDE === 0)) {
      const rewritten = rewrite(code);
      if (rewritten !== code) {
        counts.texts += 1;
        expect(verdictOf(id, rewritten, filename), `${name}\n${rewritten}`).toEqual(verdict);
      }
    }
  });
});

afterAll(() => {
  enterLaw({ law: "A rule says the same of the same function in other words", counts });
});
