import type * as ESTree from "estree";
import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import { isPure } from "../../analysis/code/effects.ts";
import { isInList } from "../../analysis/code/lists.ts";
import type { Model } from "../../analysis/code/model.ts";
import { operand } from "../text/awaited.ts";
import { asStatementTexts } from "../text/statement-text.ts";
import { commentTexts, inFrontOf } from "../text/comments.ts";
import type { EditList } from "../text/edit-list.ts";
import { indentAt, lineEndingOf, unitOf } from "../text/layout.ts";

/** The wanted name for a label, or the first of `name2`, `name3` … that no label of the file has. */
export function freeLabel(model: Model, wanted: string): string {
  const taken = new Set(model.nodes("LabeledStatement").map(({ label }) => label.name));
  let name = wanted;
  for (let count = 2; taken.has(name); count += 1) {
    name = `${wanted}${String(count)}`;
  }
  return name;
}

/**
 * Writes the `return`s of a function whose statements come to stand in front of others as jumps behind these statements:
 * `return callback(null, 1);` as `callback(null, 1); break label;`. A promise that would be returned is waited for.
 *
 * @param isDone true for a value that nobody waits for
 */
export function leaveByLabel(
  model: Model,
  edits: EditList,
  returns: readonly ESTree.ReturnStatement[],
  label: string,
  isDone: (value: Node) => boolean,
): void {
  for (const statement of returns) {
    const { argument } = statement;
    const lineBreak = lineEndingOf(model.text) + indentAt(model.text, rangeOf(statement)[0]);
    const comments = inFrontOf(
      commentTexts(model, [rangeOf(statement)[0], argument ? rangeOf(argument)[0] : rangeOf(statement)[1]]),
      lineBreak,
    );
    const value = argument && !isPure(model, argument) ? edits.textOf(model.text, rangeOf(argument)) : undefined;
    const isPlain = !argument || argument.type === "AwaitExpression" || isDone(argument);
    const given = value === undefined || isPlain ? value : `await ${operand(argument, value)}`;
    const lines = [...asStatementTexts(model, statement, given === undefined ? [] : [given]), `break ${label};`];
    const isBraced = lines.length > 1 && !isInList(model, statement);
    const unit = isBraced ? unitOf(model) : "";
    const text = lines.join(lineBreak + unit);
    edits.replaceWhole(rangeOf(statement), comments + (isBraced ? `{${lineBreak}${unit}${text}${lineBreak}}` : text));
  }
}

/** Statements in a block of their own that `break` leaves; each line may hold several. */
export function labelled(label: string, lines: readonly string[], unit: string): string[] {
  return [`${label}: {`, ...lines.map((line) => unit + line), "}"];
}
