import { existsSync, readdirSync, readFileSync } from "node:fs";
import { checkProgram } from "../properties/check.ts";
import { describeFault } from "../properties/report.ts";
import { caseNames, ownEnvironmentOf, ROOT, scriptOf } from "../functions/cases.ts";
import { formatDifference, verify } from "../oracle/index.ts";
import type { SourceResult } from "../../src/migrate/result.ts";

/** A V1 function that the laws are tried on. */
export interface Fixture {
  readonly name: string;
  readonly text: string;
  /** What the `config.json` beside it defines. */
  readonly ownEnvironment: ReadonlySet<string>;
  /** Runs a V1 text and what became of it, and tells where they part. */
  readonly differences: (text: string, result: SourceResult) => Promise<readonly string[]>;
}

function functionFixture(name: string): Fixture {
  return {
    name,
    text: readFileSync(`${ROOT}${name}/index.js`, "utf8"),
    ownEnvironment: ownEnvironmentOf(name),
    differences: async (text, result) => {
      const declared = result.differences.map(({ id }) => id);
      const scenarios = scriptOf(name);
      const limits = { idleMs: 60 };
      const report = await verify({ original: text, migrated: result.text, scenarios, declared, limits });
      return report.differences.map(formatDifference);
    },
  };
}

function programFixture(name: string): Fixture {
  return {
    name,
    text: readFileSync(`${ROOT}${name}/input.js`, "utf8"),
    ownEnvironment: new Set(),
    differences: async (text) => {
      const finding = await checkProgram(text);
      return finding.difference === undefined ? [] : [describeFault(text, finding)];
    },
  };
}

/** All fixtures that are V1 functions: those of real shapes, those that look for trouble, and those of promise chains. */
export const fixtures: readonly Fixture[] = [
  ...caseNames.map(functionFixture),
  ...["chains", "pitfalls"].flatMap((folder) =>
    readdirSync(`${ROOT}${folder}`)
      .map((name) => `${folder}/${name}`)
      .filter((name) => existsSync(`${ROOT}${name}/input.js`))
      .map(programFixture),
  ),
];
