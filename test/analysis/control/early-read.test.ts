import { describe, expect, it } from "vitest";
import { findNamedFunctions } from "../../../src/analysis/code/named-functions.ts";
import { findEarlyRead } from "../../../src/analysis/control/early-read.ts";
import { findHandler } from "../../../src/analysis/code/handler.ts";
import { modelOf, present } from "../support.ts";

/** The column at which the undeclared `a` may be read before it has a value. */
function early(text: string, trustsTypeof = false): number | undefined {
  const model = modelOf(text);
  const handler = present(findHandler(model)).node;
  const node = findEarlyRead({ model, functions: findNamedFunctions(model), name: "a", handler, trustsTypeof });
  return node === undefined ? undefined : model.placeOf(present(node.range)[0]).column;
}

const inLambda = (body: string): string => `function lambda() { ${body} }`;

describe("a read comes surely behind a write", () => {
  it.each([
    "a = 1; g(a);",
    "if (x) { a = 1; } else { a = 2; } g(a);",
    "if (x) { return; } else { a = 1; } g(a);",
    "if (!x) throw x; a = 1; g(a);",
    "(a = 1) && g(a);",
    "x ? (a = 1) : (a = 2); g(a);",
    "[a] = x; g(a);",
    "({ a } = x); g(a);",
    "for (a = 0; a < 3; a += 1) g(a);",
    "for (a of x) g(a);",
    "do { a = 1; } while (x); g(a);",
    "switch (x) { case 1: a = 1; break; default: a = 2; } g(a);",
    "try { a = 1; } catch { a = 2; } g(a);",
    "try { h(); } finally { a = 1; } g(a);",
    "function set() { a = 1; } set(); g(a);",
    "typeof a; a = 1;",
    "a = function () { return a; };",
  ])("%s", (body) => {
    expect(early(inLambda(body))).toBeUndefined();
  });
});

describe("a read may come first", () => {
  it.each([
    "g(a); a = 1;",
    "if (x) { a = 1; } g(a);",
    "x && (a = 1); g(a);",
    "a += 1;",
    "while (x) { a = 1; } g(a);",
    "for (const y of x) { a = 1; } g(a);",
    "for (;;) { if (x) break; a = 1; break; } g(a);",
    "do { if (x) break; a = 1; } while (x); g(a);",
    "switch (x) { case 1: a = 1; } g(a);",
    "try { a = h(); } catch {} g(a);",
    "function set() { if (x) a = 1; } set(); g(a);",
    "async function set() { a = 1; } set(); g(a);",
    "h?.(a = 1); g(a);",
  ])("%s", (body) => {
    expect(early(inLambda(body))).toBeGreaterThan(inLambda("").length - 2);
  });
});

it("knows that a function runs where it is mentioned, and the handler behind the module", () => {
  expect(early("a = 1; function lambda() { g(a); }")).toBeUndefined();
  expect(early("function use() { g(a); } a = 1; function lambda() { use(); }")).toBeUndefined();
  expect(early("function use() { g(a); } use(); a = 1; function lambda() {}")).toBe(20);
});

it("takes `typeof` for a proof only where it is asked to", () => {
  const text = inLambda("if (typeof a === 'string') g(a); a = 'x';");
  expect(early(text, true)).toBeUndefined();
  expect(early(text, false)).toBe(50);
});

it("waits for an async function that writes", () => {
  const text = "async function set() { a = 1; } async function lambda() { await set(); g(a); }";
  expect(early(text)).toBeUndefined();
});
