import { RuleTester } from "eslint";
import type { Linter } from "eslint";
import * as typescriptParser from "@typescript-eslint/parser";
import { RuleTester as TypedRuleTester } from "@typescript-eslint/rule-tester";
import type { InvalidTestCase } from "@typescript-eslint/rule-tester";
import { afterAll, describe, it } from "vitest";
import { applyFixes, applySuggestion } from "./lint.ts";

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.itOnly = it.only;
TypedRuleTester.afterAll = afterAll;
TypedRuleTester.describe = describe;
TypedRuleTester.it = it;
TypedRuleTester.itOnly = it.only;

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

/** The tester of typescript-eslint, whose parser makes other trees and scopes of the same text. */
export function typedTester(): TypedRuleTester {
  return new TypedRuleTester({ languageOptions: { parserOptions: { ecmaFeatures: { globalReturn: true } } } });
}

/** False for what only a script may hold, such as `with`. */
export function isTypeScript(code: string): boolean {
  try {
    typescriptParser.parse(code, { sourceType: "module" });
    return true;
  } catch {
    return false;
  }
}

interface Found {
  readonly name: string;
  readonly code: string;
  readonly messages: readonly Linter.LintMessage[];
  readonly options: readonly unknown[];
  readonly forTester: (code: string) => string;
  /** What is found in the text after a pass. */
  readonly lintAgain: (code: string) => readonly Linter.LintMessage[];
}

/** Findings as the tester of typescript-eslint expects them: by ids and places, with what repairs write. */
export function asTypedCase(found: Found): InvalidTestCase<string, readonly unknown[]> {
  const { name, code, messages, options, forTester, lintAgain } = found;
  const passes: string[] = [];
  for (let [text, left] = [code, messages]; ; left = lintAgain(text)) {
    const fixed = applyFixes(text, left);
    if (fixed === text) {
      break;
    }
    passes.push(forTester(fixed));
    text = fixed;
  }
  return {
    name,
    code: forTester(code),
    options,
    output: passes.length === 0 ? null : passes,
    errors: messages.map(({ messageId = "", line, column, suggestions = [] }) => ({
      messageId,
      line,
      column,
      suggestions: suggestions.map((each) => ({
        messageId: each.messageId ?? "",
        output: forTester(applySuggestion(code, each)),
      })),
    })),
  };
}
