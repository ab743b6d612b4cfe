import type * as ESTree from "estree";
import { rangeOf } from "../../analysis/code/tree.ts";
import type { FunctionNode, Node, Range } from "../../analysis/code/tree.ts";
import type { Model } from "../../analysis/code/model.ts";
import type { EditList } from "./edit-list.ts";
import { lineRangeOf } from "./layout.ts";

/** The offset behind white space and comments. */
function skipBlank(model: Model, offset: number, step: 1 | -1, bound: number): number {
  let position = offset;
  for (;;) {
    const at = step === 1 ? position : position - 1;
    const comment = model.comments.find((candidate) => {
      const [start, end] = rangeOf(candidate);
      return at >= start && at < end;
    });
    if (position === bound) {
      return position;
    }
    if (comment !== undefined) {
      position = rangeOf(comment)[step === 1 ? 1 : 0];
    } else if (/\s/u.test(model.text[at] ?? "x")) {
      position += step;
    } else {
      return position;
    }
  }
}

/** The range of a call's arguments, without its parentheses. */
export function argumentsRange(model: Model, call: ESTree.SimpleCallExpression): Range {
  // The callee may stand in parentheses of its own.
  let open = rangeOf(call.callee)[1];
  for (;;) {
    open = skipBlank(model, open, 1, model.text.length);
    if (model.text[open] === "(") {
      return [open + 1, rangeOf(call)[1] - 1];
    }
    open += 1;
  }
}

/** The range of a call's argument with the parentheses that the user put around it. */
export function argumentRange(model: Model, call: ESTree.SimpleCallExpression, argument: Node): Range {
  const [open, close] = argumentsRange(model, call);
  let [start, end] = rangeOf(argument);
  for (;;) {
    const before = skipBlank(model, start, -1, open);
    const after = skipBlank(model, end, 1, close);
    if (before <= open || after >= close || model.text[before - 1] !== "(" || model.text[after] !== ")") {
      return [start, end];
    }
    start = before - 1;
    end = after + 1;
  }
}

/** The places of list items, and of the list's end. */
interface List {
  readonly items: readonly Range[];
  readonly end: number;
}

/** Takes one item out of a list, with the comma that belongs to it; comments between the items stay. */
function removeItem(model: Model, edits: EditList, { items, end: listEnd }: List, index: number): void {
  const [previous, item, next] = [items[index - 1], items[index], items[index + 1]];
  if (item === undefined) {
    return;
  }
  const [start, end] = item;
  const hasComments = model.commentsIn([previous?.[1] ?? start, next?.[0] ?? end]).length > 0;
  const comma = skipBlank(model, end, 1, listEnd);
  const isFollowed = model.text[comma] === ",";
  if (next !== undefined && !hasComments) {
    edits.remove([start, next[0]]);
  } else if (previous !== undefined && !hasComments) {
    edits.remove([previous[1], end]);
  } else if (previous === undefined || isFollowed) {
    removePiece(model, edits, isFollowed && model.text.slice(end, comma).trim() === "" ? [start, comma + 1] : item);
    if (isFollowed && model.text.slice(end, comma).trim() !== "") {
      edits.remove([comma, comma + 1]);
    }
  } else {
    const before = skipBlank(model, start, -1, previous[1]);
    edits.remove([before - 1, before]);
    removePiece(model, edits, item);
  }
}

/** Removes a piece with its line when it fills it, else with the blanks behind it. */
function removePiece(model: Model, edits: EditList, range: Range): void {
  const line = lineRangeOf(model.text, range);
  const blanks = /^[\t ]*/u.exec(model.text.slice(range[1]))?.[0].length ?? 0;
  edits.remove(line[0] === range[0] && line[1] === range[1] ? [range[0], range[1] + blanks] : line);
}

/** Takes one argument out of a call. */
export function removeArgument(model: Model, edits: EditList, call: ESTree.SimpleCallExpression, index: number): void {
  const items = call.arguments.map((argument) => argumentRange(model, call, argument));
  removeItem(model, edits, { items, end: argumentsRange(model, call)[1] }, index);
}

/** Takes one parameter out of a function. */
export function removeParameter(model: Model, edits: EditList, owner: FunctionNode, index: number): void {
  const [only] = owner.params;
  const isBare =
    only !== undefined &&
    owner.params.length === 1 &&
    owner.type === "ArrowFunctionExpression" &&
    !model.text.slice(rangeOf(owner)[0], rangeOf(only)[0]).includes("(");
  if (isBare) {
    edits.replace(rangeOf(only), "()");
  } else {
    removeItem(model, edits, { items: owner.params.map(rangeOf), end: rangeOf(owner.body)[0] }, index);
  }
}
