import type { Node } from "../../analysis/code/tree.ts";
import { rangeOf } from "../../analysis/code/tree.ts";
import type { Model } from "../../analysis/code/model.ts";
import type { EditList } from "./edit-list.ts";
import { indentAt, lineEndingOf } from "./layout.ts";
import { rangeWithComments } from "./remove-statements.ts";
import { blanksEnd, endsLine } from "./white-space.ts";

/**
 * Inserts lines behind a statement, and behind the comment that ends its line; what follows on that line gets a line of
 * its own.
 *
 * @param lines without indentation; they are indented as the statement is
 */
export function insertLinesBehind(model: Model, edits: EditList, statement: Node, lines: readonly string[]): void {
  if (lines.length === 0) {
    return;
  }
  const { text } = model;
  const [, end] = rangeWithComments(model, statement);
  const lineBreak = lineEndingOf(text) + indentAt(text, rangeOf(statement)[0]);
  const written = lines.map((line) => lineBreak + line).join("");
  if (endsLine(text, end)) {
    edits.insert(end, written);
  } else {
    // Not in one edit: what follows on the line may be removed with the blanks in front of it.
    edits.insertBehind(end, written + lineBreak);
    edits.remove([end, blanksEnd(text, end)]);
  }
}
