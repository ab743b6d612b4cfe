import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Linter } from "eslint";
import type { ESLint } from "eslint";
import { globSync } from "tinyglobby";
import { expect, it } from "vitest";
import { allRules } from "../rules/all-rules.ts";
import { sourceTypeOf, strictOptions } from "../rules/lint.ts";

const packages = resolve(import.meta.dirname, "../../node_modules");
/** Enough for two thousand that can be read, and for a sample that the analyses look at. */
const [WANTED, LOOKED_AT] = [2200, 150];
const LARGEST = 60_000;

const files = globSync(["*/**/*.{js,cjs,mjs}", "@*/*/**/*.{js,cjs,mjs}"], {
  cwd: packages,
  ignore: [
    "**/{test,tests,__tests__,fixtures,testdata}/**",
    "**/*.min.*",
    "**/node_modules/**",
    "typescript*/**",
    "faas-migrate/**",
  ],
}).sort();

const rules = Object.fromEntries(allRules.map(({ id, rule }) => [id, rule]));
const faas: ESLint.Plugin = { meta: { name: "faas-migrate", namespace: "faas" }, rules };
const linter = new Linter();

/** So many files from all over the list, always the same ones of the same packages. */
function someFiles(count: number): { readonly name: string; readonly code: string }[] {
  const step = Math.max(1, Math.floor(files.length / (count * 1.2)));
  return files
    .filter((_, index) => index % step === 0)
    .map((name) => ({ name, code: readFileSync(resolve(packages, name), "utf8") }))
    .filter(({ code }) => code.length <= LARGEST)
    .slice(0, count);
}

/** What the rules say of a text; undefined for one that does not parse. */
function findingsOf(code: string): string[] | undefined {
  const active = Object.fromEntries(
    allRules
      .filter(({ rule }) => rule.meta.languages?.includes("js/js"))
      .map(({ id }) => [`faas/${id}`, ["error", ...strictOptions(id)]] as const),
  ) as Linter.RulesRecord;
  const messages = linter.verify(
    code,
    [
      { languageOptions: { sourceType: sourceTypeOf(code) } },
      // Comments of the packages speak to rules that are not here.
      { plugins: { faas }, rules: active, linterOptions: { noInlineConfig: true } },
    ],
    { filename: "index.js" },
  );
  return messages.some(({ fatal }) => fatal)
    ? undefined
    : messages.flatMap(({ line, ruleId }) =>
        ruleId?.startsWith("faas/") === true ? [`${String(line)} ${ruleId}`] : [],
      );
}

it("no rule says anything of files that are no functions", () => {
  const read = someFiles(WANTED).flatMap(({ name, code }) => {
    const findings = findingsOf(code);
    return findings === undefined ? [] : [{ name, findings }];
  });
  expect(read.length).toBeGreaterThanOrEqual(2000);
  expect(read.filter(({ findings }) => findings.length > 0)).toEqual([]);
});

it("no analysis fails on code of others", () => {
  const functions = someFiles(LOOKED_AT).map(({ code }) => `${code}\nasync function lambda(input) { return input; }\n`);
  expect(functions.map(findingsOf).filter((findings) => findings !== undefined).length).toBeGreaterThan(LOOKED_AT / 2);
});
