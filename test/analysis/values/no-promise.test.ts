import { describe, expect, it } from "vitest";
import { isNoPromise } from "../../../src/analysis/values/no-promise.ts";
import { argumentOf, modelOf } from "../support.ts";

/** Whether the argument of `show` certainly is no promise. */
function isPlain(text: string): boolean {
  const model = modelOf(text);
  return isNoPromise(model, argumentOf(model, "show"));
}

describe("values that are certainly no promise", () => {
  it.each([
    "show('a' + b);",
    "show(`${a}`);",
    "show({ a });",
    "show([a]);",
    "show(!a);",
    "show(() => a);",
    "show(a ? 1 : 'b');",
    "show(a && 0 || 'b');",
    "show((a(), 1));",
    "let i; show(i++);",
    "show(new Date());",
    "show(new Error('a'));",
    "show(JSON.parse(a));",
    "show(Object.keys(a).filter((key) => key));",
    "const a = load ? 1 : 'b'; show(a);",
    "function size(list) { return list.length + 1; } show(size(a));",
    "async function lambda() { show(await load()); }",
    "async function lambda() { const { a } = await load(); show(a); }",
    "async function lambda() { const a = await load(); show(a.b.c.map((d) => d)); }",
    "load().then((a) => show(a));",
    "load().then(({ a }) => show(a));",
    "load().then((a) => show(a.items.join(',')));",
    "load().then((a) => show(a.items?.length));",
    "const a = JSON.parse(text); show(a.items.find((b) => b.ok));",
    "load().then((r) => r.json()).then((a) => show(a.items.find((b) => b.ok)));",
    "load().then((a) => show(a.reduce((b, c) => b + c, 0)));",
    "function lambda(input, callback) { show(input.payload); }",
  ])("%s", (text) => {
    expect(isPlain(text)).toBe(true);
  });
});

describe("values that may be promises", () => {
  it.each([
    "show(a);",
    "show(load());",
    "show(load);",
    "show(a ? 1 : load());",
    "show(a || load());",
    "show(new Promise(a));",
    "show(new Query());",
    "show(store.a);",
    "show(class {});",
    "const a = load(); show(a);",
    "const a = { b: load() }; show(a.b);",
    "const a = a || 1; show(a);",
    "async function size() { return 1; } show(size());",
    "function size(n) { return n ? size(n - 1) : 0; } show(size(1));",
    "load().then((a) => show(a.load()));",
    // A stream's `find` gives a promise.
    "load().then((a) => show(a.find((b) => b.ok)));",
    "load().then((a) => { a = load(); show(a); });",
    "load().then(() => [load(), 1]).then(([a]) => show(a));",
    "load().catch((a) => show(a));",
    "load((a) => show(a));",
    "const a = JSON.parse(text); show(a.reduce((b, c) => b.then(c), start));",
  ])("%s", (text) => {
    expect(isPlain(text)).toBe(false);
  });
});
