import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node, Range } from "../../analysis/code/tree.ts";
import type { Model } from "../../analysis/code/model.ts";
import type { EditList } from "./edit-list.ts";
import { indentAt, lineEndingOf, lineRangeOf, statementRange } from "./layout.ts";

/** The comments that stand directly above a statement, or behind it on its last line. */
export interface AttachedComments {
  readonly leading: readonly Range[];
  readonly trailing: Range | undefined;
}

/**
 * Finds the comments that speak of a range: no blank line between, and nothing else on their lines.
 * Comments in front of `floor` belong to the head of the file.
 */
export function commentsAround(model: Model, [start, end]: Range, floor = 0): AttachedComments {
  const { text } = model;
  const leading: Range[] = [];
  let top = start;
  for (const comment of [...model.comments].reverse()) {
    const [from, to] = rangeOf(comment);
    const lineStart = text.lastIndexOf("\n", from - 1) + 1;
    const isAlone = /^[\t \uFEFF]*$/u.test(text.slice(lineStart, from));
    if (from >= floor && to <= top && /^[\t ]*\r?\n?[\t ]*$/u.test(text.slice(to, top)) && isAlone) {
      leading.unshift([from, to]);
      top = from;
    }
  }
  const trailing = model.comments
    .map((comment) => rangeOf(comment))
    .find(
      ([from, to]) =>
        from >= end && /^[\t ]*$/u.test(text.slice(end, from)) && /^[\t ]*(?:\r?\n|$)/u.test(text.slice(to)),
    );
  return { leading, trailing };
}

/** Finds the comments that speak of a statement. */
export function attachedComments(model: Model, statement: Node, floor = 0): AttachedComments {
  return commentsAround(model, statementRange(model.text, rangeOf(statement)), floor);
}

/** The range of a statement with its attached comments. */
export function rangeWithComments(model: Model, statement: Node, floor = 0): Range {
  const { leading, trailing } = attachedComments(model, statement, floor);
  const [start, end] = statementRange(model.text, rangeOf(statement));
  return [leading[0]?.[0] ?? start, trailing?.[1] ?? end];
}

/** Joins ranges that touch, or that nothing but `gap` separates. */
function joinRanges(text: string, ranges: readonly Range[], gap: RegExp): Range[] {
  const joined: [number, number][] = [];
  for (const [start, end] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last !== undefined && (last[1] >= start || gap.test(text.slice(last[1], start)))) {
      last[1] = Math.max(last[1], end);
    } else {
      joined.push([start, end]);
    }
  }
  return joined;
}

/** A range with its lines where it fills them, else with the blanks that would stand doubled or at the line's end. */
function withBlanks(text: string, range: Range): Range {
  const whole = lineRangeOf(text, range);
  if (whole[0] !== range[0] || whole[1] !== range[1]) {
    return whole;
  }
  const [start, end] = range;
  const isBehindBlank = start === 0 || /\s/u.test(text.charAt(start - 1));
  const after = /^[\t ]*/u.exec(text.slice(end))?.[0].length ?? 0;
  const endsLine = end + after === text.length || /^\r?\n/u.test(text.slice(end + after));
  const before = endsLine ? (/[\t ]*$/u.exec(text.slice(0, start))?.[0].length ?? 0) : 0;
  return [start - before, isBehindBlank || endsLine ? end + after : end];
}

/** True when the code in front of a statement has no semicolon, and what follows would be read as its continuation. */
function needsSemicolon(model: Model, [start, end]: Range): boolean {
  const { text } = model;
  let at = start;
  for (;;) {
    at = text.slice(0, at).trimEnd().length;
    const comment = model.comments.find((candidate) => rangeOf(candidate)[1] === at);
    if (comment === undefined) {
      break;
    }
    [at] = rangeOf(comment);
  }
  let next = end;
  for (;;) {
    next += /^\s*/u.exec(text.slice(next))?.[0].length ?? 0;
    const comment = model.comments.find((candidate) => rangeOf(candidate)[0] === next);
    if (comment === undefined) {
      break;
    }
    [, next] = rangeOf(comment);
  }
  const isStatement = !/,\s*$/u.test(text.slice(start, end));
  return isStatement && at > 0 && !/[\s;{}:\uFEFF]/u.test(text.charAt(at - 1)) && /[([`/+-]/u.test(text.charAt(next));
}

/**
 * Removes ranges, with their lines where they fill them, and then with the blank lines which would be left doubled,
 * or at the beginning of a block or of the file.
 */
export function removeLines(model: Model, edits: EditList, ranges: readonly Range[]): void {
  const { text } = model;
  const lines = joinRanges(text, ranges, /^[\t ]*$/u).map((range) => ({ range, whole: withBlanks(text, range) }));
  // A blank line between two removed statements goes too.
  const runs = joinRanges(
    text,
    lines.map(({ whole }) => whole),
    /^\s*$/u,
  );
  for (const [start, end] of runs) {
    const before = text.slice(0, start);
    const isLineStart = start === 0 || before.endsWith("\n") || before === "\uFEFF";
    const opensBlock = /(?:\{[\t ]*\r?\n|^\uFEFF?)$/u.test(before);
    const leavesGap = isLineStart && (opensBlock || /\n[\t ]*\r?\n$/u.test(before));
    // The blanks in front of what stays on the line are its indentation.
    const isWhole = end === text.length || text[end - 1] === "\n";
    const blank = leavesGap && isWhole ? (/^(?:[\t ]*\r?\n)*/u.exec(text.slice(end))?.[0].length ?? 0) : 0;
    const indent = /^[\t ]*/u.exec(text.slice(end + blank))?.[0] ?? "";
    if (end === text.length && isLineStart) {
      edits.replaceWhole([endOfRest(text, start, end), end], "");
    } else if (needsSemicolon(model, [start, end])) {
      edits.replaceWhole([start, end + blank + indent.length], `${indent};`);
    } else {
      edits.replaceWhole([start, end + blank], "");
    }
  }
}

/** Where the text ends when its last lines go: no blank line stays, nor a line break that the file did not end with. */
function endOfRest(text: string, start: number, end: number): number {
  const rest = text.slice(0, start).trimEnd().length;
  const lineBreak = text.slice(start, end).endsWith("\n")
    ? (/^[\t ]*\r?\n/u.exec(text.slice(rest))?.[0].length ?? 0)
    : 0;
  return rest + lineBreak;
}

/** Removes a statement; the comments inside of it stay where it was. */
export function removeStatement(model: Model, edits: EditList, statement: Node): void {
  const range = statementRange(model.text, rangeOf(statement));
  const comments = model.commentsIn(range).map((comment) => model.text.slice(...rangeOf(comment)));
  if (comments.length === 0) {
    removeLines(model, edits, [range]);
  } else {
    edits.replace(range, comments.join(lineEndingOf(model.text) + indentAt(model.text, range[0])));
  }
}
