import type { RuleDefinition } from "./create-rule.ts";

/** The options of a rule that reports what is certain, and, where it is asked to, what a reader has to judge. */
export interface PossibleOptions {
  readonly checkPossible: boolean;
}

/** The schema and the defaults of {@link PossibleOptions}. */
export function checkPossibleOption(
  description: string,
): Required<Pick<RuleDefinition<string, PossibleOptions>["meta"], "schema" | "defaultOptions">> {
  return {
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: { checkPossible: { type: "boolean", description } },
      },
    ],
    defaultOptions: [{ checkPossible: false }],
  };
}
