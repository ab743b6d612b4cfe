import type * as ESTree from "estree";
import { commentTexts } from "../text/comments.ts";
import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node, Range } from "../../analysis/code/tree.ts";
import type { Model } from "../../analysis/code/model.ts";
import type { NodeCallback } from "../../analysis/control/node-callbacks.ts";
import type { EditList } from "../text/edit-list.ts";
import { closedLine, indentAt, unitOf, lineEndingOf, reindentCode } from "../text/layout.ts";
import { argumentsRange } from "../text/list-items.ts";
import { withParentheses } from "../text/parentheses.ts";
import { freeName } from "../text/names.ts";
import { attachedComments } from "../text/remove-statements.ts";

/** Where a call with a callback is written as a promise. */
interface CallbackWriting {
  readonly model: Model;
  readonly edits: EditList;
}

/** A callback in parts, or the name of one that both cases are handed on to. */
type HandedCallback = NodeCallback | { readonly name: string; readonly passes?: "result" | "nothing" };

/** `read(path, (err, result) => …)` becomes `read(path).then((result) => …, (err) => …)`. */
export function writeHandlers(
  writing: CallbackWriting,
  call: ESTree.SimpleCallExpression,
  callback: HandedCallback,
): void {
  const { model, edits } = writing;
  const { text } = model;
  const last = call.arguments.at(-1);
  const previous = call.arguments.at(-2);
  if (last === undefined) {
    return;
  }
  const [open, close] = argumentsRange(model, call);
  const end = previous === undefined ? open : withParentheses(model, previous)[1];
  const lineBreak = lineEndingOf(text) + indentAt(text, rangeOf(call)[0]);
  const handlers = "error" in callback ? handlersText(writing, callback) : handedOn(model, callback);
  const headEnd = "error" in callback ? rangeOf(callback.node.body)[0] : rangeOf(last)[0];
  const above = commentTexts(model, [end, headEnd]).map((comment) => closedLine(`${comment} `, handlers, lineBreak));
  const below = commentTexts(model, [rangeOf(last)[1], close]).map((comment) =>
    closedLine(` ${comment}`, ")", lineBreak),
  );
  edits.replaceWhole([end, close + 1], `).then(${above.join("")}${handlers}${below.join("")})`);
}

function handedOn(model: Model, { name, passes }: Exclude<HandedCallback, NodeCallback>): string {
  const result = freeName(model, "result");
  return passes === "nothing" ? `() => ${name}(null), ${name}` : `(${result}) => ${name}(null, ${result}), ${name}`;
}

/** The handlers of the promise: what runs without an error, then what runs with one. */
function handlersText({ model, edits }: CallbackWriting, callback: NodeCallback): string {
  const { node, error, result, failed, succeeded, before, test } = callback;
  const { text } = model;
  const prefix = node.async === true ? "async " : "";
  const indent = indentAt(text, rangeOf(node)[0]);
  const lineBreak = lineEndingOf(text) + indent + unitOf(model);
  const [bodyStart, bodyEnd] = rangeOf(node.body);
  const [testStart, testEnd] = rangeOf(test);
  const linesOf = (range: Range): string =>
    commentTexts(model, range)
      .map((comment) => lineBreak + comment)
      .join("");
  const blockOf = (branch: Node): string => {
    const code = edits.textOf(text, rangeOf(branch));
    return branch.type === "BlockStatement"
      ? reindentCode(code, indentAt(text, rangeOf(branch)[0]), indent)
      : `{${lineBreak}${code}${lineEndingOf(text)}${indent}}`;
  };
  // Comments above the test speak of what went wrong.
  const sharedEnd = before.length === 0 ? bodyStart + 1 : (attachedComments(model, test).leading[0]?.[0] ?? testStart);
  const shared = edits.textOf(text, [bodyStart + 1, sharedEnd]).trimEnd();
  const ofTest = text.slice(sharedEnd, testStart).trim();
  const aboveFailed = shared + (ofTest && lineBreak + ofTest) + linesOf([testStart, rangeOf(test.consequent)[0]]);
  const whole = "behind" in succeeded ? `{${edits.textOf(text, [testEnd, bodyEnd])}` : blockOf(succeeded);
  const between = test.alternate ? linesOf([rangeOf(test.consequent)[1], rangeOf(test.alternate)[0]]) : "";
  const below = "behind" in succeeded ? "" : linesOf([testEnd, bodyEnd]);
  const rest = withinBlock(whole, shared + between, below, lineEndingOf(text) + indent);
  const failure = withinBlock(blockOf(failed), aboveFailed, "", lineEndingOf(text) + indent);
  return `${prefix}(${result?.name ?? ""}) => ${rest}, ${prefix}(${error.name}) => ${failure}`;
}

/** A block with more at its beginning and at its end. */
function withinBlock(block: string, first: string, last: string, lineBreak: string): string {
  const inner = block.slice(1, -1);
  const opened = `{${closedLine(first, inner, lineBreak)}`;
  return last === "" ? `${opened}${inner}}` : `${opened}${inner.trimEnd()}${last}${lineBreak}}`;
}
