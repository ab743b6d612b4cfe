import { existsSync, readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { migrateSource } from "../../src/migrate/migrate-source.ts";
import type { Style } from "../../src/migrate/migrate-source.ts";
import type { SourceResult } from "../../src/migrate/result.ts";
import { readCaseScript } from "../oracle/index.ts";
import type { CaseScript } from "../oracle/index.ts";

/** The folder of all fixtures, with a slash at its end. */
export const ROOT = fileURLToPath(new URL("../../fixtures/", import.meta.url));

/** The names of the fixture functions, those of real shapes and those that look for trouble: `functions/lp-client`. */
export const caseNames: readonly string[] = ["functions", "adversarial"].flatMap((folder) =>
  readdirSync(`${ROOT}${folder}`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${folder}/${name}`),
);

/** The text of a file, or undefined where there is none. */
export function readText(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

/** The scenarios of a case, with the invocation of its `config.json`. */
export function scriptOf(name: string): CaseScript {
  const config: unknown = JSON.parse(readText(`${ROOT}${name}/config.json`) ?? "{}");
  const scenarios: unknown = JSON.parse(readText(`${ROOT}${name}/scenarios.json`) ?? "{}");
  const { input, environmentVariables = [] } = config as {
    input?: unknown;
    environmentVariables?: readonly { readonly key: string; readonly value: string }[];
  };
  const env = Object.fromEntries(environmentVariables.map(({ key, value }) => [key, value]));
  return readCaseScript({ input, env, ...(scenarios as object) }, `fixtures/${name}/scenarios.json`);
}

/** What the runner takes from the configuration beside the file. */
export function ownEnvironmentOf(name: string): ReadonlySet<string> {
  return new Set(Object.keys(scriptOf(name).env ?? {}));
}

/** A fixture function and what becomes of it. */
export interface MigratedCase {
  readonly name: string;
  readonly original: string;
  readonly result: SourceResult;
  readonly isChanged: boolean;
}

/** What became of the fixture functions, by style and name; many suites ask for it. */
const migrated = new Map<string, MigratedCase>();

/** Migrates a fixture function, as a run over its folder does. */
export function migratedAs(style: Style, name: string): MigratedCase {
  const key = `${style} ${name}`;
  const known = migrated.get(key) ?? migrate(style, name);
  migrated.set(key, known);
  return known;
}

function migrate(style: Style, name: string): MigratedCase {
  const original = readFileSync(`${ROOT}${name}/index.js`, "utf8");
  const result = migrateSource(`${name}/index.js`, original, { style, ownEnvironment: ownEnvironmentOf(name) });
  return { name, original, result, isChanged: result.verdict === "migrated" || result.verdict === "mechanical" };
}

/** Migrates a fixture function with `--style faithful`. */
export function faithfulOf(name: string): MigratedCase {
  return migratedAs("faithful", name);
}
