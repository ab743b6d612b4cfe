import { afterAll, describe, expect, it } from "vitest";
import { precisionText, sumOf } from "../../scripts/rules.ts";
import type { PrecisionFacts } from "../../scripts/rules.ts";
import { allRules } from "../rules/all-rules.ts";
import { ruleFacts } from "../rules/facts.ts";
import { lint, usualOptions } from "../rules/lint.ts";
import { precisionOf, snippetsOf, variantsOf } from "./snippets.ts";
import type { Snippet } from "./snippets.ts";

const SMALLEST = 6;
/** The share that the rules together must find of what is wrong, in the variants as in all that is labelled. */
const LEAST_RECALL = 0.9;

function expectVerdict(id: string, { verdict, code, filename }: Snippet, options?: readonly unknown[]): void {
  const messages = lint(id, code, { filename, ...(options === undefined ? {} : { options }) });
  expect(messages.length > 0).toBe(verdict === "TP" || verdict === "FP");
  if (verdict === "FP") {
    // What is reported as certain is always right; only what says “possibly” may be wrong.
    expect(messages.filter(({ messageId = "" }) => !messageId.startsWith("possible"))).toEqual([]);
  }
}

function recallOf({ truePositives, falseNegatives }: PrecisionFacts): number {
  return truePositives / (truePositives + falseNegatives);
}

describe.each(allRules)("$id", ({ id }) => {
  const snippets = snippetsOf(id);
  const variants = variantsOf(id);

  it("has labelled snippets, some right and some wrong", () => {
    expect(snippets.length).toBeGreaterThanOrEqual(SMALLEST);
    const { truePositives, falseNegatives, trueNegatives, falsePositives } = precisionOf(snippets);
    expect(truePositives + falseNegatives).toBeGreaterThanOrEqual(SMALLEST / 3);
    expect(trueNegatives + falsePositives).toBeGreaterThanOrEqual(SMALLEST / 3);
  });

  it("has no snippet twice", () => {
    const codes = [...snippets, ...variants].map(({ code }) => code);
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  });

  it.each(snippets)("$verdict: $title", (snippet) => {
    expectVerdict(id, snippet);
  });

  it.each(variants)("variant, $verdict: $title", (variant) => {
    expectVerdict(id, variant, usualOptions(id));
  });
});

describe("all rules together", () => {
  it("find most of what is wrong", () => {
    expect(recallOf(sumOf(ruleFacts.map(({ precision }) => precision)))).toBeGreaterThanOrEqual(LEAST_RECALL);
  });

  it("find most of what is wrong in the variants", () => {
    expect(recallOf(precisionOf(allRules.flatMap(({ id }) => variantsOf(id))))).toBeGreaterThanOrEqual(LEAST_RECALL);
  });
});

afterAll(() => {
  const lines = ruleFacts.map(({ id, precision }) => `${id.padEnd(28)}${precisionText(precision)}`);
  const total = sumOf(ruleFacts.map(({ precision }) => precision));
  process.stdout.write(`\n${[...lines, `${"all".padEnd(28)}${precisionText(total)}`].join("\n")}\n`);
});
