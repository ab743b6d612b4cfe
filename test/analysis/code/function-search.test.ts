import { describe, expect, it } from "vitest";
import { FunctionSearch } from "../../../src/analysis/code/function-search.ts";
import { argumentOf, modelOf } from "../support.ts";

/** The functions that the argument of `f` gives, and behind a bar those that only take part; by their last letters. */
function found(text: string): string {
  const model = modelOf(text);
  const search = new FunctionSearch(model);
  search.follow(argumentOf(model, "f"));
  const name = (text: string): string => /["'](?<name>\w)["']/u.exec(text)?.groups?.["name"] ?? "?";
  const given = search.given.map((node) => name(model.textOf(node)));
  const others = search.involved.filter((node) => !search.given.includes(node)).map((node) => name(model.textOf(node)));
  return [given.join(""), others.join("")].join("|");
}

describe("what an expression gives", () => {
  it.each([
    ["f(() => 'a');", "a|"],
    ["const a = () => 'a'; const b = a; f(b);", "a|"],
    ["function a() { return 'a'; } f(a);", "a|"],
    ["let a = () => 'a'; a = () => 'b'; f(a);", "ab|"],
    ["f(x ? () => 'a' : () => 'b');", "ab|"],
    ["f(x || (() => 'a'));", "a|"],
    ["f((x, () => 'a'));", "a|"],
    ["const o = { a: () => 'a', b: () => 'b' }; f(o.a);", "a|"],
    ["const { a } = { a: () => 'a', b: () => 'b' }; f(a);", "a|"],
    ["const make = () => { 'm'; return () => 'a'; }; f(make());", "a|"],
    ["f((() => 'a').bind(null));", "a|"],
    ["class A { a = () => 'a'; b = () => 'b'; } const o = new A(); f(o.a);", "a|"],
    ["const a = b; const b = a; f(a);", "|"],
    ["f(1);", "|"],
  ])("%s → %s", (text, expected) => {
    expect(found(text)).toBe(expected);
  });
});

describe("what takes part in it", () => {
  it.each([
    ["f(wrap(() => 'a'));", "|a"],
    ["const o = { a: () => 'a', b: () => 'b' }; f(o[x]);", "|ab"],
    ["f((() => 'a').bind(null, 1));", "|a"],
    ["const [a] = [() => 'a', ...[() => 'b']]; f(a);", "|ab"],
    ["const all = new Map([['x', () => 'a']]); f(all.get('x'));", "|a"],
    ["const make = async () => { 'm'; return () => 'a'; }; f(make());", "|a"],
  ])("%s → %s", (text, expected) => {
    expect(found(text)).toBe(expected);
  });
});
