// What a migration costs at least: reads the functions of a folder, parses them, or makes their model as well, once.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { URL } from "node:url";
import { parse } from "acorn";

/** @typedef {typeof import("../src/analysis/code/parse.ts")} Parsing */
/** @typedef {typeof import("../src/analysis/code/model.ts")} Modelling */

const [folder = "", what = "read"] = process.argv.slice(2);
const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name, "index.js"), "utf8"));
if (what === "parse") {
  for (const text of texts) parse(text, { ecmaVersion: 2024, sourceType: "module", ranges: true });
}
if (what === "model") {
  const code = new URL("../dist/src/analysis/code/", import.meta.url).href;
  // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- the cast is in a comment
  const { parseSource } = /** @type {Parsing} */ (await import(`${code}parse.js`));
  // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- the cast is in a comment
  const { createModel } = /** @type {Modelling} */ (await import(`${code}model.js`));
  for (const text of texts) createModel(parseSource(text));
}
