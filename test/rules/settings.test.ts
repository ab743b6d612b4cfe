import { Linter } from "eslint";
import type { SourceCode } from "eslint";
import { describe, expect, it } from "vitest";
import { mayBeFunction } from "../../src/lint/function-file.ts";
import { readSettings } from "../../src/lint/settings.ts";
import { allRules } from "./all-rules.ts";
import { lint } from "./lint.ts";

function idsOf(id: string, code: string, settings?: Readonly<Record<string, unknown>>): (string | undefined)[] {
  return lint(id, code, settings === undefined ? {} : { settings }).map(({ messageId }) => messageId);
}

function errorOf(run: () => unknown): Error | undefined {
  try {
    run();
  } catch (error) {
    return error instanceof Error ? error : undefined;
  }
  return undefined;
}

describe("settings.faas", () => {
  it("has defaults", () => {
    const defaults = { handlers: [], clientFactories: [], runtime: "auto" };
    expect(readSettings(undefined)).toEqual(defaults);
    expect(readSettings({})).toEqual(defaults);
    expect(readSettings({ faas: {} })).toEqual(defaults);
  });

  it.each([
    [{ faas: [] }, "settings.faas of the ESLint configuration must be an object."],
    [
      { faas: { handlers: "main" } },
      'settings.faas.handlers of the ESLint configuration must be a list such as ["main"].',
    ],
    [
      { faas: { handlers: ["no name"] } },
      'settings.faas.handlers of the ESLint configuration must be a list such as ["main"].',
    ],
    [
      { faas: { clientFactories: ["Pool"] } },
      "settings.faas.clientFactories of the ESLint configuration must be a list such as",
    ],
    [{ faas: { runtime: "v3" } }, 'settings.faas.runtime of the ESLint configuration must be "auto", "v1" or "v2".'],
    [{ faas: { handler: ["main"] } }, "settings.faas.handler of the ESLint configuration must be left out"],
  ])("says what is wrong with %j", (settings, message) => {
    expect(() => readSettings(settings)).toThrow(message);
  });

  it("stops the run when it is wrong, with a sentence and no stack", () => {
    expect(() => lint("prefer-esm", "", { settings: { runtime: 2 } })).toThrow("settings.faas.runtime");
    const thrown = errorOf(() => readSettings({ faas: { handler: ["main"] } }));
    expect(thrown?.stack).toBe(thrown?.message);
  });

  it("names further handlers", () => {
    const code = "async function main(input, callback) {\n  callback(null, input);\n}\n";
    expect(idsOf("no-callback-handler", code)).toEqual([]);
    expect(idsOf("no-callback-handler", code, { handlers: ["main"] })).toEqual(["callback"]);
  });

  it("names clients of other packages", () => {
    const code = [
      'import connect, { Pool as Connections } from "pg";',
      'import * as redis from "redis";',
      "let lazy;",
      "async function lambda(input) {",
      "  const pool = new Connections({ max: 2 });",
      "  for (const name of input.payload.names) { const cache = redis.createClient(); await cache.get(name); }",
      "  const connection = connect();",
      "  const own = new Connections(input.payload);",
      "  lazy ??= new Connections();",
      "  return [pool, connection, own, lazy];",
      "}",
      "",
    ].join("\n");
    expect(idsOf("global-clients", code)).toEqual([]);
    const clientFactories = ["pg#Pool", "pg#default", "redis#createClient"];
    expect(
      lint("global-clients", code, { settings: { clientFactories } }).map(({ line, message }) => [line, message]),
    ).toEqual([
      [5, "Every invocation creates `new Connections(…)` again (lambda). Create it once, in module scope."],
      [6, "Every round of a loop creates `redis.createClient()` again (lambda). Create it once, in module scope."],
      [7, "Every invocation creates `connect()` again (lambda). Create it once, in module scope."],
    ]);
  });

  it("says on which runtime functions run", () => {
    const code =
      'const { Toolbelt } = require("lp-faas-toolbelt");\nfunction lambda(input, callback) {\n  callback(null, Toolbelt);\n}\n';
    for (const id of ["no-callback-handler", "no-legacy-toolbelt", "prefer-esm"]) {
      expect(idsOf(id, code)).toHaveLength(1);
      expect(idsOf(id, code, { runtime: "v2" })).toHaveLength(1);
      expect(idsOf(id, code, { runtime: "v1" })).toEqual([]);
    }
  });
});

describe("a file without a trace of the platform", () => {
  it("costs a look at its text and nothing else", () => {
    const settings = readSettings({});
    expect(mayBeFunction("const { join } = require('node:path');", settings)).toBe(false);
    expect(mayBeFunction("const handler = async () => undefined; // lambda", settings)).toBe(true);
    const sourceCode = new Proxy({ text: "export const answer = 42;" } as SourceCode, {
      get: (target, key) => {
        expect(key).toBe("text");
        return target.text;
      },
    });
    for (const { rule } of allRules.filter(({ rule: { meta } }) => meta.languages?.join() === "js/js")) {
      const context = { sourceCode, settings: {}, options: [] };
      expect(Object.keys(rule.create(context as never))).toEqual([]);
    }
  });

  it("is left alone, whatever it does", () => {
    const helper = 'const fs = require("node:fs");\nmodule.exports = () => fs; // for lambda\n';
    const rules = Object.fromEntries(allRules.map(({ id, rule }) => [id, rule]));
    const active = Object.fromEntries(
      allRules
        .filter(({ rule }) => rule.meta.languages?.includes("js/js"))
        .map(({ id }) => [`faas/${id}`, "error" as const]),
    );
    expect(new Linter().verify(helper, { plugins: { faas: { rules } }, rules: active })).toEqual([]);
  });
});
