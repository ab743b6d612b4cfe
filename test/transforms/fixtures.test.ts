import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findHandler } from "../../src/analysis/code/handler.ts";
import { createModel } from "../../src/analysis/code/model.ts";
import { parseSource } from "../../src/analysis/code/parse.ts";
import { migrateSource } from "../../src/migrate/migrate-source.ts";
import { steps } from "../../src/migrate/steps.ts";
import { commentsOf } from "../functions/comments.ts";
import { survivesCliRewriting } from "../oracle/cli-imports.ts";
import { formatDifference, verify } from "../oracle/index.ts";
import { casesOf, runStep, runToTheEnd } from "./fixtures.ts";

/** http-client-to-fetch has a runner of its own, because comments go with the lines that it removes. */
const tested = steps.filter(({ id }) => id !== "http-client-to-fetch");

/** Steps that remove statements together with the comments that speak of them alone; the expected texts show which. */
const TAKES_COMMENTS_ALONG: ReadonlySet<string> = new Set(["remove-exports"]);

/** Inputs that between them take every branch of the functions in the fixtures. */
const PAYLOADS = [
  { bad: true },
  { fail: true },
  { bad: true, fail: true },
  { list: [1, 2, 3], kind: 1 },
  { list: [3, 2, 1], kind: 2, none: true },
];

const SCENARIOS = {
  input: { headers: [], payload: {} },
  scenarios: PAYLOADS.map((payload) => ({ name: JSON.stringify(payload), input: { headers: [], payload } })),
};

function lineEndings(text: string): readonly string[] {
  return [...new Set(text.match(/\r?\n/gu) ?? [])];
}

describe.each(tested)("$id", ({ id, run, prepares }) => {
  const apply = prepares === true ? runToTheEnd : runStep;
  const cases = casesOf(id);

  describe.each(cases.filter(({ outcome }) => outcome !== "expected.js"))(
    "$name",
    ({ folder, input, outcome, options }) => {
      it("leaves the text as it is", async () => {
        const result = apply(run, input, options);
        expect(result.text).toBe(input);
        expect(result.refusals.length > 0).toBe(outcome === "refused.json");
        if (outcome === "refused.json") {
          await expect(`${JSON.stringify(result.refusals, null, 2)}\n`).toMatchFileSnapshot(join(folder, outcome));
        }
      });
    },
  );

  describe.each(cases.filter(({ outcome }) => outcome === "expected.js"))("$name", ({ folder, input, options }) => {
    const result = apply(run, input, options);

    it("gives the expected text and remarks", async () => {
      expect(result.refusals).toEqual([]);
      expect(result.text).not.toBe(input);
      await expect(result.text).toMatchFileSnapshot(join(folder, "expected.js"));
      const remarks = join(folder, "remarks.txt");
      if (result.remarks.length > 0) {
        await expect(`${result.remarks.join("\n")}\n`).toMatchFileSnapshot(remarks);
      } else {
        expect(existsSync(remarks)).toBe(false);
      }
    });

    it("gives a text that parses and that a second run leaves alone", () => {
      expect(() => parseSource(result.text)).not.toThrow();
      expect(apply(run, result.text, options).text).toBe(result.text);
    });

    it.runIf(id === "require-to-import")("gives imports that the platform's command line leaves intact", () => {
      expect(survivesCliRewriting(result.text)).toEqual({ ok: true });
    });

    it.skipIf(TAKES_COMMENTS_ALONG.has(id))("keeps comments", () => {
      const kept = commentsOf(result.text);
      expect(commentsOf(input).filter((comment) => !kept.includes(comment))).toEqual([]);
    });

    it("keeps line endings, byte order mark and the end of the file", () => {
      expect(lineEndings(result.text)).toEqual(lineEndings(input));
      expect(result.text.startsWith("\uFEFF")).toBe(input.startsWith("\uFEFF"));
      expect(/\n$/u.test(result.text)).toBe(/\n$/u.test(input));
    });
  });

  const legacy = cases.filter(({ input }) => findHandler(createModel(parseSource(input)))?.callback !== undefined);

  it.each(legacy)("$name behaves as before, with the other steps", async ({ input, options }) => {
    const result = migrateSource(`${id}/index.js`, input, { style: "faithful", ...options });
    if (result.verdict === "refused") {
      expect(result.text).toBe(input);
      return;
    }
    const report = await verify({
      original: input,
      migrated: result.text,
      scenarios: SCENARIOS,
      declared: result.differences.map((difference) => difference.id),
      limits: { idleMs: 60 },
    });
    expect(report.differences.map(formatDifference)).toEqual([]);
  });
});

it("has cases for every step, two of five of which stay as they are", () => {
  const perStep = tested.map(({ id }) => casesOf(id));
  const all = perStep.flat();
  expect(Math.min(...perStep.map((cases) => cases.length))).toBeGreaterThanOrEqual(12);
  expect(all.filter(({ outcome }) => outcome !== "expected.js").length / all.length).toBeGreaterThanOrEqual(0.4);
});
