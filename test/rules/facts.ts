import type { PrecisionFacts, RuleFacts } from "../../scripts/rules.ts";
import { precisionOf, snippetsOf, variantsOf } from "../precision/snippets.ts";
import type { RuleModule } from "../../src/lint/create-rule.ts";
import { allRules } from "./all-rules.ts";
import { fixturesOf } from "./fixtures.ts";

/** What the generated texts say of the rules. */
export const ruleFacts: readonly RuleFacts[] = allRules.map(({ id, rule, docs }) => ({
  id,
  description: docs.description,
  configs: Object.keys(docs.configs),
  hasSuggestions: rule.meta.hasSuggestions === true,
  fixes: rule.meta.fixable === undefined ? "no" : hasFixOption(rule) ? "with `fix`" : "yes",
  transform: docs.transform,
  precision: withFixtures(id, precisionOf([...snippetsOf(id), ...variantsOf(id)])),
}));

function hasFixOption({ meta }: RuleModule): boolean {
  return Object.hasOwn(meta.defaultOptions?.[0] ?? {}, "fix");
}

/** Fixtures are labelled by their folder, and a test holds what is reported of them. */
function withFixtures(id: string, facts: PrecisionFacts): PrecisionFacts {
  const fixtures = fixturesOf(id);
  const right = fixtures.filter(({ isValid }) => isValid).length;
  return {
    ...facts,
    truePositives: facts.truePositives + fixtures.length - right,
    trueNegatives: facts.trueNegatives + right,
  };
}
