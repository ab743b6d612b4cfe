import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseSource } from "../../src/analysis/code/parse.ts";
import { expectFile } from "../expected.ts";
import { commentsOf } from "../functions/comments.ts";
import { survivesCliRewriting } from "../oracle/cli-imports.ts";
import { casesOf, runStep, runToTheEnd, tested } from "./fixtures.ts";

/** Steps that remove statements together with the comments that speak of them alone; the expected texts show which. */
const TAKES_COMMENTS_ALONG: ReadonlySet<string> = new Set(["answers-in-place", "remove-exports"]);

function lineEndings(text: string): readonly string[] {
  return [...new Set(text.match(/\r?\n/gu) ?? [])];
}

describe.each(tested)("$id", ({ id, run, prepares }) => {
  const apply = prepares === undefined ? runStep : runToTheEnd;
  const cases = casesOf(id);
  const staying = cases.filter(({ outcome }) => outcome !== "expected.js");
  const changed = cases
    .filter(({ outcome }) => outcome === "expected.js")
    .map((each) => ({ ...each, result: apply(run, each.input, each.options) }));

  it.each(staying)("$name leaves the text as it is", async ({ folder, input, outcome, options }) => {
    const result = apply(run, input, options);
    expect(result.text).toBe(input);
    expect(result.refusals.length > 0).toBe(outcome === "refused.json");
    if (outcome === "refused.json") {
      await expectFile(join(folder, outcome), `${JSON.stringify(result.refusals, null, 2)}\n`);
    }
  });

  it.each(changed)("$name gives the expected text and remarks", async ({ folder, input, result }) => {
    expect(result.refusals).toEqual([]);
    expect(result.text).not.toBe(input);
    await expectFile(join(folder, "expected.js"), result.text);
    const remarks = result.remarks.length > 0 ? `${result.remarks.join("\n")}\n` : undefined;
    await expectFile(join(folder, "remarks.txt"), remarks);
  });

  it.each(changed)("$name gives a text that parses and that a second run leaves alone", ({ options, result }) => {
    expect(() => parseSource(result.text)).not.toThrow();
    expect(apply(run, result.text, options).text).toBe(result.text);
  });

  it.each(id === "require-to-import" ? changed : [])(
    "$name gives imports that the platform's command line leaves intact",
    ({ result }) => {
      expect(survivesCliRewriting(result.text)).toEqual({ ok: true });
    },
  );

  it.each(TAKES_COMMENTS_ALONG.has(id) ? [] : changed)("$name keeps comments", ({ input, result }) => {
    const kept = commentsOf(result.text);
    expect(commentsOf(input).filter((comment) => !kept.includes(comment))).toEqual([]);
  });

  it.each(changed)("$name keeps line endings, byte order mark and the end of the file", ({ input, result }) => {
    expect(lineEndings(result.text)).toEqual(lineEndings(input));
    expect(result.text.startsWith("\uFEFF")).toBe(input.startsWith("\uFEFF"));
    expect(/\n$/u.test(result.text)).toBe(/\n$/u.test(input));
  });
});

it("has cases for every step, two of five of which stay as they are", () => {
  const perStep = tested.map(({ id }) => casesOf(id));
  const all = perStep.flat();
  expect(Math.min(...perStep.map((cases) => cases.length))).toBeGreaterThanOrEqual(12);
  expect(all.filter(({ outcome }) => outcome !== "expected.js").length / all.length).toBeGreaterThanOrEqual(0.4);
});
