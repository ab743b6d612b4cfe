import { parse } from "acorn";
import type * as ESTree from "estree";
import { describe, expect, it } from "vitest";
import { SourceDepthError, SourceSyntaxError, parseSource, parsedElsewhere } from "../../../src/analysis/code/parse.ts";

function kindOf(text: string): string {
  return parseSource(text).program.sourceType;
}

describe("a file is a module when it has an import or an export", () => {
  it.each([
    ["export const a = 1;", "module"],
    ["import a from 'b';", "module"],
    ["const a = 1; export { a };", "module"],
    ["f(); import a from 'b';", "module"],
    ["const a = require('b');", "script"],
    ["", "script"],
    // The words alone make no module.
    ["// import a from 'b'\nreturn 1;", "script"],
    ["const a = `\nexport {}\n`; with (a) b();", "script"],
    ["const p = import('a');", "script"],
    // What only a module can have, without either.
    ["await f();", "module"],
  ])("%j is a %s", (text, expected) => {
    expect(kindOf(text)).toBe(expected);
  });
});

it("takes what the platform takes of a script: `return` at the top, sloppy code", () => {
  expect(() => parseSource("return 1;")).not.toThrow();
  expect(() => parseSource("var a = 010; delete a;")).not.toThrow();
});

it("has comments with their places, and scopes", () => {
  const { comments, scopeManager } = parseSource("// one\nconst a = 1; /* two */");
  expect(comments).toEqual([
    { type: "Line", value: " one", range: [0, 6] },
    { type: "Block", value: " two ", range: [20, 29] },
  ]);
  expect(scopeManager.scopes.flatMap(({ variables }) => variables.map(({ name }) => name))).toContain("a");
});

it("says where it stops to be JavaScript, counted from 1", () => {
  expect(() => parseSource("const a = ;")).toThrow(SourceSyntaxError);
  expect(() => parseSource("a;\n  b c;")).toThrow(expect.objectContaining({ line: 2, column: 5 }) as Error);
  // Of a module, what the parser says of modules.
  expect(() => parseSource("import a from 'b';\nwith (a) {}")).toThrow(/'with' in strict mode/u);
});

it("gives up on code that is nested too deeply, before it runs out of stack", () => {
  expect(() => parseSource(`${"(".repeat(50_000)}1`)).toThrow(SourceDepthError);
  expect(() => parseSource(`a = ${"1 + ".repeat(50_000)}1;`)).toThrow(SourceDepthError);
});

it("finds the scopes of a tree of another parser anew", () => {
  const text = "import a from 'b'; f(a);";
  const program = parse(text, { ecmaVersion: 2024, sourceType: "module", ranges: true }) as unknown as ESTree.Program;
  const { scopeManager } = parsedElsewhere(text, program, []);
  expect(scopeManager.scopes.map(({ type }) => type)).toEqual(["global", "module"]);
});
