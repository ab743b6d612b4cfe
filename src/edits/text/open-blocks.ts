import type * as ESTree from "estree";
import type { Model } from "../../analysis/code/model.ts";
import { rangeOf } from "../../analysis/code/tree.ts";
import type { EditList } from "./edit-list.ts";
import { dataLinesOf, indentAt, lineEndingOf, unitOf } from "./layout.ts";
import { blanksStart, lineAt, startsLine } from "./white-space.ts";

/** True for a block that filled one line until something in it became several lines. */
function isFilled(model: Model, block: ESTree.BlockStatement, ownLines: ReadonlySet<string>): boolean {
  const { text } = model;
  const [start] = rangeOf(block);
  const indent = indentAt(text, start);
  const [first, ...others] = block.body.map((statement) => rangeOf(statement)[0]);
  return (
    first !== undefined &&
    !startsLine(text, first) &&
    others.every((other) => !startsLine(text, other) || indentAt(text, other) === indent) &&
    !ownLines.has(lineAt(text, start).trim())
  );
}

/** Gives each statement of a block a line of its own, one level further in than the block. */
function openBlock(model: Model, edits: EditList, block: ESTree.BlockStatement): void {
  const { text } = model;
  const [start, end] = rangeOf(block);
  const kept = indentAt(text, start);
  const lineBreak = lineEndingOf(text) + kept;
  for (const statement of block.body) {
    const [from] = rangeOf(statement);
    if (!startsLine(text, from)) {
      edits.replace([blanksStart(text, from), from], lineBreak);
    }
  }
  const inside = blanksStart(text, end - 1);
  edits.indent(text, [start + 1, inside], { kept, indent: unitOf(model) }, dataLinesOf(model));
  if (!startsLine(text, end - 1)) {
    edits.replace([inside, end - 1], lineBreak);
  }
}

/**
 * Opens the blocks that filled one line and hold several now.
 *
 * @param edits what puts a request in lines may stand there already
 * @param ownLines the lines of the user's file, trimmed: a block that begins on one of them is as it was written
 */
export function openBlocks(model: Model, edits: EditList, ownLines: ReadonlySet<string>): void {
  const breaks = edits.lineBreaksIn(model.text);
  const isBroken = (block: ESTree.BlockStatement): boolean => {
    const [start, end] = rangeOf(block);
    const next = breaks[firstAbove(breaks, start)];
    return next !== undefined && next < end;
  };
  // The inner ones first: what is around them moves them.
  for (const block of model.nodes("BlockStatement").toSorted((a, b) => rangeOf(b)[0] - rangeOf(a)[0])) {
    if (isBroken(block) && isFilled(model, block, ownLines)) {
      openBlock(model, edits, block);
    }
  }
}

/** The index of the first number above a limit in a sorted list; its length when there is none. */
function firstAbove(sorted: readonly number[], limit: number): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if ((sorted[middle] ?? 0) > limit) {
      to = middle;
    } else {
      from = middle + 1;
    }
  }
  return from;
}
