import { existsSync, readFileSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import type { LocalFiles } from "../../src/analysis/code/local-files.ts";
import { readLocalFiles } from "../../src/migrate/local-files.ts";
import { migrateSource } from "../../src/migrate/migrate-source.ts";
import type { Style } from "../../src/migrate/migrate-source.ts";
import type { SourceResult } from "../../src/migrate/result.ts";
import { readCaseScript } from "../oracle/index.ts";
import type { CaseScript } from "../oracle/index.ts";

const root = resolve(import.meta.dirname, "../../fixtures/bundles");

/** The functions that load other files: each has a folder of its own. */
export const bundleNames: readonly string[] = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** A function that loads other files, and what becomes of it. */
export interface BundleCase {
  readonly folder: string;
  readonly original: string;
  readonly local: LocalFiles;
  readonly result: SourceResult;
}

/** Migrates a function with the files that it loads. */
export function bundled(name: string, style: Style): BundleCase {
  const folder = resolve(root, name);
  const absolute = resolve(folder, "index.js");
  const original = readFileSync(absolute, "utf8");
  const local = readLocalFiles({ path: "index.js", absolute, named: true }, original);
  if (local === undefined) throw new Error(`${name} loads no file.`);
  const result = migrateSource("index.js", original, { style, bundleLocal: true, localFiles: local });
  return { folder, original, local, result };
}

export function scriptOf(name: string): CaseScript {
  const path = resolve(root, name, "scenarios.json");
  const script: unknown = existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {};
  return readCaseScript(script, `fixtures/bundles/${name}/scenarios.json`);
}
