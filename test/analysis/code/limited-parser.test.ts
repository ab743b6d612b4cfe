import { describe, expect, it } from "vitest";
import { MAX_DEPTH } from "../../../src/analysis/code/depth.ts";
import { LimitedParser, ParserDepthError } from "../../../src/analysis/code/limited-parser.ts";

function parse(text: string): unknown {
  return new LimitedParser({ ecmaVersion: 2024, sourceType: "module" }, text).parse();
}

function repeated(open: string, close = ""): string {
  return `${open.repeat(20_000)}1${close.repeat(20_000)}`;
}

describe("all ways to nest code end with the parser's own error", () => {
  it.each([
    ["parentheses", repeated("(", ")")],
    ["arrays", repeated("[", "]")],
    ["objects", `x = ${repeated("{a:", "}")}`],
    ["blocks", repeated("{", "}")],
    ["calls", repeated("f(", ")")],
    ["arrow functions", repeated("a => ")],
    ["functions", repeated("function f() {", "}")],
    ["conditions", repeated("if (a) ")],
    ["else if", repeated("if (a) b; else ")],
    ["ternaries", repeated("a ? 1 : ")],
    ["assignments", repeated("a = ")],
    ["unary operators", repeated("!")],
    ["powers", repeated("a ** ")],
    ["new", repeated("new ", "()")],
    ["classes", repeated("class A extends ")],
    ["templates", repeated("`${", "}`")],
    ["patterns", `const ${repeated("[", "]").replace("1", "a")} = b`],
    ["labels", Array.from({ length: 20_000 }, (_, index) => `a${String(index)}: `).join("")],
  ])("%s", (_, text) => {
    expect(() => parse(text)).toThrow(ParserDepthError);
  });
});

it("says where the parser was", () => {
  const attempt = (): unknown => parse(`ok();\n${repeated("(", ")")}`);
  expect(attempt).toThrow(expect.objectContaining({ name: "ParserDepthError" }) as Error);
  try {
    attempt();
  } catch (error) {
    const offset = error instanceof ParserDepthError ? error.offset : 0;
    expect(offset).toBeGreaterThan(6);
    expect(offset).toBeLessThan(6 + MAX_DEPTH);
  }
});

it("takes what people write, and counts levels rather than code", () => {
  expect(() => parse(`${"(".repeat(60)}1${")".repeat(60)}`)).not.toThrow();
  expect(() => parse("f(a, [b], { c: () => d });\n".repeat(5_000))).not.toThrow();
});

it("leaves the errors of the language as they are", () => {
  expect(() => parse("const a = ;")).toThrow(SyntaxError);
});
