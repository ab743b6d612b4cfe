import type { Model } from "../../analysis/code/model.ts";
import { findHandler } from "../../analysis/code/handler.ts";
import { isInside, rangeOf } from "../../analysis/code/tree.ts";
import type { Node, Range } from "../../analysis/code/tree.ts";
import { findGuardHelpers } from "../../analysis/contract/guard-helpers.ts";
import type { GuardCall, GuardHelper } from "../../analysis/contract/guard-helpers.ts";
import type { EditList } from "../text/edit-list.ts";
import { commentTexts, inFrontOf } from "../text/comments.ts";
import { indentAt, lineEndingOf, reindentCode } from "../text/layout.ts";
import { removeArgument, removeParameter } from "../text/list-items.ts";
import { removeCallbackDoc } from "../text/param-docs.ts";
import { withParentheses } from "../text/parentheses.ts";
import { removeStatement } from "../text/remove-statements.ts";
import type { ExposeContext } from "./expose-context.ts";

/**
 * `if (!isValid(input, callback)) return;` becomes `isValid(input);`, where `isValid` is a function of the file that calls
 * back with an error and tells so: it throws the error. What the handler throws before it waits rejects as well.
 */
export function throwInGuard({ model, owner, callback, report }: ExposeContext): boolean {
  if (findHandler(model)?.node !== owner) {
    return false;
  }
  const helper = findGuardHelpers(model, owner, callback).find((each) => isWritable(model, each));
  if (helper === undefined) {
    return false;
  }
  for (const call of helper.calls) {
    writeCall(model, report.edits, call, helper.index);
  }
  writeHelper(model, report.edits, helper);
  return true;
}

function isWritable(model: Model, helper: GuardHelper): boolean {
  return helper.calls.every(({ goingOn }) => goingOn === undefined || canBeOpened(model, goingOn));
}

/** The comments of ranges that go: they stand in front of what is written at a place. */
function keptComments(model: Model, at: number, ranges: readonly Range[]): string {
  const lineBreak = lineEndingOf(model.text) + indentAt(model.text, at);
  return inFrontOf(
    ranges.flatMap((range) => commentTexts(model, range)),
    lineBreak,
  );
}

/** True when no name that a block declares for itself is used around it. */
function canBeOpened(model: Model, block: Node): boolean {
  const owner = model.functionOf(block);
  const own = new Set(
    model.scopeManager.scopes.filter((scope) => scope.block === block).flatMap(({ set }) => [...set.keys()]),
  );
  return model
    .nodes("Identifier")
    .filter((identifier) => own.has(identifier.name) && owner !== null && isInside(identifier, owner))
    .every((identifier) => isInside(identifier, block));
}

function writeCall(model: Model, edits: EditList, { call, statement, goingOn }: GuardCall, index: number): void {
  const { text } = model;
  const [start, end] = rangeOf(statement);
  const [callStart, callEnd] = rangeOf(call);
  const behind = goingOn === undefined ? end : rangeOf(goingOn)[0];
  edits.replace(
    [start, callStart],
    keptComments(model, start, [
      [start, callStart],
      [callEnd, behind],
    ]),
  );
  removeArgument(model, edits, call, index);
  edits.replace([callEnd, end], `;${goingOn === undefined ? "" : openedText(text, goingOn, indentAt(text, start))}`);
}

/** The statements of a block, or a single one, on lines of their own. */
function openedText(text: string, statement: Node, indent: string): string {
  const [start, end] = rangeOf(statement);
  const [from, to] = statement.type === "BlockStatement" ? [start + 1, end - 1] : [start, end];
  const code = text.slice(from, to);
  const inner = indentAt(text, from + Math.max(0, code.search(/\S/u)));
  return code.trim() === "" ? "" : lineEndingOf(text) + indent + reindentCode(code.trim(), inner, indent);
}

function writeHelper(model: Model, edits: EditList, { node, index, parameter, failures, passes }: GuardHelper): void {
  removeCallbackDoc(model, edits, node, parameter.name);
  removeParameter(model, edits, node, index);
  for (const { error, first, last } of failures) {
    const [start] = rangeOf(first);
    const [, end] = rangeOf(last);
    const [from, to] = withParentheses(model, error);
    const comments = keptComments(model, start, [
      [start, from],
      [to, end],
    ]);
    edits.replace([start, end], `${comments}throw ${model.text.slice(from, to)};`);
  }
  const last = node.body.type === "BlockStatement" ? node.body.body.at(-1) : undefined;
  for (const statement of passes) {
    if (statement === last) {
      removeStatement(model, edits, statement);
    } else if (statement.argument) {
      edits.replace(rangeOf(statement), `${keptComments(model, rangeOf(statement)[0], [rangeOf(statement)])}return;`);
    }
  }
}
