import type { FileResult, Remark } from "../migrate/result.ts";
import { byPath, summarize } from "../migrate/run-result.ts";
import type { RunError, RunResult } from "../migrate/run-result.ts";

/** Results that are not of one run; the message says why. */
export class Unmergeable extends Error {}

/** The result of a run, with the name of the file that holds it. */
export interface NamedResult {
  readonly name: string;
  readonly result: RunResult;
}

/**
 * Combines the results of the parts of one run.
 *
 * @throws {Unmergeable} where they are of different runs, or where a part is missing or given twice
 */
export function mergeResults(named: readonly NamedResult[]): RunResult {
  const results = named.map(({ result }) => result);
  const [first] = results;
  if (first === undefined) throw new Unmergeable("there is no report");
  for (const name of ["version", "style", "dryRun"] as const) {
    const other = results.find((each) => each[name] !== first[name]);
    if (other === undefined) continue;
    throw new Unmergeable(`${name} is ${String(first[name])} in one and ${String(other[name])} in another`);
  }
  checkParts(named);
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

/** Results that know no part, of runs over different folders, need no others. */
function checkParts(named: readonly NamedResult[]): void {
  const parts = named.flatMap(({ name, result: { shard } }) => (shard === undefined ? [] : [{ name, ...shard }]));
  const [first] = parts;
  if (first === undefined) return;
  const whole = named.find(({ result }) => result.shard === undefined);
  if (whole !== undefined) {
    throw new Unmergeable(`${first.name} holds a part of a run, and ${whole.name} a run without --shard`);
  }
  const other = parts.find(({ of }) => of !== first.of);
  if (other !== undefined) {
    throw new Unmergeable(
      `${first.name} is one of ${String(first.of)} parts, and ${other.name} is one of ${String(other.of)}`,
    );
  }
  const problems = Array.from({ length: first.of }, (_, place) => place + 1).flatMap((index) => {
    const names = parts.filter((part) => part.index === index).map(({ name }) => name);
    const part = `part ${String(index)} of ${String(first.of)}`;
    if (names.length === 0) return [`${part} is missing`];
    return names.length === 1 ? [] : [`${part} is given ${String(names.length)} times (${names.join(", ")})`];
  });
  if (problems.length > 0) throw new Unmergeable(problems.join("; "));
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
