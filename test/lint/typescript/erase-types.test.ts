import jscodeshift from "jscodeshift";
import { parseForESLint } from "@typescript-eslint/parser";
import { KEYS } from "eslint-visitor-keys";
import { describe, expect, it } from "vitest";
import { isKnownType, keysOf } from "../../../src/analysis/code/tree.ts";
import { childrenBy, isNode } from "../../../src/lint/any-node.ts";
import type { AnyNode } from "../../../src/lint/any-node.ts";
import { eraseTypes } from "../../../src/lint/typescript/erase-types.ts";
import { typeScriptZoo } from "../../rules/zoo.ts";
import type { Erased } from "../../../src/lint/typescript/erase-types.ts";

function erase(code: string): Erased {
  const { ast } = parseForESLint(code, { range: true, sourceType: "module" });
  const before = JSON.stringify(ast, serializable);
  const erased = eraseTypes(code, ast as unknown as AnyNode, { isTypeImport: () => false, isType: () => false });
  expect(JSON.stringify(ast, serializable)).toBe(before);
  return erased;
}

function serializable(key: string, value: unknown): unknown {
  return key === "parent" ? undefined : typeof value === "bigint" ? String(value) : value;
}

function plainOf(code: string): string {
  const { program, unknown } = erase(code);
  expect(unknown).toBeUndefined();
  // Without its places, recast prints the tree as it is, and not the text that it came from.
  return jscodeshift(withoutPlaces(program) as never)
    .toSource()
    .replaceAll(/\s+/gu, " ")
    .trim();
}

/** The node as ESTree describes it: what else TypeScript's parser has written is not looked at. */
function withoutPlaces(node: AnyNode): unknown {
  const children = new Set(keysOf(node.type));
  const entries = Object.entries(node).filter(
    ([key, value]) => key !== "range" && key !== "abstract" && (children.has(key) || Object(value) !== value),
  );
  const plain = (value: unknown): unknown =>
    isNode(value) ? withoutPlaces(value) : Array.isArray(value) ? value.map(plain) : value;
  return Object.fromEntries(
    entries.map(([key, value]) => [key, key === "value" && node.type === "TemplateElement" ? node[key] : plain(value)]),
  );
}

/** The types of all nodes that an analysis can come to. */
function esTreeTypes(node: AnyNode): string[] {
  return [node.type, ...childrenBy(KEYS, node).flatMap(esTreeTypes)];
}

