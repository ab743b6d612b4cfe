import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node, Range } from "../../analysis/code/tree.ts";
import type { Model } from "../../analysis/code/model.ts";
import { gapEnd, gapStart } from "./gaps.ts";

/** Expressions that stand behind `await`, or in front of `.then`, as they are. */
const TIGHT = new Set([
  "AwaitExpression",
  "CallExpression",
  "ClassExpression",
  "FunctionExpression",
  "Identifier",
  "ImportExpression",
  "Literal",
  "MemberExpression",
  "NewExpression",
  "ObjectExpression",
  "ArrayExpression",
  "TaggedTemplateExpression",
  "TemplateLiteral",
  "ThisExpression",
]);

/** The text of an expression with the parentheses that it needs as an operand. */
export function operand(node: Node, text: string): string {
  return TIGHT.has(node.type) ? text : `(${text})`;
}

/** `await` in front of an expression that is not waited for yet. */
export function awaited(model: Model, node: Node): string {
  const text = model.textOf(node);
  return node.type === "AwaitExpression" ? text : `await ${operand(node, text)}`;
}

/** The range of an operand with the parentheses that a name in its place does without: those of `(await load()).size`. */
export function operandRange(model: Model, node: Node): Range {
  const parent = model.parentOf(node);
  let range = rangeOf(node);
  while (parent?.type === "MemberExpression" && parent.object === node) {
    const [start, end] = [gapStart(model, range[0]) - 1, gapEnd(model, range[1])];
    const isFree = model.commentsIn([start, end]).length === model.commentsIn(range).length;
    if (model.text[start] !== "(" || model.text[end] !== ")" || start < rangeOf(parent)[0] || !isFree) {
      break;
    }
    range = [start, end + 1];
  }
  return range;
}
