import { readFileSync, writeFileSync } from "node:fs";
import { parse } from "acorn";
import { afterAll, describe, expect, it } from "vitest";
import { migrateSource } from "../../src/migrate/migrate-source.ts";
import type { SourceResult } from "../../src/migrate/result.ts";
import { survivesCliRewriting } from "../oracle/cli-imports.ts";
import { formatDifference, verify } from "../oracle/index.ts";
import { caseNames, ROOT, ownEnvironmentOf, readText, scriptOf } from "./cases.ts";
import { commentsOf } from "./comments.ts";

const IS_UPDATE = process.env["UPDATE"] === "1";
const cases = caseNames;

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

const verdicts = new Map<string, string>();
let scenarioCount = 0;

describe.each(cases)("fixtures/%s", (name) => {
  const original = readFileSync(`${ROOT}${name}/index.js`, "utf8");
  const result = migrateSource(`${name}/index.js`, original, {
    style: "faithful",
    ownEnvironment: ownEnvironmentOf(name),
  });
  const isChanged = result.verdict === "migrated" || result.verdict === "mechanical";
  verdicts.set(name, result.verdict);

  it("gives the expected text and report", () => {
    const kept = isChanged ? commentsOf(result.text) : [];
    const removed = isChanged ? commentsOf(original).filter((comment) => !kept.includes(comment)) : [];
    const expectation = expectationOf(result, removed);
    const [textPath, reportPath] = [`${ROOT}${name}/expected.js`, `${ROOT}${name}/expected.json`];
    if (IS_UPDATE) {
      writeFileSync(reportPath, `${JSON.stringify(expectation, null, 2)}\n`);
      if (isChanged) {
        writeFileSync(textPath, result.text);
      }
    }
    expect(expectation).toEqual(JSON.parse(readText(reportPath) ?? "null"));
    expect(readText(textPath)).toBe(isChanged ? result.text : undefined);
  });

  it.runIf(!isChanged)("leaves the text as it is", () => {
    expect(result.text).toBe(original);
  });

  it.runIf(isChanged)("gives an ES module that the platform's command line leaves intact, or says where not", () => {
    expect(() => parse(result.text, { ecmaVersion: 2024, sourceType: "module" })).not.toThrow();
    const isTold = result.followUps.some(({ id }) => id === "import-like-text");
    expect(survivesCliRewriting(result.text)).toMatchObject({ ok: !isTold });
  });

  it.runIf(isChanged)("changes nothing in a second run", () => {
    const again = migrateSource(`${name}/index.js`, result.text, { style: "faithful" });
    expect(again.text).toBe(result.text);
    expect(again.verdict).toBe("unchanged");
  });

  it.runIf(isChanged)("keeps line endings, byte order mark and the end of the file", () => {
    expect(lineEndings(result.text)).toEqual(lineEndings(original));
    expect(result.text.startsWith("\uFEFF")).toBe(original.startsWith("\uFEFF"));
    expect(/\n$/u.test(result.text)).toBe(/\n$/u.test(original));
  });

  it.runIf(isChanged)("behaves the same in every scenario", async () => {
    const report = await verify({
      original,
      migrated: result.text,
      scenarios: scriptOf(name),
      declared: result.differences.map(({ id }) => id),
      limits: { idleMs: 60 },
    });
    scenarioCount += report.scenarios;
    expect(report.differences.map(formatDifference)).toEqual([]);
  });
});

describe("the fixture functions as a whole", () => {
  it("are at least forty, a third of which must stay or be refused", () => {
    const staying = [...verdicts.values()].filter((verdict) => verdict !== "migrated");
    expect(cases.length).toBeGreaterThanOrEqual(40);
    expect(staying.length / cases.length).toBeGreaterThanOrEqual(1 / 3);
  });

  afterAll(() => {
    const mechanical = [...verdicts.values()].filter((verdict) => verdict === "mechanical").length;
    const share = ((100 * mechanical) / cases.length).toFixed(1);
    console.info(
      `${String(cases.length)} functions, ${String(scenarioCount)} scenarios, new Promise in ${String(mechanical)} (${share} %)`,
    );
  });
});
