import json from "@eslint/json";
import * as typescriptParser from "@typescript-eslint/parser";
import { diffLines } from "diff";
import { Linter } from "eslint";
import type { ESLint } from "eslint";
import { allRules } from "./all-rules.ts";

/** How a text is linted; without anything, as the file of a function in JavaScript. */
export interface LintOptions {
  /** Its ending chooses the language: `.js`, `.ts` or `.json`. */
  readonly filename?: string;
  /** The options of the rule; those of the config `strict` when absent. */
  readonly options?: readonly unknown[];
  readonly settings?: Readonly<Record<string, unknown>>;
}

const rules = Object.fromEntries(allRules.map(({ id, rule }) => [id, rule]));
const faas: ESLint.Plugin = { meta: { name: "faas-migrate", namespace: "faas" }, rules };
const linter = new Linter();

/** The options that the config `strict` gives to a rule. */
export function strictOptions(id: string): readonly unknown[] {
  const entry = rules[id]?.meta.docs.configs.strict;
  return typeof entry === "object" ? entry.slice(1) : [];
}

/** The options that `recommended` gives to a rule, or `legacy` where the rule is for V1 alone; else those of `strict`. */
export function usualOptions(id: string): readonly unknown[] {
  const { recommended, legacy, strict } = rules[id]?.meta.docs.configs ?? {};
  const entry = recommended ?? legacy ?? strict;
  return typeof entry === "object" ? entry.slice(1) : [];
}

/** How a text in JavaScript is parsed. */
export function sourceTypeOf(code: string): "module" | "commonjs" {
  return /^\s*(?:import|export)\b/mu.test(code) ? "module" : "commonjs";
}

function languageOf(filename: string, code: string): Linter.Config {
  if (filename.endsWith(".json")) {
    return { files: ["**/*.json"], plugins: { json }, language: "json/json" };
  }
  const sourceType = sourceTypeOf(code);
  return filename.endsWith(".ts")
    ? { files: ["**/*.ts"], languageOptions: { parser: typescriptParser, sourceType: "module" } }
    : { files: ["**/*.js"], languageOptions: { sourceType } };
}

/** What all rules report about a text, each with the options of `strict`; many tests ask for the same text. */
const known = new Map<string, readonly Linter.LintMessage[]>();

function lintWithAll(code: string, filename: string): readonly Linter.LintMessage[] {
  const key = `${filename}\n${code}`;
  const messages = known.get(key) ?? verify(code, filename, rulesFor(filename), undefined);
  known.set(key, messages);
  return messages;
}

function rulesFor(filename: string): Linter.RulesRecord {
  const language = filename.endsWith(".json") ? "json/" : "js/";
  const entries = allRules
    .filter(({ rule }) => rule.meta.languages?.some((each) => each.startsWith(language)))
    .map(({ id }) => [`faas/${id}`, ["error", ...strictOptions(id)]] as const);
  return Object.fromEntries(entries) as Linter.RulesRecord;
}

function verify(code: string, filename: string, active: Linter.RulesRecord, settings: unknown): Linter.LintMessage[] {
  const config: Linter.Config[] = [
    languageOf(filename, code),
    { plugins: { faas }, rules: active, linterOptions: { reportUnusedDisableDirectives: "off" } },
    settings === undefined ? {} : { settings: { faas: settings } },
  ];
  const messages = linter.verify(code, config, { filename });
  const failure = messages.find(({ fatal, ruleId }) => fatal === true || ruleId?.startsWith("faas/") !== true);
  if (failure !== undefined) {
    throw new Error(`${filename}:${String(failure.line)}: ${failure.message}\n${code}`);
  }
  return messages;
}

/** Lints a text with all rules; it may be one that does not parse as a module or script of ESLint's. */
export function lintAll(code: string, filename = "functions/sample/index.js"): Linter.LintMessage[] {
  return linter.verify(code, [languageOf(filename, code), { plugins: { faas }, rules: rulesFor(filename) }], {
    filename,
  });
}

/**
 * Lints a text with one rule and gives what it reports, in order.
 *
 * @throws {Error} when the text does not parse
 */
export function lint(id: string, code: string, how: LintOptions = {}): Linter.LintMessage[] {
  const { filename = "functions/sample/index.js", options, settings } = how;
  const messages =
    options === undefined && settings === undefined
      ? lintWithAll(code, filename)
      : verify(code, filename, { [`faas/${id}`]: ["error", ...(options ?? strictOptions(id))] }, settings);
  return messages.filter(({ ruleId }) => ruleId === `faas/${id}`);
}

/** The text that a suggestion gives; ESLint counts from behind a byte order mark. */
export function applySuggestion(code: string, { fix }: Linter.LintSuggestion): string {
  const mark = code.startsWith("\uFEFF") ? 1 : 0;
  const [start, end] = fix.range;
  return code.slice(0, start + mark) + fix.text + code.slice(end + mark);
}

/** The text after one pass of `eslint --fix`: of fixes that touch, the first is done. */
export function applyFixes(code: string, messages: readonly Linter.LintMessage[]): string {
  const mark = code.startsWith("\uFEFF") ? 1 : 0;
  let [fixed, last] = ["", 0];
  const fixes = messages
    .flatMap(({ fix }) =>
      fix === undefined ? [] : { text: fix.text, range: [fix.range[0] + mark, fix.range[1] + mark] as const },
    )
    .toSorted((a, b) => a.range[0] - b.range[0] || a.range[1] - b.range[1]);
  for (const { range, text } of fixes) {
    const [start, end] = range;
    if (last === 0 || start > last) {
      fixed += code.slice(last, start) + text;
      last = end;
    }
  }
  return fixed + code.slice(last);
}

/** Findings as people review them: place, id, sentence; below each the changed lines of its suggestions. */
export function findingsText(code: string, messages: readonly Linter.LintMessage[]): string {
  return messages.map((message) => `${findingText(code, message)}\n`).join("");
}

function findingText(code: string, message: Linter.LintMessage): string {
  const { line, column, endLine = 0, endColumn = 0, messageId = "", suggestions = [] } = message;
  const place = `${String(line)}:${String(column)}-${String(endLine)}:${String(endColumn)}`;
  return [
    `${place} ${messageId}`,
    `  ${message.message}`,
    ...(message.fix === undefined ? [] : ["  fix", ...changedLines(code, applyFixes(code, [message]))]),
    ...suggestions.flatMap((suggestion) => [
      `  suggestion ${suggestion.messageId ?? ""}: ${suggestion.desc}`,
      ...changedLines(code, applySuggestion(code, suggestion)),
    ]),
  ].join("\n");
}

function changedLines(before: string, after: string): string[] {
  return diffLines(before, after).flatMap(({ added, removed, value }) =>
    added || removed
      ? value
          .replace(/\r?\n$/u, "")
          .split(/\r?\n/u)
          .map((line) => `    ${added ? "+" : "-"} ${line}`.trimEnd())
      : [],
  );
}
