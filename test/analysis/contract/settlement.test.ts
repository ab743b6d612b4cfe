import { describe, expect, it } from "vitest";
import { HANDED_ON, MANY, NONE, ONCE } from "../../../src/analysis/control/flow.ts";
import type { Settled } from "../../../src/analysis/control/flow.ts";
import { readsOf } from "../../../src/analysis/code/bindings.ts";
import { settlementOf } from "../../../src/analysis/contract/settlement.ts";
import type { Settlement } from "../../../src/analysis/contract/settlement.ts";
import { handlerOf, modelOf } from "../support.ts";

/** `N1M` for “not at all, once or several times”, `H` for “handed on”, `-` for code that is never reached. */
function letters(settled: Settled): string {
  const all = [NONE, ONCE, MANY, HANDED_ON].map((bit, index) => ((settled & bit) === 0 ? "" : "N1MH".charAt(index)));
  return all.join("") || "-";
}

function summary({ calls, escapes, atEnd, atThrow, atWait, atReturns }: Settlement): string {
  const parts = [
    calls.map(({ before }) => letters(before)).join(","),
    escapes.length > 0 ? `escapes ${String(escapes.length)}` : "",
    atEnd === 0 ? "" : `end ${letters(atEnd)}`,
    atThrow === 0 ? "" : `throw ${letters(atThrow)}`,
    atReturns.size === 0 ? "" : `returns ${[...atReturns.values()].map(letters).join(",")}`,
    atWait === 0 ? "" : `wait ${letters(atWait)}`,
  ];
  return parts.filter((part) => part !== "").join(" | ");
}

/** Each row: a body, and what holds before each call of `c`, at the end, at errors, returns and waits. */
function check(body: string, expected: string): void {
  const model = modelOf(`async function lambda(input, c) { ${body} }`);
  const { node, callback } = handlerOf(model);
  expect(summary(settlementOf(model, node, callback.variable))).toBe(expected);
}

describe("calls in a row and in branches", () => {
  it.each([
    ["", "end N"],
    ["c();", "N | end 1"],
    ["c(); c();", "N,1 | end M"],
    ["c(); c(); c();", "N,1,M | end M"],
    ["if (input) c();", "N | end N1"],
    ["if (input) c(); else c();", "N,N | end 1"],
    ["if (input) c(); c();", "N,N1 | end 1M"],
    ["if (input) return c(); c();", "N,N | end 1 | returns 1"],
    ["return; c();", "- | returns N"],
    ["return; f(c);", "escapes 1 | returns N"],
    ["throw input; c();", "- | throw N"],
    ["c(); throw input;", "N | throw 1"],
    ["input ? c() : c();", "N,N | end 1"],
    ["input && c();", "N | end N1"],
    ["const a = c(), b = c();", "N,1 | end M"],
    ["c(c());", "N,1 | end M"],
    ["c(f());", "N | end 1 | throw N"],
    ["f(); c();", "N | end 1 | throw N"],
    ["console.info(1); c();", "N | end 1"],
    ["const a = input.a;", "end N | throw N"],
    ["const { a } = input;", "end N | throw N"],
    ["const a = [...input];", "end N | throw N"],
    ["let a; [a] = input;", "end N | throw N"],
    ["let a; ({ a } = input);", "end N | throw N"],
    ["const a = 'b' in input;", "end N | throw N"],
    ["const a = input instanceof Error;", "end N | throw N"],
    ["nowhere;", "end N | throw N"],
    ["const a = 1; a = 2;", "end N | throw N"],
    ["await f();", "end N | throw N | wait N"],
    ["c(); await input;", "N | end 1 | throw 1 | wait 1"],
  ])("%s → %s", check);
});

describe("loops", () => {
  it.each([
    ["while (input) c();", "N1M | end N1M"],
    ["while (true) c();", "N1M"],
    ["while (1) { c(); break; }", "N | end 1"],
    ["while (0) c();", "N1M | end N1M"],
    ["do c(); while (input);", "N1M | end 1M"],
    ["do c(); while (true);", "N1M"],
    ["do { if (input) continue; c(); } while (c());", "N1M,N1M | end 1M"],
    ["for (let i = 0; i < 2; ) c();", "N1M | end N1M"],
    ["for (; input; c()) ;", "N1M | end N1M"],
    ["for (c(); ; ) break;", "N | end 1"],
    ["for (;;) { if (input) { c(); continue; } break; }", "N1M | end N1M"],
    ["for (const key in input) c();", "N1M | end N1M"],
    ["for (const x of input) c();", "N1M | end N1M | throw N1M"],
    ["for await (const x of input) c();", "N1M | end N1M | throw N1M | wait N1M"],
    ["a: for (const key in input) for (;;) { c(); continue a; }", "N1M | end N1M"],
    ["a: for (;;) for (;;) { c(); break a; }", "N | end 1"],
    ["a: b: for (;;) { if (input) break b; c(); continue a; }", "N1M | end N1M"],
    ["a: { if (input) break a; c(); }", "N | end N1"],
    ["a: b: c();", "N | end 1"],
  ])("%s → %s", check);
});

describe("switch", () => {
  it.each([
    ["switch (input) {}", "end N"],
    ["switch (input) { case 1: c(); }", "N | end N1"],
    ["switch (input) { case 1: c(); case 2: c(); break; default: c(); }", "N,N1,N | end 1M"],
    ["switch (input) { default: c(); case 1: c(); }", "N,N1 | end 1M"],
    ["switch (input) { case 1: return c(); default: throw 1; }", "N | throw N | returns 1"],
    ["switch (f()) { case g(): c(); }", "N | end N1 | throw N"],
  ])("%s → %s", check);
});

