import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createModel } from "../../src/analysis/code/model.ts";
import type { Model } from "../../src/analysis/code/model.ts";
import { parseSource } from "../../src/analysis/code/parse.ts";
import { renamedVariables } from "../../src/platform/environment.ts";

/** A text to lint. */
export interface Text {
  readonly name: string;
  readonly code: string;
}

const folder = resolve(import.meta.dirname, "../../fixtures/functions");

/** True when the function defines a variable of the platform itself, which only its `config.json` tells. */
function definesPlatformVariable(name: string): boolean {
  const config = readFileSync(join(folder, name, "config.json"), "utf8");
  return [...renamedVariables.keys()].some((variable) => config.includes(`"${variable}"`));
}

/** The model of a text; undefined for one that does not parse. */
export function modelOf(code: string): Model | undefined {
  try {
    return createModel(parseSource(code));
  } catch {
    return undefined;
  }
}

/** One file of every fixture function that has it and that parses. */
export function functionTexts(file: "index.js" | "expected.js"): Text[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !definesPlatformVariable(entry.name))
    .map(({ name }) => ({ name, path: join(folder, name, file) }))
    .filter(({ path }) => existsSync(path))
    .map(({ name, path }) => ({ name, code: readFileSync(path, "utf8") }))
    .filter(({ code }) => modelOf(code) !== undefined);
}
