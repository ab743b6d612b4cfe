import { afterAll, describe, expect, it } from "vitest";
import { precisionText } from "../../scripts/rules.ts";
import { allRules } from "../rules/all-rules.ts";
import { lint } from "../rules/lint.ts";
import { precisionOf, snippetsOf } from "./snippets.ts";

const SMALLEST = 6;

describe.each(allRules)("$id", ({ id }) => {
  const snippets = snippetsOf(id);

  it("has labelled snippets, some right and some wrong", () => {
    expect(snippets.length).toBeGreaterThanOrEqual(SMALLEST);
    expect(new Set(snippets.map(({ code }) => code)).size).toBe(snippets.length);
    const { truePositives, falseNegatives, trueNegatives, falsePositives } = precisionOf(snippets);
    expect(truePositives + falseNegatives).toBeGreaterThanOrEqual(SMALLEST / 3);
    expect(trueNegatives + falsePositives).toBeGreaterThanOrEqual(SMALLEST / 3);
  });

  it.each(snippets)("$verdict: $title", ({ verdict, code, filename }) => {
    const messages = lint(id, code, { filename });
    expect(messages.length > 0).toBe(verdict === "TP" || verdict === "FP");
    if (verdict === "FP") {
      // What is reported as certain is always right; only what says “possibly” may be wrong.
      expect(messages.filter(({ messageId = "" }) => !messageId.startsWith("possible"))).toEqual([]);
    }
  });
});

afterAll(() => {
  const lines = allRules.map(({ id }) => `${id.padEnd(28)}${precisionText(precisionOf(snippetsOf(id)))}`);
  process.stdout.write(`\n${lines.join("\n")}\n`);
});
