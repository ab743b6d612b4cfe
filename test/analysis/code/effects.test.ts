import { describe, expect, it } from "vitest";
import type { Node } from "../../../src/analysis/code/tree.ts";
import {
  cannotThrow,
  isInert,
  isPlainValue,
  isPure,
  isSafeConsoleCall,
  isStable,
} from "../../../src/analysis/code/effects.ts";
import type { Model } from "../../../src/analysis/code/model.ts";
import { modelOf, present } from "../support.ts";

const PRELUDE = `const a = 1, b = { c: 1 }; let w = 1; w = 2; async function f(p) { const q = await p; return q; }`;

/** The last statement of a text, in front of which some names are declared. */
function lastStatement(text: string): { readonly model: Model; readonly statement: Node } {
  const model = modelOf(`${PRELUDE} ${text}`);
  return { model, statement: present(model.program.body.at(-1)) };
}

function expression(text: string): { readonly model: Model; readonly node: Node } {
  const { model, statement } = lastStatement(`(${text});`);
  if (statement.type !== "ExpressionStatement") {
    throw new Error(`${text} is no expression.`);
  }
  return { model, node: statement.expression };
}

describe("isPure", () => {
  it.each([
    "a",
    "undefined",
    "1",
    "this",
    "() => g()",
    "function () { g(); }",
    "`a${a}`",
    "-a",
    "void 0",
    "a + w",
    "a && w",
    "a ? 1 : w",
    "({ a, b: 1 })",
    "[a, 1]",
    "new Error('x')",
    "new TypeError(`x${a}`)",
  ])("%s may be left out", (text) => {
    const { model, node } = expression(text);
    expect(isPure(model, node)).toBe(true);
  });

  it.each([
    "nowhere",
    "b.c",
    "g()",
    "`a${g()}`",
    "-g()",
    "delete b.c",
    "a + g()",
    "g() || a",
    "g() ? 1 : 2",
    "a ? g() : 2",
    "a ? 1 : g()",
    "({ ...b })",
    "({ [a]: 1 })",
    "({ a: g() })",
    "[, a]",
    "[g()]",
    "[...b]",
    "new Error(g())",
    "new Thing()",
    "new b.Error()",
    "w = 1",
    "await a",
  ])("%s may not", (text) => {
    const { model, node } = expression(text);
    expect(isPure(model, node)).toBe(false);
  });

  it("does not trust an error class of the file's own", () => {
    const { model, statement } = lastStatement("class Error {} new Error();");
    expect(statement.type === "ExpressionStatement" && isPure(model, statement.expression)).toBe(false);
  });
});

describe("isInert and cannotThrow", () => {
  it.each([
    [";", true, true],
    ["function g() { h(); }", true, true],
    ["a;", true, true],
    ["nowhere;", false, false],
    ["const x = 1, y = a;", true, true],
    ["let x;", true, true],
    ["const { x } = b;", false, false],
    ["const x = h();", false, false],
    ["{ a; console.info(a); }", false, true],
    ["{ h(); }", false, false],
    ["if (a) ;", false, false],
    ["console.log('x', a);", false, true],
    ["console.log(h());", false, false],
    ["console['log'](a);", false, false],
    ["console.table(a);", false, false],
    ["b.log(a);", false, false],
    ["log(a);", false, false],
    ["w += 1;", false, true],
    ["w++;", false, true],
    ["w = h();", false, false],
    ["a = 1;", false, false],
    ["nowhere = 1;", false, false],
    ["b.c = 1;", false, false],
    ["b.c++;", false, false],
  ])("%s: inert %s, cannot throw %s", (text, inert, safe) => {
    const { model, statement } = lastStatement(text);
    expect([isInert(model, statement), cannotThrow(model, statement)]).toEqual([inert, safe]);
  });

  it("knows the console only as a global", () => {
    const { model, statement } = lastStatement("{ const console = b; console.info(a); }");
    expect(cannotThrow(model, statement)).toBe(false);
    const call = present(model.nodes("CallExpression").at(-1));
    expect(isSafeConsoleCall(model, call)).toBe(false);
  });
});

describe("isPlainValue", () => {
  it.each([
    ["1", true],
    ["`a`", true],
    ["({})", true],
    ["[]", true],
    ["await g()", true],
    ["a + 1", true],
    ["!g()", true],
    ["(await g()).x", true],
    ["b.c", true],
    ["g().x", false],
    ["a ? 1 : 'x'", true],
    ["a ? 1 : g()", false],
    ["a ? g() : 1", false],
    ["a || 'x'", true],
    ["g() || 'x'", false],
    ["a", true],
    ["w", false],
    ["undefined", true],
    ["nowhere", false],
    ["g()", false],
    ["() => 1", false],
  ])("%s: %s", (text, expected) => {
    const { model, node } = expression(`async () => (${text})`);
    const body = node.type === "ArrowFunctionExpression" ? node.body : node;
    expect(isPlainValue(model, body)).toBe(expected);
  });

  it("follows a variable to its only value, and knows caught errors", () => {
    const model = modelOf(`async function f(p) {
      const q = await p, r = p, { s } = q; let t;
      try { g(); } catch (e) { return [q, r, s, t, e, p]; }
    }`);
    const list = present(model.nodes("ArrayExpression").at(0)).elements.map((element) => present(element));
    expect(list.map((element) => isPlainValue(model, element))).toEqual([true, false, true, false, true, false]);
  });
});

describe("isStable", () => {
  it.each([
    ["1", true],
    ["undefined", true],
    ["a", true],
    ["w", false],
    ["nowhere", false],
    ["a + 1", false],
  ])("%s: %s", (text, expected) => {
    const { model, node } = expression(text);
    expect(isStable(model, node)).toBe(expected);
  });
});
