import { parse } from "acorn";
import { describe, expect, it } from "vitest";
import { migrateSource } from "../../src/migrate/migrate-source.ts";
import type { SourceResult } from "../../src/migrate/result.ts";
import { survivesCliRewriting } from "../oracle/cli-imports.ts";
import { expectFile } from "../expected.ts";
import { ROOT, caseNames, faithfulOf } from "./cases.ts";
import { commentsOf } from "./comments.ts";

/** What `expected.json` holds: the verdict, and every remark as `line:column id`. */
interface Expectation {
  readonly verdict: string;
  readonly transforms: readonly string[];
  readonly reasons: readonly string[];
  readonly differences: readonly string[];
  readonly followUps: readonly string[];
  /** Comments that went together with the line which they documented. */
  readonly removedComments?: readonly string[];
}

function expectationOf(result: SourceResult, removedComments: readonly string[]): Expectation {
  const list = (remarks: SourceResult["reasons"]): string[] =>
    remarks.map(({ id, line, column }) => `${String(line)}:${String(column)} ${id}`);
  return {
    verdict: result.verdict,
    transforms: result.transforms,
    reasons: list(result.reasons),
    differences: list(result.differences),
    followUps: list(result.followUps),
    ...(removedComments.length > 0 && { removedComments }),
  };
}

function lineEndings(text: string): readonly string[] {
  return [...new Set(text.match(/\r?\n/gu) ?? [])];
}

const results = caseNames.map(faithfulOf);

it.each(results)("fixtures/$name gives the expected text and report", async ({ name, original, result, isChanged }) => {
  const kept = isChanged ? commentsOf(result.text) : [];
  const removed = isChanged ? commentsOf(original).filter((comment) => !kept.includes(comment)) : [];
  await expectFile(`${ROOT}${name}/expected.json`, `${JSON.stringify(expectationOf(result, removed), null, 2)}\n`);
  await expectFile(`${ROOT}${name}/expected.js`, isChanged ? result.text : undefined);
});

it.each(results.filter(({ isChanged }) => !isChanged))(
  "fixtures/$name leaves the text as it is",
  ({ original, result }) => {
    expect(result.text).toBe(original);
  },
);

describe.each(results.filter(({ isChanged }) => isChanged))("fixtures/$name", ({ name, original, result }) => {
  it("gives an ES module that the platform's command line leaves intact, or says where not", () => {
    expect(() => parse(result.text, { ecmaVersion: 2024, sourceType: "module" })).not.toThrow();
    const isTold = result.followUps.some(({ id }) => id === "import-like-text");
    expect(survivesCliRewriting(result.text)).toMatchObject({ ok: !isTold });
  });

  it("changes nothing in a second run", () => {
    const again = migrateSource(`${name}/index.js`, result.text, { style: "faithful" });
    expect(again.text).toBe(result.text);
    expect(again.verdict).toBe("unchanged");
  });

  it("keeps line endings, byte order mark and the end of the file", () => {
    expect(lineEndings(result.text)).toEqual(lineEndings(original));
    expect(result.text.startsWith("\uFEFF")).toBe(original.startsWith("\uFEFF"));
    expect(/\n$/u.test(result.text)).toBe(/\n$/u.test(original));
  });
});

describe("the fixture functions as a whole", () => {
  it("are at least forty, a fifth of which must stay or be refused", () => {
    const staying = results.filter(({ result }) => result.verdict !== "migrated");
    expect(caseNames.length).toBeGreaterThanOrEqual(40);
    expect(staying.length / caseNames.length).toBeGreaterThanOrEqual(1 / 5);
  });
});
