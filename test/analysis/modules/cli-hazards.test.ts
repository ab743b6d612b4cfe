import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { globSync } from "tinyglobby";
import { describe, expect, it } from "vitest";
import { findImportLikeText } from "../../../src/analysis/modules/cli-hazards.ts";
import { survivesCliRewriting } from "../../oracle/cli-imports.ts";
import { modelOf } from "../support.ts";

const ROOT = fileURLToPath(new URL("../../../fixtures/", import.meta.url));

describe("text that looks like an import", () => {
  it.each([
    ["const a = \"import x from 'y';\";", ["import"]],
    ["const a = `import { x,\ny } from 'y'`;", ["import"]],
    ["// import * as x from 'y'", ["import"]],
    ["/* import 'y' */", ["import"]],
    ["const a = 'const b = require(\"b\")';", ["require"]],
    ["// require('a'), import 'b'", ["require", "import"]],
    ["// import x from 'y' and import z from 'y'", ["import", "import"]],
  ])("%s", (text, expected) => {
    expect(findImportLikeText(modelOf(text)).map(({ what }) => what)).toEqual(expected);
    expect(survivesCliRewriting(text).ok).toBe(false);
  });

  it.each([
    'import { a } from "a";\nimport b from "b";\nimport "c";',
    "// import x from y",
    "// require(name), require( 'a' ), import('a')",
    "const important = 'y';",
    "const a = `import ${b} from 'b'`;",
  ])("%s is silent", (text) => {
    expect(findImportLikeText(modelOf(text))).toEqual([]);
    expect(survivesCliRewriting(text).ok).toBe(true);
  });
});

const results = globSync(["transforms/*/*/expected*.js", "functions/*/expected*.js"], { cwd: ROOT })
  .map((path) => ({ path, text: readFileSync(ROOT + path, "utf8") }))
  .filter(({ text }) => /^import /mu.test(text));

it("reads the results that have imports", () => {
  expect(results.length).toBeGreaterThan(100);
});

describe("what the migration writes", () => {
  it.each(results)("$path comes back unharmed from the command line, or is reported", ({ text }) => {
    expect(survivesCliRewriting(text).ok).toBe(findImportLikeText(modelOf(text)).length === 0);
  });
});
