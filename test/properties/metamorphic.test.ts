import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseSource } from "../../src/analysis/code/parse.ts";
import { migrateSource } from "../../src/migrate/migrate-source.ts";
import { checkProgram } from "./check.ts";
import { captureRejections } from "./contract.ts";
import { samplePrograms } from "./generator.ts";
import { describeFault } from "./report.ts";
import { scenariosOf } from "./scenarios.ts";
import { variations } from "./variants.ts";

const STRIDE = 599;
const FUNCTIONS = "fixtures/functions";

function isParsable(text: string): boolean {
  try {
    parseSource(text);
    return true;
  } catch {
    return false;
  }
}

const fixtures = readdirSync(FUNCTIONS)
  .map((name) => ({ name, path: `${FUNCTIONS}/${name}/index.js` }))
  .filter(({ path }) => existsSync(path))
  .map(({ name, path }) => ({ name, text: readFileSync(path, "utf8") }))
  .filter(({ text }) => isParsable(text));

function verdictOf(text: string): string {
  try {
    return migrateSource("index.js", text, { style: "faithful" }).verdict;
  } catch (error) {
    return String(error);
  }
}

describe.each(variations)("$name", ({ vary, isForGenerated = false }) => {
  test("changes neither verdict nor behaviour of generated programs", async () => {
    const restore = captureRejections();
    const changed: string[] = [];
    for (const { text, index } of samplePrograms(STRIDE)) {
      const scenarios = scenariosOf(text).slice(0, 12);
      const varied = vary(text);
      const before = await checkProgram(text, scenarios);
      const after = await checkProgram(varied, scenarios);
      if (before.verdict !== after.verdict || (before.difference === undefined) !== (after.difference === undefined)) {
        changed.push(
          `program ${String(index)}: ${before.verdict} became ${after.verdict}\n${describeFault(varied, after)}`,
        );
      }
    }
    restore();
    expect(changed.slice(0, 3).join("\n\n"), `${String(changed.length)} programs changed`).toBe("");
  });

  test.each(isForGenerated ? [] : fixtures)("keeps the verdict of $name", ({ text }) => {
    expect(verdictOf(vary(text))).toBe(verdictOf(text));
  });
});
