import type { Linter } from "eslint";
import { Linter as ESLintLinter } from "eslint";
import { describe, expect, it } from "vitest";
import { allRules } from "../rules/all-rules.ts";

const linter = new ESLintLinter();
const rules = Object.fromEntries(allRules.map(({ id, rule }) => [id, rule]));

/** What the rules about names say of a text, however ESLint takes the file. */
function findings(code: string, languageOptions: Linter.LanguageOptions): string[] {
  const active = ["no-implicit-globals", "no-shared-state", "no-legacy-function", "valid-fetch-call"];
  const config: Linter.Config = {
    plugins: { faas: { rules } },
    rules: Object.fromEntries(active.map((id) => [`faas/${id}`, "error"])),
    languageOptions,
  };
  return linter
    .verify(code, config)
    .map(({ ruleId, line, column, message }) => [ruleId, line, column, message].join(" "));
}

const globals = { total: "writable", fetch: "off", process: "readonly", items: "writable" } as const;
const scripts: readonly (readonly [string, Linter.LanguageOptions])[] = [
  ["a module", { sourceType: "module" }],
  ["a script", { sourceType: "script" }],
  ["CommonJS with globals", { sourceType: "commonjs", globals }],
  [
    "a script with a scope of its own",
    { sourceType: "script", parserOptions: { ecmaFeatures: { globalReturn: true } } },
  ],
  ["strict CommonJS", { sourceType: "commonjs", parserOptions: { ecmaFeatures: { impliedStrict: true } } }],
  ["CommonJS with JSX", { sourceType: "commonjs", parserOptions: { ecmaFeatures: { jsx: true } } }],
];

const V1 = `
const { Toolbelt } = require("lp-faas-toolbelt");
function lambda(input, callback) {
  total = input.payload.items.length;
  items.push(input.payload.id);
  callback(null, total);
}`;

const V1_WITH_EVAL = `${V1}\nconst more = () => eval("var hidden = 1; hidden");`;

const V2 = `
import { Toolbelt } from "core-functions-toolbelt";
const secrets = Toolbelt.SecretClient();
async function lambda(input) {
  total = await secrets.readSecret("total");
  const response = await fetch("https://stock.example.com", { timeout: 5 });
  return [total.key, response.status];
}`;

describe("rules don't change their minds with what ESLint takes a file for", () => {
  it.each(scripts)("a function of V1 as %s", (_, languageOptions) => {
    const plain = findings(V1, { sourceType: "commonjs" });
    expect(plain.length).toBeGreaterThan(1);
    expect(findings(V1, languageOptions)).toEqual(plain);
  });

  it.each(scripts)("a function of V1 that makes code as it runs, as %s", (_, languageOptions) => {
    expect(findings(V1_WITH_EVAL, languageOptions)).toEqual(findings(V1_WITH_EVAL, { sourceType: "commonjs" }));
  });

  it("a function of V2, with and without globals", () => {
    const plain = findings(V2, { sourceType: "module" });
    expect(plain.length).toBeGreaterThan(1);
    expect(findings(V2, { sourceType: "module", globals })).toEqual(plain);
  });
});
