import { describe, expect, it } from "vitest";
import { findImplicitGlobals } from "../../../src/analysis/modules/implicit-globals.ts";
import { modelOf } from "../support.ts";

/** What becomes of `x` in a handler with this body, with further code behind the handler. */
function planOf(body: string, more = ""): string {
  const text = `async function lambda(input, callback) { ${body} }\n${more}`;
  const found = findImplicitGlobals(modelOf(text)).find(({ name }) => name === "x");
  if (found === undefined) {
    return "none";
  }
  return "why" in found.plan
    ? "refused"
    : `${found.plan.place.kind}${found.plan.owner === undefined ? "" : " in a function"}`;
}

describe("a value that certainly is there before it is read", () => {
  it.each([
    ["x = 1; callback(x);", "in-place in a function"],
    ["if (input) x = 1; else x = 2; callback(x);", "before in a function"],
    ["if (input) { x = 1; } else { return; } callback(x);", "before in a function"],
    ["if (!input) throw new Error(); else x = 1; callback(x);", "before in a function"],
    ["input ? (x = 1) : (x = 2); callback(x);", "before in a function"],
    ["(x = input) && callback(x);", "before in a function"],
    ["input && (x = 1) && callback(x);", "before in a function"],
    ["switch (input) { case 1: x = 1; break; default: x = 2; } callback(x);", "before in a function"],
    ["try { x = f(); } catch { x = 1; } callback(x);", "before in a function"],
    ["try { f(); } finally { x = 1; } callback(x);", "before in a function"],
    ["do { x = 1; } while (x < 0); callback(x);", "before in a function"],
    ["for (x = 0; x < 3; x++) f(x); callback(x);", "before in a function"],
    ["for (x = 0; x < 3; x++) f(x);", "in-place in a function"],
    ["for (const y of input) { x = y; f(x); }", "in-place in a function"],
    ["for (x of input) f(x);", "in-place in a function"],
    ["while (x = input.next()) f(x);", "before in a function"],
    ["const { a = (x = 1) } = input; x = 2; f(x);", "before in a function"],
    ["x = 1; f(typeof x, () => x);", "module"],
    ["x = 1; input.forEach((y) => { x += y; }); f(x);", "in-place in a function"],
    ["input.forEach((y) => { x = y; f(x); });", "before in a function"],
    ["x = 1; input.forEach(async (y) => { x += y; });", "module"],
    ["for (const y of input) { x = y; later(() => x); }", "module"],
    ["typeof x === 'undefined' && (x = 1); f(x);", "module"],
    ["if (typeof x !== 'undefined') f(x); x = 1;", "module"],
    ["if (typeof x == 'string') f(x); x = 1;", "module"],
    ["if (!(typeof x === 'undefined')) f(x); x = 1;", "module"],
    ["if (typeof x === 'undefined' || !x) { x = 1; } f(x);", "module"],
  ])("%s", (body, expected) => {
    expect(planOf(body)).toBe(expected);
  });

  it.each([
    ["set(); f(x);", "function set() { x = 1; }", "module"],
    ["await set(); f(x);", "async function set() { x = 1; }", "module"],
    ["x = 1; get();", "const get = () => x;", "module"],
    [
      "x = 1; get(); f();",
      "function get() { f(); } function f() { return x + g(); } function g() { return x; }",
      "module",
    ],
    ["get();", "function get() { x = 1; return x; }", "in-place in a function"],
    ["get();", "async function get() { x = 1; return x; }", "module"],
    ["get(); input.on('x', get);", "function get() { x = 1; return x; }", "module"],
    ["get();", "function get() { x = 1; if (input) get(); return x; }", "module"],
    ["one();", "function one() { two(); } function two() { x = 1; f(one); return x; }", "module"],
    ["x = 1; f(x);", "lambda({}, () => 1);", "module"],
    ["f(x);", "x = 1;", "in-place"],
    ["f(x);", "x = require('crypto').randomUUID();", "in-place"],
    ["f(x);", "set(); x = 1; function set() { x = 2; }", "module"],
    ["f(x);", "const o = { set() { x = 2; } }; o.set(); x = 1;", "module"],
    ["f(x);", "x = [1].map(() => 2);", "module"],
    ["f(x);", "if (f) x = 1; else x = 2;", "module"],
  ])("%s %s", (body, more, expected) => {
    expect(planOf(body, more)).toBe(expected);
  });
});

describe("a read that may fail in V1", () => {
  it.each([
    "if (input) x = 1; f(x);",
    "input && (x = 1); f(x);",
    "input || (x = 1); f(x);",
    "input ?? (x = 1); f(x);",
    "input?.f((x = 1)); f(x);",
    "switch (input) { case 1: x = 1; break; case 2: x = 2; } f(x);",
    "switch (input) { case 1: break; default: x = 2; } f(x);",
    "try { f(); x = 1; } catch {} f(x);",
    "try { x = f(); } finally { f(x); }",
    "try { x = f(); } catch { f(x); }",
    "while (input.next()) { x = 1; } f(x);",
    "for (const y of input) x = y; f(x);",
    "for (const y in input) x = y; f(x);",
    "for (const y of input) { if (y) { x = y; } else { f(x); } }",
    "do { if (input) break; x = 1; } while (input); f(x);",
    "do { if (input) continue; x = 1; } while (x);",
    "a: { if (input) break a; x = 1; } f(x);",
    "a: for (;;) { switch (input) { default: break a; } x = 1; } f(x);",
    "f(() => { x = 1; }); f(x);",
    "x = x || 1;",
    "x++;",
    "x += 1;",
    "x ??= 1;",
    "({ x = x } = input);",
    "const { a = (x = 1) } = input; f(x);",
    "f(x); x = 1;",
    "if (typeof x === 'undefined') f(x); x = 1;",
    "if (typeof x !== 'undefined' || input) f(x); x = 1;",
    "f(() => x); x = 1;",
    "class A { a = (x = 1); } f(x);",
    "f`${x}`; x = 1;",
  ])("%s", (body) => {
    expect(planOf(body)).toBe("refused");
  });

  it.each([
    ["set(); f(x);", "async function set() { await f(); x = 1; }"],
    ["set(); f(x);", "function set() { if (a) return; x = 1; }"],
    ["set(); f(x);", "function* set() { x = 1; }"],
    ["get(); x = 1;", "function get() { return x; }"],
    ["x = 1;", "input.on('x', get); function get() { return x; }"],
    ["f(x);", "later(() => { x = 1; });"],
    ["f(x);", "if (f) x = 1;"],
  ])("%s %s", (body, more) => {
    expect(planOf(body, more)).toBe("refused");
  });
});
