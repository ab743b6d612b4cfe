import json from "@eslint/json";
import * as typescriptParser from "@typescript-eslint/parser";
import { ESLint, Linter } from "eslint";
import { defineConfig } from "eslint/config";
import { describe, expect, it } from "vitest";

import manifest from "../../package.json" with { type: "json" };
import { configNames } from "../../src/lint/create-rule.ts";
import plugin from "../../src/plugin/index.ts";
import { allRules } from "../rules/all-rules.ts";

describe("the plugin", () => {
  it("says who it is", () => {
    expect(plugin.meta).toEqual({ name: "faas-migrate", version: manifest.version, namespace: "faas" });
  });

  it("is one that ESLint takes", async () => {
    const overrideConfig = defineConfig({ plugins: { faas: plugin }, rules: { "no-var": "error" } });
    expect(await idsOf("var a;\n", overrideConfig)).toEqual(["no-var"]);
  });

  it("has the rules of the folder, no more", () => {
    expect(Object.keys(plugin.rules)).toEqual(allRules.map(({ id }) => id));
  });
});

it("marks the handler as used, so that ESLint's own rule does not report it", () => {
  const linter = new Linter();
  const unusedIn = (code: string): string[] =>
    linter
      .verify(code, [plugin.configs.recommended, { rules: { "no-unused-vars": "error" } }])
      .filter(({ ruleId }) => ruleId === "no-unused-vars")
      .map(({ message }) => message);
  expect(unusedIn("async function lambda(input) { return input.payload; }")).toEqual([]);
  expect(unusedIn('import "a"; const run = () => 1; const lambda = run;')).toEqual([]);
  expect(unusedIn("async function lambda(input) { return 1; } const x = 1;")).toHaveLength(2);
  expect(unusedIn("const lambda = 0.5;")).toHaveLength(1);
});

it("lints scripts and config.json with `strict` and `json` together", () => {
  const config = [
    plugin.configs.strict,
    {
      files: ["**/config.json"],
      plugins: { json, faas: plugin },
      language: "json/json",
      rules: plugin.configs.json.rules,
    },
  ];
  const idsIn = (code: string, filename: string): (string | null)[] =>
    new Linter().verify(code, config as Linter.Config[], { filename }).map(({ ruleId }) => ruleId);
  expect(idsIn('{ "environmentVariables": [{ "key": "CRM_TOKEN", "value": "crm-7731" }] }', "config.json")).toEqual([
    "faas/no-env-secrets",
  ]);
  expect(idsIn("async function lambda() { return send(process.env.CRM_TOKEN); }", "index.js")).toContain(
    "faas/no-env-secrets",
  );
});

describe("a file that no rule can look at", () => {
  /** TypeScript's parser, which calls a statement `pipeline;` as a parser with syntax of its own would. */
  const parser = {
    parseForESLint: (text: string, options: typescriptParser.ParserOptions) => {
      const result = typescriptParser.parseForESLint(text, options);
      const [first] = result.ast.body;
      if (first !== undefined && text.startsWith("pipeline")) {
        Object.assign(first, { type: "PipelineStatement" });
      }
      return { ...result, visitorKeys: { ...result.visitorKeys, PipelineStatement: [] } };
    },
  };
  const parsedBy = (code: string): string[] =>
    new Linter()
      .verify(code, [plugin.configs.strict, { languageOptions: { parser } }] as Linter.Config[])
      .map(({ line, ruleId, message }) => `${String(line)} ${String(ruleId)} ${message}`);

  it("is said once, where it is a function", () => {
    expect(parsedBy("pipeline();\nfunction lambda(input, callback) { callback(null); callback(null); }")).toEqual([
      "1 faas/absolute-url No rule of faas-migrate looks at this file: it has syntax that is no JavaScript (PipelineStatement). Write this part in plain JavaScript or TypeScript.",
    ]);
    expect(parsedBy("pipeline();\nexport const lambdas = [];")).toEqual([]);
    expect(parsedBy("async function lambda(input) { return input.payload; }")).toEqual([]);
  });
});

const legacy = "function lambda(input, callback) {\n  callback(null, input);\n}\n";

async function idsOf(code: string, overrideConfig: Linter.Config[]): Promise<(string | null)[]> {
  const eslint = new ESLint({ overrideConfigFile: true, overrideConfig });
  const [result] = await eslint.lintText(code, { filePath: "functions/sample/index.js" });
  return result?.messages.map(({ ruleId }) => ruleId) ?? [];
}

describe("the configs", () => {
  it("switch on what the rules ask for", () => {
    for (const name of configNames) {
      const wanted = allRules.flatMap(({ id, docs }) => (docs.configs[name] === undefined ? [] : [`faas/${id}`]));
      expect(Object.keys(plugin.configs[name].rules ?? {})).toEqual(wanted);
      expect(plugin.configs[name].name).toBe(`faas/${name}`);
    }
  });

  it("hold in `strict` all that `recommended` holds", () => {
    const { recommended, strict } = plugin.configs;
    expect(Object.keys(strict.rules ?? {})).toEqual(expect.arrayContaining(Object.keys(recommended.rules ?? {})));
  });

  it.each(["recommended", "strict"] as const)("%s can be named, and be given itself", async (name) => {
    const byName = defineConfig({ plugins: { faas: plugin }, extends: [`faas/${name}`] });
    const wanted = ["faas/no-legacy-function", ...(name === "strict" ? ["faas/no-callback-handler"] : [])];
    expect((await idsOf(legacy, byName)).sort()).toEqual(wanted.sort());
    expect((await idsOf(legacy, defineConfig(plugin.configs[name]))).sort()).toEqual(wanted.sort());
  });

  it("work under another name of the plugin", async () => {
    const config = defineConfig({ plugins: { platform: plugin }, extends: ["platform/recommended"] });
    expect(await idsOf(legacy, config)).toEqual(["platform/no-legacy-function"]);
  });

  it("leave functions that stay on V1 as they are", async () => {
    const config = defineConfig({ plugins: { faas: plugin }, extends: ["faas/legacy"] });
    expect(await idsOf(legacy, config)).toEqual([]);
  });
});
