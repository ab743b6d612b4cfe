import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { steps } from "../../src/migrate/steps.ts";
import { createModel } from "../../src/analysis/code/model.ts";
import { parseSource } from "../../src/analysis/code/parse.ts";
import type { Model } from "../../src/analysis/code/model.ts";
import { renamedVariables } from "../../src/platform/environment.ts";
import { allRules } from "./all-rules.ts";
import type { RuleEntry } from "./all-rules.ts";
import { fixturesOf } from "./fixtures.ts";
import { lint } from "./lint.ts";
import { javaScriptZoo, scriptZoo, typeScriptZoo } from "./zoo.ts";

/*
 * What holds for every rule, whatever it looks for. A new rule takes part without a line here.
 */

interface Text {
  readonly name: string;
  readonly code: string;
}

const folder = resolve(import.meta.dirname, "../../fixtures/functions");

/** True when the function defines a variable of the platform itself, which only its `config.json` tells. */
function definesPlatformVariable(name: string): boolean {
  const config = readFileSync(join(folder, name, "config.json"), "utf8");
  return [...renamedVariables.keys()].some((variable) => config.includes(`"${variable}"`));
}

/** One file of every function that has it and that parses. */
function readFunctions(file: string): Text[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !definesPlatformVariable(entry.name))
    .map(({ name }) => name)
    .map((name) => ({ name, path: join(folder, name, file) }))
    .filter(({ path }) => existsSync(path))
    .map(({ name, path }) => ({ name, code: readFileSync(path, "utf8") }))
    .filter(({ code }) => modelOf(code) !== undefined);
}

const functions = readFunctions("index.js");
/** What the migration made of them; another test keeps these files up to date. */
const migrated = readFunctions("expected.js");

function modelOf(code: string): Model | undefined {
  try {
    return createModel(parseSource(code));
  } catch {
    return undefined;
  }
}

const forScripts = allRules.filter(({ rule }) => rule.meta.languages?.includes("js/js"));

describe.each(forScripts)("$id", ({ id }) => {
  it.each(["", "\uFEFF", "// nothing", "lambda", "export {};"])("lives with a text of next to nothing: %j", (code) => {
    expect(lint(id, code)).toEqual([]);
  });

  it.each([
    { name: "module", code: javaScriptZoo, filename: "functions/zoo/index.js" },
    { name: "script", code: scriptZoo, filename: "functions/zoo/index.js" },
    { name: "TypeScript", code: typeScriptZoo, filename: "functions/zoo/index.ts" },
  ])("lives with every syntax of a $name", ({ code, filename }) => {
    expect(() => lint(id, code, { filename })).not.toThrow();
  });

  it("lives with every V1 and V2 function at hand", () => {
    for (const { code } of functions) {
      expect(() => lint(id, code)).not.toThrow();
    }
  });
});

const repairing = forScripts.flatMap(({ id, docs, rule }: RuleEntry) => {
  const step = steps.find((each) => each.id === docs.transform);
  return step === undefined ? [] : [{ id, rule, step }];
});

/** Rules that report more than their transform can change safely: of these, what has a suggestion is compared. */
const reportsMore = new Map([
  ["global-clients", "a client that goes out of sight is created anew as well, but can't be moved"],
  [
    "parallel-secrets",
    "reads between which something stands wait for each other as well, but can't be joined as they are",
  ],
]);

/** Findings that the rule is sure of, and that the transform would repair. */
function repairable(id: string, code: string): string[] {
  return lint(id, code)
    .filter(({ messageId = "" }) => !messageId.startsWith("possible"))
    .filter(({ suggestions = [] }) => !reportsMore.has(id) || suggestions.length > 0)
    .map(({ messageId }) => String(messageId));
}

describe.each(repairing)("$id and its transform $step.id", ({ id, step }) => {
  const texts = [
    ...functions,
    ...fixturesOf(id)
      // Options of a rule say what no transform is told.
      .filter(({ filename, code }) => filename.endsWith(".js") && !code.includes("eslint faas/"))
      .map(({ name, code }) => ({ name, code })),
  ];

  it("agree: what the transform writes is clean", () => {
    for (const { name, code } of texts) {
      const model = modelOf(code);
      const result = model === undefined ? undefined : step.run(model, { style: "faithful" });
      if (result !== undefined && !result.edits.isEmpty && step.prepares === undefined) {
        const { text } = result.edits.applyTo(code);
        expect(repairable(id, text), `${name}\n${text}`).toEqual([]);
      }
    }
  });

  it("agree: what the rule calls clean stays as it is", () => {
    // A transform may repair what several rules report.
    const partners = repairing.filter((other) => other.step === step);
    for (const { name, code } of texts) {
      const model = modelOf(code);
      if (model !== undefined && partners.every((partner) => lint(partner.id, code).length === 0)) {
        expect(step.run(model, { style: "faithful" }).edits.isEmpty, `${name}\n${code}`).toBe(true);
      }
    }
  });

  it("agree: a migrated function is clean", () => {
    for (const { name, code } of migrated) {
      expect(repairable(id, code), `${name}\n${code}`).toEqual([]);
    }
  });
});

it("names transforms that exist", () => {
  const known = steps.map(({ id }) => id);
  expect(allRules.flatMap(({ docs }) => docs.transform ?? []).filter((id) => !known.includes(id))).toEqual([]);
});