describe("try", () => {
  it.each([
    ["try { f(); c(); } catch { c(); }", "N,N | end 1"],
    ["try { c(); f(); } catch (e) { c(); }", "N,1 | end 1M"],
    ["try { c(); } catch { c(); }", "N,- | end 1"],
    ["try { f(); } catch (e) { throw e; }", "end N | throw N"],
    ["try { f(); } finally { c(); }", "N | end 1 | throw 1"],
    ["try { return c(); } finally { f(); }", "N | throw 1 | returns 1"],
    ["try { f(); } catch { return; } finally { c(); }", "N | end 1 | returns N"],
    ["try { f(); } finally { return c(); }", "N | returns 1"],
    ["for (;;) { try { break; } finally { c(); } }", "N | end 1"],
    ["a: try { throw 1; } finally { break a; }", "end N"],
    ["try { try { f(); } finally { c(); } } catch { c(); }", "N,1 | end 1M"],
    ["try { f(); } catch { c(); } finally { c(); }", "N,N1 | end 1M"],
  ])("%s → %s", check);
});

describe("functions", () => {
  it.each([
    ["input.forEach(() => c());", "N1M | end N1M | throw N1M"],
    ["input.map(function (x) { if (x) return c(); f(); });", "N1M | end N1M | throw N1M | returns 1M"],
    ["input.forEach(async () => c());", "escapes 1 | end H | throw NH"],
    ["input.forEach(function* () { c(); });", "escapes 1 | end H | throw NH"],
    ["input.reduce(1, () => c());", "escapes 1 | end H | throw NH"],
    ["input.on(() => c());", "escapes 1 | end H | throw NH"],
    ["input[f](() => c());", "escapes 1 | end H | throw NH"],
    ["setTimeout(() => c()); c();", "H | escapes 1 | end H | throw H"],
    ["const d = c;", "escapes 1 | end H"],
    ["const d = () => c;", "escapes 1 | end H"],
    ["const d = () => 1; d();", "end N | throw N"],
    ["f(c); c();", "H | escapes 1 | end H | throw NH"],
    ["class A { m() { c(); } }", "escapes 1 | end H | throw H"],
    ["class A { static { c(); } }", "escapes 1 | end H | throw NH"],
    ["class A { a = c(); }", "escapes 1 | end H | throw NH"],
    ["class A { [c()] = input; }", "N | end 1 | throw 1"],
    ["class A { static { input; } static a = input; static b; }", "end N | throw N"],
    ["return; const d = () => c();", "escapes 1 | returns N"],
    ["setTimeout(d); return; function d() { c(); }", "escapes 1 | throw H | returns H"],
    ["function d() { c(); } if (a) return; d(1, d);", "escapes 1 | end H | throw NH | returns N"],
    ["return e(); function d() { c(); } function e() { d; }", "escapes 1 | throw H | returns H"],
    ["if (a) { function d() { c(); } } return;", "escapes 1 | throw N | returns NH"],
  ])("%s → %s", check);

  it("takes no longer for rounds in rounds in rounds", () => {
    const nest = (open: string, close: string): string => `${open.repeat(40)} c(); ${close.repeat(40)}`;
    check(nest("for (const a of input) {", "}"), "N1M | end N1M | throw N1M");
    check(nest("input.forEach(() => {", "});"), "N1M | end N1M | throw N1M");
    check(nest("try { f(); } finally {", "}"), "N | end 1 | throw 1");
  });

  it("counts a callback in a parameter's default as handed on", () => {
    for (const parameter of ["{ a = c }", "input = c", "input = () => c"]) {
      const model = modelOf(`function lambda(${parameter}, c) { c(); }`);
      const { node, callback } = handlerOf(model);
      expect(settlementOf(model, node, callback.variable).escapes).toHaveLength(1);
    }
  });
});

describe("what is known of other functions", () => {
  const model = modelOf(`function lambda(input, c) {
    if (input) { c(1); }
    help(input, c);
    const own = () => c(2);
    own();
    c(3);
  }`);
  const { node, callback } = handlerOf(model);
  const calls = model.nodes("CallExpression");
  const helper = model.nodes("ArrowFunctionExpression");

  function settlement(known: Parameters<typeof settlementOf>[3]): string {
    return summary(settlementOf(model, node, callback.variable, known));
  }

  it("follows nothing without it", () => {
    expect(settlement(undefined)).toBe("N,H | escapes 2 | end H | throw N1H");
  });

  it("lets a delegate settle in the place of its caller", () => {
    const delegates = new Set(calls.filter((call) => model.textOf(call.callee) === "help"));
    expect(settlement({ delegates, helpers: new Set(helper) })).toBe("N,N1,1M | end M | throw N1M");
  });

  it("leaves the function at a final call", () => {
    const finals = new Set(calls.filter((call) => model.textOf(call) === "c(1)"));
    expect(settlement({ finals })).toBe("N,H | escapes 2 | end H | throw NH");
    const delegates = new Set(calls.filter((call) => ["help", "own"].includes(model.textOf(call.callee))));
    expect(settlement({ finals, delegates, helpers: new Set(helper) })).toBe("N,N,1,M | end M | throw N1");
  });

  it("finds all reads of the callback", () => {
    expect(readsOf(callback.variable)).toHaveLength(4);
  });
});