describe("eraseTypes", () => {
  it.each([
    ["const a: string = <any>b as unknown as string;", "const a = b;"],
    ["f((x as any).y, z!, (w satisfies T)!, g<T>);", "f(x.y, z, w, g);"],
    ["function f(this: void, b?: number, ...c: T[]): void {}", "function f(b, ...c) {}"],
    ["const f = async <T,>({ a }: { a: T }): Promise<T> => a;", "const f = async ( { a } ) => a;"],
    [
      'import type { A } from "a"; import { type B, C } from "b"; import { type D } from "d";',
      'import { C } from "b";',
    ],
    ["interface A { b: string }\ntype C = A;\ndeclare const d: C;\ndeclare function e(): void;\nf();", "f();"],
    ["export type A = 1; export { type A as B }; export type { A as C }; export type * from 'a'; f();", "f();"],
    ["enum A { B, C = 5, D, 'e f' = 'g' }", 'var A = { B: 0, C: 5, D: 6, "e f": "g", 0: "B", 5: "C", 6: "D" };'],
    [
      "enum A { B = 1 << 1, C = B | f(x.B), D }",
      'var A; (function(A) { A[A["B"] = 1 << 1] = "B"; A[A["C"] = A["B"] | f(x.B)] = "C"; A[A["D"] = A["C"] + 1] = "D"; })(A || (A = {}));',
    ],
    [
      "enum A { B } enum A { C = 1 }",
      'var A = { B: 0, 0: "B" }; (function(A) { A[A["C"] = 1] = "C"; })(A || (A = {}));',
    ],
    [
      "namespace A { const b = 1; export const { c, d: [e = 2, ...g] } = b; export function h() {} export type I = 1; }",
      "var A; (function(A) { const b = 1; const { c, d: [e = 2, ...g] } = b; A.c = c; A.e = e; A.g = g; function h() {} A.h = h; })(A || (A = {}));",
    ],
    [
      "export namespace A.B { f(); }",
      "export var A; (function(A) { var B; (function(B) { f(); })(B || (B = {})); A.B = B; })(A || (A = {}));",
    ],
    [
      "namespace A { type B = 1 } declare namespace C { const d: 1 } declare global { var e: 1 } declare module 'f'; g();",
      "g();",
    ],
    [
      "class A {} namespace A { export const b = 1; }",
      "class A {} (function(A) { const b = 1; A.b = b; })(A || (A = {}));",
    ],
    ["export class A {} export namespace A { f(); }", "export class A {} (function(A) { f(); })(A || (A = {}));"],
    [
      "class A extends B { constructor(private b: string, readonly c = 1) { super(); f(); } }",
      "class A extends B { constructor(b, c = 1) { super(); this.b = b; this.c = c; f(); } }",
    ],
    [
      "abstract class A<T> implements B { abstract c: T; declare d: 1; [e: string]: T; f(): void; f() {} abstract g(): void; }",
      "class A { f() {} }",
    ],
    [
      "@a class A { @b() c() {} constructor(@d e) {} }",
      "class A { c() {} constructor(e) {} static { b()(this); d(this); } static { a(this); } }",
    ],
    [
      'import a = require("a"); import b = a.b.c; import type d = require("d");',
      'const a = require("a"); const b = a.b.c;',
    ],
    ["export = a;", "module.exports = a;"],
    ["export default interface A {}\nexport as namespace b;\nf();", "f();"],
    ["(a as any) = b!; (c!)++; for (d as any of e) f?.g!.h;", "a = b; c++; for (d of e) f?.g.h;"],
    [
      "function f() { enum A { B } interface C {} switch (x) { case 1: type D = 1; g(); } }",
      'function f() { var A = { B: 0, 0: "B" }; switch (x) { case 1: g(); } }',
    ],
  ])("makes JavaScript of %s", (code, plain) => {
    expect(plainOf(code)).toBe(plain);
  });

  it("leaves nothing that ESTree does not know", () => {
    const { program, unknown } = erase(typeScriptZoo);
    expect(unknown).toBeUndefined();
    const scope = new Set(esTreeTypes(program));
    expect([...scope].filter((type) => !isKnownType(type))).toEqual([]);
  });

  it("gives the tree itself where there are no types", () => {
    const code = 'import { a } from "a";\nclass B { #c = a?.d ?? 1; static { void 0; } }\n';
    const { ast } = parseForESLint(code, { range: true, sourceType: "module" });
    const program = ast as unknown as AnyNode;
    expect(eraseTypes(code, program, { isTypeImport: () => false, isType: () => false }).program).toBe(program);
  });

  it("ends names and patterns where their types begin", () => {
    const code = "function f(abc?: string, { d }: D, [e]: E, ...g: G) {}";
    const { program } = erase(code);
    const [declaration] = program["body"] as AnyNode[];
    const params = declaration?.["params"] as AnyNode[];
    expect(params.map(({ range }) => code.slice(...range))).toEqual(["abc", "{ d }", "[e]", "...g"]);
  });

  it("says what it does not know", () => {
    const program = { type: "Program", range: [0, 9], body: [{ type: "PipelineStatement", range: [0, 9] }] } as const;
    const { unknown } = eraseTypes("a |> b();", program, { isTypeImport: () => false, isType: () => false });
    expect(unknown?.type).toBe("PipelineStatement");
  });
});
