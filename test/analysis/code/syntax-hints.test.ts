import { describe, expect, it } from "vitest";
import { parseSource, SourceSyntaxError } from "../../../src/analysis/code/parse.ts";

/** What is said of a text, with the place. */
function said(text: string): string | undefined {
  try {
    parseSource(text);
    return undefined;
  } catch (error) {
    return error instanceof SourceSyntaxError
      ? `${String(error.line)}:${String(error.column)} ${error.message}`
      : String(error);
  }
}

const TEXT = "this text is not code; remove it, or make it a comment";
const TYPES = "as it stands here is TypeScript, and this file is JavaScript";

describe("a text that does not parse", () => {
  it.each([
    ["function f() {\n  const a = await b();\n}", "2:19 `await` stands outside of an `async` function"],
    ["import a from 'a';\nfunction f() { await a(); }", "2:16 `await` stands outside of an `async` function"],
    ["function f() {\n  ...\n}", "2:3 `...` stands where code is missing"],
    ["const a = { ... };", "1:17 `...` stands where code is missing"],
    ["f(…);", "1:3 `...` stands where code is missing"],
    ["function f() {\n}\n}\n", "3:1 `}` closes nothing: there is one too many"],
    ["f(a));", "1:5 `)` closes nothing: there is one too many"],
    ["function f() {\n  if (a) {\n}\n", "4:1 the `{` of line 1 is never closed"],
    ["callback(null,\n  { a: 1);", "2:9 `)` stands where the `{` of line 2 is still open"],
    ["f();\nThis is how to use it\n", `2:6 ${TEXT}`],
    ["f();\nNote: it works\n", `2:10 ${TEXT}`],
    ["f();\nDon't forget\n", `2:4 ${TEXT}`],
    ["f();\n```\n", `2:4 ${TEXT}`],
    ["function f(a: string) {}", `1:13 \`:\` ${TYPES}`],
    ["async function f(a, b): Promise<void> {}", `1:23 \`:\` ${TYPES}`],
    ["interface A { b: string }", `1:11 \`interface\` ${TYPES}`],
    ["import type { A } from 'a';", `1:13 \`type\` ${TYPES}`],
    ["const a = b as string;", `1:13 \`as\` ${TYPES}`],
    ["const a = b!.c;", `1:12 \`!\` ${TYPES}`],
    ["enum A { B }", `1:1 \`enum\` ${TYPES}`],
  ])("%j", (text, expected) => {
    expect(said(text)).toBe(expected);
  });

  it.each([
    ["const a = [1, 2;", "1:16 Unexpected token"],
    ["f(a b);", "1:5 Unexpected token"],
    ["const a = 'abc\n';", "1:11 Unterminated string constant"],
    ["const a = { b c: 1 };", "1:15 Unexpected token"],
  ])("%j keeps the words of the parser", (text, expected) => {
    expect(said(text)).toBe(expected);
  });
});
