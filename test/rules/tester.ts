import { RuleTester } from "eslint";
import type { Linter } from "eslint";
import { describe, it } from "vitest";
import { applySuggestion } from "./lint.ts";

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.itOnly = it.only;

/**
 * ESLint's tester as this project uses it: an expected error has its message, its data and all four positions.
 * It also finds what no expectation speaks of: a rule that changes the tree, a placeholder without a value, cases that
 * are there twice.
 */
export function ruleTester(languageOptions: Linter.LanguageOptions = { sourceType: "module" }): RuleTester {
  return new RuleTester({ languageOptions });
}

/** Every case names message, data and place. */
export const assertionOptions = { requireMessage: true, requireLocation: true, requireData: true } as const;

/** A finding as the tester expects it. */
export function asExpectedError(code: string, message: Linter.LintMessage): RuleTester.TestCaseError {
  const { line, column, endLine, endColumn, suggestions } = message;
  return {
    message: message.message,
    line,
    column,
    ...(endLine === undefined ? {} : { endLine }),
    ...(endColumn === undefined ? {} : { endColumn }),
    ...(suggestions === undefined
      ? {}
      : { suggestions: suggestions.map((each) => ({ desc: each.desc, output: applySuggestion(code, each) })) }),
  };
}
