import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

import { parse, printParseErrorCode } from "jsonc-parser";
import type { ParseError } from "jsonc-parser";

import { errorMessage } from "../../migrate/files.ts";
import { placeAt } from "../../migrate/json-text.ts";
import { BadConfiguration } from "./bad-configuration.ts";
import { fieldOf } from "../../platform/json.ts";

/** The names of configuration files. */
const configurationNames: readonly string[] = [
  "faas-migrate.config.js",
  "faas-migrate.config.mjs",
  "faas-migrate.config.json",
];

/** The key of package.json that may hold it as well. */
export const manifestKey = "faas-migrate";

/** A configuration as it stands in its file. */
export interface FoundConfiguration {
  /** Absolute path of the file that holds it. */
  readonly path: string;
  readonly value: unknown;
}

/**
 * Finds the configuration that counts in a folder: the nearest one from there upwards, up to the repository's root or
 * the user's home.
 *
 * @param show how a path is written in messages
 * @throws {BadConfiguration} where it can't be read, or two files in one folder hold one
 */
export async function findConfiguration(
  cwd: string,
  show: (path: string) => string,
): Promise<FoundConfiguration | undefined> {
  for (let at = cwd; ; at = dirname(at)) {
    const found = candidatesIn(at, show);
    const [first, second] = found;
    if (first !== undefined && second !== undefined) {
      throw new BadConfiguration(
        show(first),
        `${basename(second)} beside it holds a configuration too; keep one of them`,
      );
    }
    if (first !== undefined) return { path: first, value: await load(first, show(first)) };
    if (existsSync(join(at, ".git")) || at === homedir() || at === dirname(at)) return undefined;
  }
}

function candidatesIn(folder: string, show: (path: string) => string): string[] {
  const files = configurationNames.map((name) => join(folder, name)).filter((path) => existsSync(path));
  const manifest = join(folder, "package.json");
  return existsSync(manifest) && holdsKey(manifest, show(manifest)) ? [...files, manifest] : files;
}

function holdsKey(manifest: string, shown: string): boolean {
  const text = readText(manifest, shown);
  // The name stands in it as a dependency, too: only where it is a key with an object, a broken file is an obstacle.
  if (!/"faas-migrate"\s*:\s*[^\s"]/u.test(text)) return false;
  return fieldOf(readJson(text, shown), manifestKey) !== undefined;
}

async function load(path: string, shown: string): Promise<unknown> {
  if (path.endsWith(".json")) {
    const value = readJson(readText(path, shown), shown);
    return basename(path) === "package.json" ? fieldOf(value, manifestKey) : value;
  }
  try {
    const module: unknown = await import(pathToFileURL(path).href);
    return fieldOf(module, "default");
  } catch (error) {
    throw new BadConfiguration(shown, `it cannot be loaded: ${errorMessage(error)}`);
  }
}

function readText(path: string, shown: string): string {
  try {
    return readFileSync(path, "utf8").replace(/^\uFEFF/u, "");
  } catch (error) {
    throw new BadConfiguration(shown, `it cannot be read: ${errorMessage(error)}`);
  }
}

/** Comments and commas at the end of lists are allowed, as in tsconfig.json. */
function readJson(text: string, shown: string): unknown {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error === undefined) return value;
  const { line, column } = placeAt(text, error.offset);
  const what = printParseErrorCode(error.error)
    .replaceAll(/(?<=[a-z])(?=[A-Z])/gu, " ")
    .toLowerCase();
  throw new BadConfiguration(shown, `it is not valid JSON at ${String(line)}:${String(column)} (${what})`);
}
