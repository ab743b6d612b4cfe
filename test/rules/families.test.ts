import { describe, expect, it } from "vitest";
import { steps } from "../../src/migrate/steps.ts";
import { allRules } from "./all-rules.ts";
import { fixturesOf } from "./fixtures.ts";
import { functionTexts } from "./functions.ts";
import { lint } from "./lint.ts";
import { javaScriptZoo, scriptZoo, typeScriptZoo } from "./zoo.ts";

/*
 * What holds for every rule, whatever it looks for. A new rule takes part without a line here.
 */

const functions = functionTexts("index.js");

/** The text with each of its functions and classes in turn as the default export, without the name. */
function namelessExports(code: string): string[] {
  return [...code.matchAll(/^(?<kind>(?:async )?function\*?|class) \w+/gmu)].map(
    ({ 0: named, index, groups = {} }) =>
      `${code.slice(0, index)}export default ${groups["kind"] ?? ""} ${code.slice(index + named.length)}`,
  );
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

  it("lives with functions and classes that a default export leaves without a name", () => {
    const modules = fixturesOf(id).filter(({ name, code }) => name.endsWith(".js") && /^import\b/mu.test(code));
    for (const code of modules.flatMap((fixture) => namelessExports(fixture.code))) {
      expect(() => lint(id, code)).not.toThrow();
    }
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
