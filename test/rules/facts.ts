import type { RuleFacts } from "../../scripts/rules.ts";
import { precisionOf, snippetsOf } from "../precision/snippets.ts";
import { allRules } from "./all-rules.ts";

/** What the generated texts say of the rules. */
export const ruleFacts: readonly RuleFacts[] = allRules.map(({ id, rule, docs }) => ({
  id,
  description: docs.description,
  configs: Object.keys(docs.configs),
  hasSuggestions: rule.meta.hasSuggestions === true,
  transform: docs.transform,
  precision: precisionOf(snippetsOf(id)),
}));
