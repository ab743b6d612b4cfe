import { parseForESLint } from "@typescript-eslint/parser";
import { describe, expect, it } from "vitest";
import { parseSource } from "../../src/analysis/code/parse.ts";
import { eraseTypes } from "../../src/lint/erase-types.ts";

function erase(code: string): string | undefined {
  const { ast, visitorKeys } = parseForESLint(code, { range: true, sourceType: "module" });
  return eraseTypes(code, ast, visitorKeys);
}

/** Blanks are of no interest here, but their number is: places must stay. */
function plainOf(code: string): string | undefined {
  const erased = erase(code);
  expect(erased?.length ?? code.length).toBe(code.length);
  return erased?.replaceAll(/ +/gu, " ").replaceAll(/ $/gmu, "").trim();
}

describe("eraseTypes", () => {
  it.each([
    ["const a: string = b as unknown as string;", "const a = b ;"],
    ["f((x as any).y, z!, (w satisfies T)!);", "f((x ).y, z , (w ) );"],
    [
      "async function f<T>(this_: T, b?: number, ...c: T[]): Promise<void> {}",
      "async function f (this_ , b , ...c ) {}",
    ],
    ["const f = async <T,>({ a }: { a: T }): Promise<T> => a;", "const f = async ({ a } ) => a;"],
    ["const m = new Map<string, number>([[k as string, 1]]);", "const m = new Map ([[k , 1]]);"],
    ['import type { A } from "a"; import { type B, C } from "b";', '; import { B, C } from "b";'],
    ["interface A { b: string }\ntype C = A;\nf();", ";\n;\nf();"],
    ["const a = b as\n  string;", "const a = b\n ;"],
  ])("blanks out the types of %s", (code, plain) => {
    expect(plainOf(code)).toBe(plain);
    expect(() => parseSource(erase(code) ?? code)).not.toThrow();
  });

  it("keeps a statement from running on into the one behind types", () => {
    expect(plainOf("const a = b\ntype C = string\n(f)()")).toBe("const a = b\n;\n(f)()");
  });

  it("has nothing to do where there are no types", () => {
    expect(erase('import { a } from "a";\nclass B { #c = a?.d ?? 1; static { void 0; } }\n')).toBeUndefined();
  });

  it.each([
    "enum A { B }\nf(a as string);",
    "class A { constructor(private readonly b: string) {} }",
    "namespace A { export const b: string = c; }",
  ])("leaves what has a meaning at run time, so that it does not parse: %s", (code) => {
    expect(() => parseSource(erase(code) ?? code)).toThrow();
  });
});
