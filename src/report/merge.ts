import type { FileResult, Remark } from "../migrate/result.ts";
import { byPath, summarize } from "../migrate/run-result.ts";
import type { RunError, RunResult } from "../migrate/run-result.ts";

/** Results that are not of one run; the message says why. */
export class Unmergeable extends Error {}

/**
 * Puts the results of the parts of one run together.
 *
 * @throws {Unmergeable} where they are of different runs
 */
export function mergeResults(results: readonly RunResult[]): RunResult {
  const [first] = results;
  if (first === undefined) throw new Unmergeable("there is no report");
  for (const name of ["version", "style", "dryRun"] as const) {
    const other = results.find((each) => each[name] !== first[name]);
    if (other === undefined) continue;
    throw new Unmergeable(`${name} is ${String(first[name])} in one and ${String(other[name])} in another`);
  }
  const files = new Map<string, FileResult>();
  for (const file of results.flatMap((each) => each.files)) {
    const known = files.get(file.path);
    files.set(file.path, known === undefined ? file : mergeFiles(known, file));
  }
  const sorted = [...files.values()].sort(byPath);
  const outdated = listOf(results.map((each) => each.outdated));
  const todos = listOf(results.map((each) => each.todos));
  const repeated = unique(results.flatMap((each) => each.repeated ?? []));
  return {
    version: first.version,
    style: first.style,
    dryRun: first.dryRun,
    files: sorted,
    errors: once(results.flatMap(({ errors }): readonly RunError[] => errors)),
    ...(outdated && { outdated }),
    ...(todos && { todos }),
    ...(repeated.length > 0 && { repeated }),
    summary: summarize(sorted),
  };
}

/** A file around the functions may be told of by several parts. */
function mergeFiles(left: FileResult, right: FileResult): FileResult {
  if (left.verdict !== right.verdict) {
    throw new Unmergeable(`${left.path} is ${left.verdict} in one and ${right.verdict} in another`);
  }
  const both = (name: "reasons" | "differences" | "followUps"): Remark[] => unique([...left[name], ...right[name]]);
  return { ...left, reasons: both("reasons"), differences: both("differences"), followUps: both("followUps") };
}

/** What all parts that looked for something have found; undefined where none did. */
function listOf<Item extends { readonly path: string }>(
  lists: readonly (readonly Item[] | undefined)[],
): Item[] | undefined {
  return lists.every((each) => each === undefined) ? undefined : once(lists.flatMap((each) => each ?? []));
}

function once<Item extends { readonly path: string }>(items: readonly Item[]): Item[] {
  return unique(items).sort(byPath);
}

function unique<Item>(items: readonly Item[]): Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
