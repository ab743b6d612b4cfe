import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { findHttpCalls } from "../../src/analysis/http-calls.ts";
import { createModel } from "../../src/analysis/model.ts";
import { SourceSyntaxError, parseSource } from "../../src/analysis/parse.ts";
import { toolbeltUseOf } from "../../src/analysis/toolbelt.ts";
import { httpOptions } from "../../src/platform/http-options.ts";
import { legacyFactories } from "../../src/platform/toolbelt.ts";
import { ROOT } from "./cases.ts";

/** What a fixture function uses, as our own analysis sees it. */
function usesOf(text: string): { readonly options: readonly string[]; readonly factories: readonly string[] } {
  try {
    const model = createModel(parseSource(text));
    return {
      options: findHttpCalls(model).calls.flatMap(({ options }) => [...(options?.properties.keys() ?? [])]),
      factories: toolbeltUseOf(model).clients.map(({ factory }) => factory),
    };
  } catch (error) {
    if (error instanceof SourceSyntaxError) {
      return { options: [], factories: [] };
    }
    throw error;
  }
}

const uses = readdirSync(ROOT, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => usesOf(readFileSync(`${ROOT}${name}/index.js`, "utf8")));

it.each([
  ["request option", Object.keys(httpOptions), uses.flatMap(({ options }) => options)],
  ["client of the toolbelt", Object.keys(legacyFactories), uses.flatMap(({ factories }) => factories)],
])("every %s has a fixture function", (row, rows, used) => {
  const missing = rows.filter((name) => !used.includes(name));
  console.info(`${row}: ${String(rows.length - missing.length)} of ${String(rows.length)} rows have a function`);
  expect(missing).toEqual([]);
});
