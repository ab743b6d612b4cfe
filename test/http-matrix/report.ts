import { markdownTable } from "../../scripts/markdown-table.ts";
import type { Result } from "./matrix.ts";

function countBy(names: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const name of names) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].toSorted(([, a], [, b]) => b - a);
}

function listOf(names: readonly string[]): string {
  return countBy(names)
    .map(([name, count]) => `${name} ${String(count)}`)
    .join(", ");
}

interface Tally {
  readonly results: readonly Result[];
  readonly refused: number;
  readonly explained: number;
  readonly different: number;
}

function tally(results: readonly Result[]): Tally {
  return {
    results,
    refused: results.filter(({ migrated }) => migrated === undefined).length,
    explained: results.filter(({ judgement }) => judgement?.left === undefined && judgement?.explained.length).length,
    different: results.filter(({ judgement }) => judgement?.left !== undefined).length,
  };
}

function rowOf(name: string, { results, refused, explained, different }: Tally): string[] {
  const same = results.length - refused - explained - different;
  return [name, ...[results.length, same, explained, refused, different].map(String)];
}

/** The results that no declared difference accounts for. */
export function differentOf(results: readonly Result[]): readonly Result[] {
  return results.filter(({ judgement }) => judgement?.left !== undefined);
}

/** One line that says how the matrix ended. */
export function headlineOf(results: readonly Result[]): string {
  const { different, refused, explained } = tally(results);
  const byOption = listOf(results.flatMap(({ refusedFor }) => [...new Set(refusedFor)]));
  const byId = listOf(results.flatMap(({ judgement }) => judgement?.explained ?? []));
  return [
    `combinations ${String(results.length)}, different ${String(different)}, refused ${String(refused)} (${byOption})`,
    `explained by declared differences ${String(explained)} (${byId})`,
  ].join("\n");
}

/** One table for each dimension: what became of the combinations with each of its values. */
export function tablesOf(results: readonly Result[]): string {
  const dimensions = new Set(results.flatMap(({ combination }) => Object.keys(combination.choices)));
  return [...dimensions]
    .map((dimension) => {
      const values = new Set(results.flatMap(({ combination }) => combination.choices[dimension] ?? []));
      const rows = [...values].map((value) =>
        rowOf(value, tally(results.filter(({ combination }) => combination.choices[dimension] === value))),
      );
      return markdownTable([dimension, "combinations", "same", "declared", "refused", "different"], rows);
    })
    .join("\n\n");
}
