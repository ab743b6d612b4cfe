import type * as ESTree from "estree";
import type { Model } from "../../analysis/code/model.ts";
import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import { findResponseCalls } from "../../analysis/http/fetch-requests.ts";
import type { EditList } from "../text/edit-list.ts";
import { dataLinesOf, indentAt, lineEndingOf, unitOf } from "../text/layout.ts";
import { startsLine } from "../text/white-space.ts";

/** The block that a node is executed in. */
function blockAround(model: Model, node: Node): ESTree.BlockStatement | undefined {
  for (let at: Node | null = node; at !== null; at = model.parentOf(at)) {
    if (at.type === "BlockStatement") {
      return at;
    }
  }
  return undefined;
}

/** True for a block that filled one line until statements of a request were written behind its first one. */
function isFilled(model: Model, block: ESTree.BlockStatement): boolean {
  const { text } = model;
  const indent = indentAt(text, rangeOf(block)[0]);
  const [first, ...others] = block.body.map((statement) => rangeOf(statement)[0]);
  const written = others.filter((start) => startsLine(text, start));
  return (
    first !== undefined &&
    !startsLine(text, first) &&
    written.length > 0 &&
    written.every((start) => indentAt(text, start) === indent)
  );
}

/** Where the blanks begin that stand in front of an offset. */
function blanksStart(text: string, offset: number): number {
  let start = offset;
  while (text[start - 1] === " " || text[start - 1] === "\t") {
    start -= 1;
  }
  return start;
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

/** Opens the blocks of one line in which a request has become several statements. */
export function openBlocks(model: Model, edits: EditList): void {
  const blocks = new Set([...findResponseCalls(model)].flatMap((call) => blockAround(model, call) ?? []));
  // The inner ones first: what is around them moves them.
  for (const block of [...blocks].toSorted((a, b) => rangeOf(b)[0] - rangeOf(a)[0])) {
    if (isFilled(model, block)) {
      openBlock(model, edits, block);
    }
  }
}
