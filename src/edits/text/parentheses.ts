import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node, Range } from "../../analysis/code/tree.ts";
import type { Model } from "../../analysis/code/model.ts";
import type { EditList } from "./edit-list.ts";
import { gapEnd, gapStart } from "./gaps.ts";
import { rareBlanksEnd } from "./white-space.ts";

/** The ranges of an expression within ever more of the parentheses that stand around it in a node. */
function* widerRanges(model: Model, node: Node, [from, to]: Range): Generator<Range> {
  let [start, end] = rangeOf(node);
  for (;;) {
    const open = gapStart(model, start) - 1;
    const close = gapEnd(model, end);
    if (open < from || close >= to || model.text[open] !== "(" || model.text[close] !== ")") {
      return;
    }
    [start, end] = [open, close + 1];
    yield [start, end];
  }
}

/** Whether the outermost parentheses around an expression belong to what it is a part of: `f(x)`, `if (x)`. */
function isOwn(node: Node, parent: Node, [, end]: Range): boolean {
  switch (parent.type) {
    case "CallExpression":
    case "NewExpression":
      return parent.callee !== node && end === rangeOf(parent)[1];
    case "ImportExpression":
      return end === rangeOf(parent)[1];
    case "DoWhileStatement":
    case "IfStatement":
    case "WhileStatement":
      return parent.test === node;
    case "SwitchStatement":
      return parent.discriminant === node;
    case "WithStatement":
      return parent.object === node;
    default:
      return false;
  }
}

/** The range of an expression with the parentheses that the user put around it, and a cast behind them. */
export function withParentheses(model: Model, node: Node): Range {
  const parent = model.parentOf(node);
  const ranges = [rangeOf(node), ...(parent === null ? [] : widerRanges(model, node, rangeOf(parent)))];
  const widest = ranges.at(-1) ?? rangeOf(node);
  const inner = ranges.at(-2);
  const [start, end] = inner !== undefined && parent !== null && isOwn(node, parent, widest) ? inner : widest;
  return [start, rareBlanksEnd(model.text, end)];
}

/** Takes the parentheses around an expression away; comments between them stay. */
export function removeParentheses(model: Model, edits: EditList, node: Node): void {
  const parent = model.parentOf(node);
  const [, widestEnd] = withParentheses(model, node);
  for (const [start, end] of parent === null ? [] : widerRanges(model, node, rangeOf(parent))) {
    if (end <= widestEnd) {
      edits.remove([start, start + 1]);
      edits.remove([end - 1, end]);
    }
  }
}
