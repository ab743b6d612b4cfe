import { describe, expect, it } from "vitest";
import { steps } from "../../src/migrate/steps.ts";
import { allRules } from "./all-rules.ts";
import { functionTexts } from "./functions.ts";
import { lint } from "./lint.ts";
import { javaScriptZoo, scriptZoo, typeScriptZoo } from "./zoo.ts";

/*
 * What holds for every rule, whatever it looks for. A new rule takes part without a line here.
 */

const functions = functionTexts("index.js");

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

it("names transforms that exist", () => {
  const known = steps.map(({ id }) => id);
  expect(allRules.flatMap(({ docs }) => docs.transform ?? []).filter((id) => !known.includes(id))).toEqual([]);
});
