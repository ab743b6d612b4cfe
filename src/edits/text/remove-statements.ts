import { isInList } from "../../analysis/code/lists.ts";
import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node, Range } from "../../analysis/code/tree.ts";
import type { Model } from "../../analysis/code/model.ts";
import { commentTexts, inFrontOf } from "./comments.ts";
import type { EditList } from "./edit-list.ts";
import { gapEnd } from "./gaps.ts";
import { CONTINUING, closedLine, indentAt, lineEndingOf, lineRangeOf, statementRange } from "./layout.ts";
import { isOpenAt } from "./statement-text.ts";
import {
  blanksEnd,
  blanksStart,
  endsLine,
  lineBreakLength,
  lineBreakLengthBefore,
  lineStart,
  spaceEnd,
  spaceStart,
  startsLine,
  textStart,
} from "./white-space.ts";

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
  const ranges = model.comments.map((comment) => rangeOf(comment));
  const leading: Range[] = [];
  let top = start;
  for (const [from, to] of ranges.filter((range) => range[0] >= floor && range[1] <= start).reverse()) {
    if (!startsLine(text, from) || nextLineBlanksEnd(text, to) < top) {
      break;
    }
    leading.unshift([from, to]);
    top = from;
  }
  const next = ranges.find(([from]) => from >= end);
  const isTrailing = next !== undefined && blanksEnd(text, end) === next[0] && endsLine(text, next[1]);
  return { leading, trailing: isTrailing ? next : undefined };
}

/** Where the blanks behind an offset end, a line break and the indentation behind it among them. */
function nextLineBlanksEnd(text: string, offset: number): number {
  const end = blanksEnd(text, offset);
  return blanksEnd(text, end + lineBreakLength(text, end));
}

/** Finds the comments that speak of a statement. */
export function attachedComments(model: Model, statement: Node, floor = 0): AttachedComments {
  return commentsAround(model, statementRange(model, statement), floor);
}

/** The range of a statement with its attached comments. */
export function rangeWithComments(model: Model, statement: Node, floor = 0): Range {
  const { leading, trailing } = attachedComments(model, statement, floor);
  const [start, end] = statementRange(model, statement);
  return [leading[0]?.[0] ?? start, trailing?.[1] ?? end];
}

/** Joins ranges that touch, or that nothing but a gap separates, which ends where `gapEndOf` says. */
function joinRanges(ranges: readonly Range[], gapEndOf: (offset: number) => number): Range[] {
  const joined: [number, number][] = [];
  for (const [start, end] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last !== undefined && (last[1] >= start || gapEndOf(last[1]) >= start)) {
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
  const isBehindBlank = start === textStart(text) || spaceStart(text, start) < start;
  const isLineEnd = endsLine(text, end);
  return [isLineEnd ? blanksStart(text, start) : start, isBehindBlank || isLineEnd ? blanksEnd(text, end) : end];
}

/** True when the code in front of a statement has no semicolon, and what follows would be read as its continuation. */
function needsSemicolon(model: Model, [start, end]: Range): boolean {
  return isOpenAt(model, start) && CONTINUING.test(model.text.charAt(gapEnd(model, end)));
}

/** The end of the blank lines that begin at an offset. */
function blankLinesEnd(text: string, offset: number): number {
  let end = offset;
  for (;;) {
    const blanks = blanksEnd(text, end);
    const lineBreak = lineBreakLength(text, blanks);
    if (lineBreak === 0) {
      return end;
    }
    end = blanks + lineBreak;
  }
}

/** True when a blank line, the start of a block or the start of the text stands in front of a line. */
function isBehindGap(text: string, offset: number): boolean {
  if (offset === textStart(text)) {
    return true;
  }
  const lineEnd = offset - lineBreakLengthBefore(text, offset);
  const end = blanksStart(text, lineEnd);
  return text[end - 1] === "{" || (text[end - 1] === "\n" && lineEnd < offset);
}

/**
 * Removes statements, with their lines where they fill them, and then with the blank lines which would be left doubled,
 * or at the beginning of a block or of the file.
 */
export function removeLines(model: Model, edits: EditList, ranges: readonly Range[]): void {
  const { text } = model;
  const lines = joinRanges(ranges, (offset) => blanksEnd(text, offset)).map((range) => withBlanks(text, range));
  // A blank line between two removed statements goes too.
  for (const [start, end] of joinRanges(lines, (offset) => spaceEnd(text, offset))) {
    const isLineStart = start === lineStart(text, start);
    // The blanks in front of what stays on the line are its indentation.
    const isWhole = end === text.length || text[end - 1] === "\n";
    const rest = isLineStart && isWhole && isBehindGap(text, start) ? blankLinesEnd(text, end) : end;
    const code = blanksEnd(text, rest);
    if (end === text.length && isLineStart) {
      edits.replaceInside([endOfRest(text, start, end), end], "");
    } else if (needsSemicolon(model, [start, end])) {
      edits.replaceInside([start, code], `${text.slice(rest, code)};`);
    } else {
      edits.replaceInside([start, rest], "");
    }
  }
}

/** Where the text ends when its last lines go: no blank line stays, nor a line break that the file did not end with. */
function endOfRest(text: string, start: number, end: number): number {
  const rest = spaceStart(text, start);
  const blanks = blanksEnd(text, rest);
  return text[end - 1] === "\n" ? blanks + lineBreakLength(text, blanks) : rest;
}

/** Where a statement goes, writes the semicolon which keeps the next one from being the continuation of the last. */
export function protectNext(model: Model, edits: EditList, range: Range): void {
  if (needsSemicolon(model, range)) {
    edits.insert(gapEnd(model, range[1]), ";");
  }
}

/** Removes a statement; the comments inside of it stay where it was, and braces where there must be a statement. */
export function removeStatement(model: Model, edits: EditList, statement: Node): void {
  const range = statementRange(model, statement);
  const comments = commentTexts(model, range);
  const lineBreak = lineEndingOf(model.text) + indentAt(model.text, range[0]);
  if (!isInList(model, statement)) {
    edits.replace(range, `${inFrontOf(comments, lineBreak)}{}`);
    return;
  }
  if (comments.length === 0) {
    removeLines(model, edits, [range]);
    return;
  }
  edits.replace(range, closedLine(comments.join(lineBreak), model.text.slice(range[1]), lineBreak));
  protectNext(model, edits, range);
}
