import { describe, expect, it } from "vitest";
import { findHiddenNames } from "../../../src/analysis/runtime/environment-mentions.ts";
import { environmentOf } from "../../../src/analysis/runtime/environment.ts";
import { modelOf } from "../support.ts";

/** The places of a text that may name the variable `A`. */
function mentions(text: string): string[] {
  const model = modelOf(text);
  return findHiddenNames(model, environmentOf(model), (name) => name === "A").map(({ node }) => model.textOf(node));
}

describe("findHiddenNames", () => {
  it.each([
    ["show(process.env); env.A;", ["A"]],
    ["show(process.env); const { A: b } = env;", ["A"]],
    ["show(process.env); const o = { A: 1 };", ["A"]],
    ['show(process.env); get("A");', ['"A"']],
    ['show(process); get("env.A");', ['"env.A"']],
    ["show(globalThis); get(\"process.env['A']\");", ["\"process.env['A']\""]],
    ["process.env[input.name]; input.A;", ["A"]],
    ["show(process.env); process.env.A;", []],
    ['show(process.env); get("AA"); get("A b"); get("b A"); get(""); get("."); get(1);', []],
    ["process.env.B; env.A;", []],
  ])("finds those of %s", (text, expected) => {
    expect(mentions(text)).toEqual(expected);
  });

  it("looks at long texts in one pass", () => {
    const text = `show(process.env); get(${JSON.stringify(`${'"'.repeat(200_000)}x`)}); get("${"A".repeat(200_000)}");`;
    expect(mentions(text)).toEqual([]);
  });
});
