import { describe, expect, it } from "vitest";
import { isFunction } from "../../../src/analysis/code/tree.ts";
import type { Node } from "../../../src/analysis/code/tree.ts";
import { HANDED_ON, MANY, NONE, ONCE } from "../../../src/analysis/control/flow.ts";
import type { Settled } from "../../../src/analysis/control/flow.ts";
import { Interpreter } from "../../../src/analysis/control/interpreter.ts";
import { modelOf, present } from "../support.ts";

/** `N1M` for “not at all, once or several times”, `H` for “handed on”, `-` for never. */
function letters(settled: Settled): string {
  return (
    [NONE, ONCE, MANY, HANDED_ON].map((bit, index) => ((settled & bit) === 0 ? "" : "N1MH".charAt(index))).join("") ||
    "-"
  );
}

function isNamed(node: Node, ...names: readonly string[]): boolean {
  return node.type === "Identifier" && names.includes(node.name);
}

/**
 * What the interpreter finds out about the body of `f`. What it asks is answered by names: `c` is the callback, `final()`
 * will be a `return`, `help(c)` settles, `maybe(c)` may, `later(c)` will some time, `missing` is declared nowhere, `safe()` raises no error, and the
 * function `inner` is planned by itself.
 */
function told(body: string, before: Settled = NONE): string {
  const model = modelOf(`async function f(x) { ${body} }`);
  const root = present(model.nodes("FunctionDeclaration").find(({ id }) => isNamed(id, "f")));
  const interpreter = new Interpreter({
    isCallback: (node) => isNamed(node, "c", "final"),
    isDelegate: ({ callee }) => isNamed(callee, "help", "maybe", "later"),
    isUncertain: ({ callee }) => isNamed(callee, "maybe"),
    isLater: ({ callee }) => isNamed(callee, "later"),
    isFinal: ({ callee }) => isNamed(callee, "final"),
    isHelper: (node) => isFunction(node) && node.type === "FunctionDeclaration" && isNamed(node.id, "inner"),
    isHoisted: (node) => node.type === "FunctionDeclaration",
    hoistedFunction: (name) => {
      const [definition] = model.variableOf(name)?.defs ?? [];
      return definition?.type === "FunctionName" && definition.node.type === "FunctionDeclaration"
        ? definition.node
        : undefined;
    },
    isUnsafeName: (node) => isNamed(node, "missing"),
    isSafe: (node) => node.type === "CallExpression" && isNamed(node.callee, "safe"),
  });
  const flow = interpreter.body(root, before);
  const parts: readonly (readonly [name: string, settled: Settled])[] = [
    ["end", flow.normal],
    ["return", flow.returned],
    ["throw", flow.thrown],
    ["wait", interpreter.waiting],
  ];
  const calls = [...interpreter.calls.values()].map(letters).join(",");
  const reached = parts.filter(([, settled]) => settled !== 0).map(([name, settled]) => `${name} ${letters(settled)}`);
  const escapes = interpreter.escapes.size === 0 ? [] : [`escapes ${String(interpreter.escapes.size)}`];
  return [...(calls === "" ? [] : [`calls ${calls}`]), ...escapes, ...reached, ...flow.jumps.keys()].join(" | ");
}

describe("calls of the callback", () => {
  it.each([
    ["c();", "calls N | end 1"],
    ["c(); c();", "calls N,1 | end M"],
    ["c(missing);", "calls N | end 1 | throw N"],
    ["c(g());", "calls N | end 1 | throw N"],
    ["c(safe());", "calls N | end 1"],
    ["if (x) c();", "calls N | end N1"],
  ])("%s", (body, expected) => {
    expect(told(body)).toBe(expected);
  });

  it("of an invocation that may be settled before", () => {
    expect(told("c();", ONCE)).toBe("calls 1 | end M");
    expect(told("c();", NONE | ONCE)).toBe("calls N1 | end 1M");
    expect(told("c();", HANDED_ON)).toBe("calls H | end H");
  });
});

describe("calls of which more is known", () => {
  it.each([
    // A function that settles may raise an error before it does.
    ["help(c); safe();", "calls N | end 1 | throw N"],
    ["maybe(c); c();", "calls N,N1 | end 1M | throw N"],
    ["final(); c();", "calls N | return 1"],
    ["if (x) final(); c();", "calls N,N | end 1 | return 1"],
    ["for (;;) final();", "calls N | return 1"],
    ["try { final(); } finally { c(); }", "calls N,1 | return M"],
  ])("%s", (body, expected) => {
    expect(told(body)).toBe(expected);
  });
});

describe("a callback that goes elsewhere", () => {
  it.each([
    ["g(c);", "escapes 1 | end H | throw H"],
    ["const d = c;", "escapes 1 | end H"],
    ["safe(() => c());", "escapes 1 | end H"],
    ["function inner() { c(); }", "end N"],
    // A declared function counts where its name is used.
    ["function other() { c(); }", "escapes 1 | end N"],
    ["g(other); function other() { c(); }", "escapes 1 | end H | throw H"],
    // What a name says of a nested function is the business of who asks.
    ["return () => 1;", "return N"],
  ])("%s", (body, expected) => {
    expect(told(body)).toBe(expected);
  });
});

describe("functions that array methods call at once", () => {
  it.each([
    ["x.forEach(() => { c(); });", "calls N1M | end N1M | throw N1M"],
    ["x.some(() => c());", "calls N1M | end N1M | throw N1M"],
    ["x.map(async () => { c(); });", "escapes 1 | end H | throw NH"],
    ["x.each(() => { c(); });", "escapes 1 | end H | throw NH"],
    ["x.reduce((a, b) => { if (b) c(); return a; }, 0);", "calls N1M | end N1M | throw N1M"],
    ["x.forEach(() => { y.forEach(() => { c(); }); });", "calls N1M | end N1M | throw N1M"],
  ])("%s", (body, expected) => {
    expect(told(body)).toBe(expected);
  });
});

describe("ways out", () => {
  it.each([
    ["if (x) return; c();", "calls N | end 1 | return N"],
    ["throw x;", "throw N"],
    ["try { throw x; } catch { c(); }", "calls N | end 1"],
    ["try { safe(); } catch { c(); }", "end N"],
    ["try { g(); } catch { c(); } finally { c(); }", "calls N,N1 | end 1M"],
    ["try { return 1; } finally { c(); }", "calls N | return 1"],
    ["try { g(); c(); } catch { return; } c();", "calls N,1 | end M | return N"],
    ["await x; c();", "calls N | end 1 | throw N | wait N"],
    ["c(); await x;", "calls N | end 1 | throw 1 | wait 1"],
    ["for await (const y of x) c();", "calls N1M | end N1M | throw N1M | wait N1M"],
    ["a: for (;;) { for (;;) { if (x) break a; c(); } }", "calls N1M | end N1M"],
    ["switch (x) { case 1: c(); case 2: c(); break; default: }", "calls N,N1 | end N1M"],
  ])("%s", (body, expected) => {
    expect(told(body)).toBe(expected);
  });
});

it("ends within as many rounds as there are answers, however deep loops stand in each other", () => {
  const body = "x.forEach(() => { ".repeat(12) + "c();" + " });".repeat(12);
  expect(told(body)).toBe("calls N1M | end N1M | throw N1M");
});
