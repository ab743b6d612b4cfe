import { structuredPatch } from "diff";

import type { Change } from "../migrate/run-result.ts";

/** One line of a diff: the old line with its number on the left, the new one on the right. */
export type Row = readonly [left: Cell | null, right: Cell | null];
export type Cell = readonly [line: number, text: string];

/** The changed parts of a file, each with some lines around. */
export type Hunk = readonly Row[];

// As in a patch: two huge, very different texts take minutes, and nobody reads them side by side.
const timeout = 10_000;

/** The hunks of a change, with lines that replace each other side by side; undefined when comparing takes too long. */
export function sideBySide({ before, after }: Change): Hunk[] | undefined {
  const patch = structuredPatch("", "", before, after, "", "", { context: 3, timeout });
  return patch?.hunks.map(({ oldStart, newStart, lines }) => rowsOf(lines, oldStart, newStart));
}

function rowsOf(lines: readonly string[], oldStart: number, newStart: number): Row[] {
  const rows: Row[] = [];
  let [old, now] = [oldStart, newStart];
  let removed: Cell[] = [];
  let added: Cell[] = [];
  const flush = (): void => {
    const count = Math.max(removed.length, added.length);
    for (let index = 0; index < count; index += 1) rows.push([removed[index] ?? null, added[index] ?? null]);
    [removed, added] = [[], []];
  };
  for (const line of lines) {
    const text = line.slice(1).replace(/\r$/u, "");
    if (line.startsWith("-")) removed.push([old++, text]);
    else if (line.startsWith("+")) added.push([now++, text]);
    else if (line.startsWith(" ")) {
      flush();
      rows.push([
        [old++, text],
        [now++, text],
      ]);
    }
  }
  flush();
  return rows;
}
