import { describe, expect, it } from "vitest";
import { unheardUses } from "../../../src/analysis/contract/unheard-calls.ts";
import { handlerOf, modelOf } from "../support.ts";

/** The uses of the callback `c` that come too late in a handler. */
function unheard(body: string, isAsync: boolean): string[] {
  const model = modelOf(`${isAsync ? "async " : ""}function lambda(input, c) { ${body} }`);
  const { node, callback } = handlerOf(model);
  return unheardUses(model, node, callback.variable).map(({ read, call }) => model.textOf(call ?? read));
}

describe("callbacks that come too late", () => {
  it.each<[string, string[]]>([
    ["load().then((r) => c(null, r)).catch(c); c();", ["c(null, r)", "c"]],
    ["const p = load().then((r) => c(null, r)); c();", ["c(null, r)"]],
    ["load().then(() => more().then(() => c(1))); if (input) { return c(); } c(2);", ["c(1)"]],
    ["setTimeout(() => c(1), 5); c();", ["c(1)"]],
    ["setTimeout(c, 5); c();", ["c"]],
    ["setTimeout(() => run((error) => c(error)), 5); c();", ["c(error)"]],
    ["(async () => { await load(); c(1); })(); c();", ["c(1)"]],
    ["input.list.map(async () => { const r = await load(); if (r) { return c(1); } }); c();", ["c(1)"]],
    ["switch (input) { case 1: { load().then(() => c(1)); break; } } c();", ["c(1)"]],
    ["while (input) { setTimeout(() => c(1), 5); } c();", ["c(1)"]],
    ["try { load().then(() => c(1)); } catch (e) { c(e); } c();", ["c(1)"]],
  ])("%s", (body, expected) => {
    expect(unheard(body, false)).toEqual(expected);
    expect(unheard(body, true)).toEqual(expected);
  });

  it.each<[string, string[]]>([
    // A plain function that throws has answered by that.
    ["load().then(() => c(1)); note(); c();", ["c(1)"]],
    ["load().then(() => c(1)); throw new Error('x');", ["c(1)"]],
  ])("in a function that is not async: %s", (body, expected) => {
    expect(unheard(body, false)).toEqual(expected);
    expect(unheard(body, true)).toEqual([]);
  });

  it.each<[string, string[]]>([
    // A timer is no faster than an error.
    ["setTimeout(() => c(1), 5); note(); c();", ["c(1)"]],
    ["setImmediate(() => c(1)); throw new Error('x');", ["c(1)"]],
  ])("of timers: %s", (body, expected) => {
    expect(unheard(body, false)).toEqual(expected);
    expect(unheard(body, true)).toEqual(expected);
  });

  it.each([
    "load().then(() => c(1));",
    "load().then(() => c(1)); if (input) c();",
    "load().then(() => c(1)); await more(); c();",
    "await load().then(() => c(1)); c();",
    "c(); load().then(() => c(1));",
    "load().catch((e) => c(...e)); c();",
    "run(() => c(1)); c();",
    "run(async () => { await load(); c(1); }); c();",
    "(async () => { c(1); await load(); })(); c();",
    "(async () => { if (input) await load(); c(1); })(); c();",
    "const late = () => c(1); load().then(late); c();",
    "load().then(() => c(1)).finally(check()); c();",
    "try { setTimeout(() => c(1), 5); note(); } catch (e) { return; } c();",
    "for (const item of input) { load().then(() => c(1)); await item; } c();",
  ])("may be the first: %s", (body) => {
    expect(unheard(body, true).filter((text) => text !== "c()")).toEqual([]);
  });
});
