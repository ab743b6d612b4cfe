import { rangeOf } from "../analysis/ast.ts";
import type { Node, Range } from "../analysis/ast.ts";
import type { Model } from "../analysis/model.ts";
import type { EditList } from "./edit-list.ts";
import { lineRangeOf } from "./layout.ts";

/** The comments that stand directly above a statement, or behind it on its last line. */
export interface AttachedComments {
  readonly leading: readonly Range[];
  readonly trailing: Range | undefined;
}

/** Finds the comments that speak of a statement: no blank line between, and nothing else on their lines. */
export function attachedComments(model: Model, statement: Node): AttachedComments {
  const { text } = model;
  const [start, end] = rangeOf(statement);
  const leading: Range[] = [];
  let top = start;
  for (const comment of [...model.comments].reverse()) {
    const [from, to] = rangeOf(comment);
    const lineStart = text.lastIndexOf("\n", from - 1) + 1;
    if (to <= top && /^[\t ]*\r?\n?[\t ]*$/u.test(text.slice(to, top)) && /^[\t \uFEFF]*$/u.test(text.slice(lineStart, from))) {
      leading.unshift([from, to]);
      top = from;
    }
  }
  const trailing = model.comments
    .map((comment) => rangeOf(comment))
    .find(([from, to]) => from >= end && /^[\t ]*$/u.test(text.slice(end, from)) && /^[\t ]*(?:\r?\n|$)/u.test(text.slice(to)));
  return { leading, trailing };
}

/** The range of a statement with its attached comments. */
export function rangeWithComments(model: Model, statement: Node): Range {
  const { leading, trailing } = attachedComments(model, statement);
  const [start, end] = rangeOf(statement);
  return [leading[0]?.[0] ?? start, trailing?.[1] ?? end];
}

/**
 * Removes ranges that fill their lines, and with them the blank lines which would be left doubled, or at the
 * beginning of a block or of the file.
 */
export function removeLines(model: Model, edits: EditList, ranges: readonly Range[]): void {
  const { text } = model;
  const lines = ranges.map((range) => lineRangeOf(text, range)).toSorted((a, b) => a[0] - b[0]);
  const runs: { start: number; end: number }[] = [];
  for (const [start, end] of lines) {
    const last = runs.at(-1);
    if (last !== undefined && /^[\t ]*$/u.test(text.slice(last.end, start))) {
      last.end = end;
    } else if (last !== undefined && /^\s*$/u.test(text.slice(last.end, start))) {
      // A blank line between two removed statements goes too.
      last.end = end;
    } else {
      runs.push({ start, end });
    }
  }
  for (const { start, end } of runs) {
    const before = text.slice(0, start);
    const opensBlock = /(?:\{[\t ]*\r?\n|^\uFEFF?)$/u.test(before);
    const afterBlank = opensBlock || /\n[\t ]*\r?\n$/u.test(before);
    const blank = afterBlank ? /^(?:[\t ]*\r?\n)*/u.exec(text.slice(end))?.[0].length ?? 0 : 0;
    edits.remove([start, end + blank]);
  }
}
