// How often a migration parses a function, and finds out its scopes: a count, which no other work on the machine changes.
import { URL } from "node:url";
import { Parser } from "acorn";
import { Referencer } from "eslint-scope";
import { functionText } from "../bench/functions.js";

/** @typedef {typeof import("../src/migrate/index.ts")} Compiled */
const compiled = new URL("../dist/src/migrate/index.js", import.meta.url).href;
// eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- the cast is in a comment
const { migrateSource } = /** @type {Compiled} */ (await import(compiled));

/** @typedef {{ readonly parses: number, readonly scopes: number }} Counts for one function, in the mean */

/**
 * Counts calls of a method while something runs.
 *
 * @template {string} Name
 * @param {Record<Name, (...given: never[]) => unknown>} object
 * @param {Name} name
 * @param {() => void} run
 */
function callsOf(object, name, run) {
  const method = object[name];
  let count = 0;
  object[name] = function (...given) {
    count += 1;
    return method.apply(this, given);
  };
  run();
  object[name] = method;
  return count;
}

/**
 * @param {number} files so many functions of the benchmark
 * @returns {Counts}
 */
export function countParses(files) {
  const texts = Array.from({ length: files }, (_, index) => functionText(index));
  const run = () => {
    for (const text of texts) migrateSource("index.js", text, { style: "faithful" });
  };
  // The functions that a migration may write into a file are parsed once for all files.
  run();
  let scopes = 0;
  const parses = callsOf(Parser.prototype, "parse", () => {
    scopes = callsOf(Referencer.prototype, "Program", run);
  });
  return { parses: parses / files, scopes: scopes / files };
}
