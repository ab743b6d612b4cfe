import { describe, expect, test } from "vitest";
import { survivesCliRewriting } from "./cli-imports.ts";

const LAMBDA = `\nasync function lambda(input) {\n  return input;\n}\n`;

describe("survives", () => {
  test.each([
    [`import { Toolbelt } from "core-functions-toolbelt";`],
    [`import { Toolbelt, LpServices } from 'core-functions-toolbelt'`],
    [`import {\n  Toolbelt,\n  LpServices,\n} from "core-functions-toolbelt";`],
    [`import OAuth from "oauth-1.0a";\nimport crypto from "crypto";`],
    [`import "node:fs";\nimport OAuth from "oauth-1.0a";`],
    [`/* licence */\nimport OAuth from "oauth-1.0a"; // why\nconst text = "imports from here";`],
    [``],
  ])("%s", (head) => {
    expect(survivesCliRewriting(head + LAMBDA)).toEqual({ ok: true });
  });
});

describe("does not survive", () => {
  test.each([
    ["an alias", `import { a as b } from "path";`],
    ["a namespace, which comes back as a default import", `import * as path from "path";`],
    ["default and named together", `import path, { join } from "path";`],
    ["an export", `export const x = 1;`],
    ["top-level await", `const x = await Promise.resolve(1);`],
    ["import.meta", `const x = import.meta.url;`],
    ["text that looks like an import, in a string", `const text = "import x from 'y';";`],
    ["text that looks like an import, in a comment", `// import x from "y";`],
    ["text that looks like an import, in a template", "const text = `import { x } from 'y';`;"],
    ["text that looks like a require, in a comment", `// const x = require("y");`],
    ["a require that was left", `const x = require("y");`],
    ["no module at all", `import {`],
  ])("%s", (_name, head) => {
    expect(survivesCliRewriting(head + LAMBDA)).toMatchObject({ ok: false, why: expect.any(String) as string });
  });
});
