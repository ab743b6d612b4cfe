import type { Node } from "../../analysis/code/tree.ts";
import type { Model } from "../../analysis/code/model.ts";

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

/** An expression that begins like a statement of another kind needs parentheses to be one. */
export function asStatementText(text: string): string {
  return /^(?:\{|\[|\(|`|function\b|class\b|let\b|async function\b)/u.test(text) ? `(${text})` : text;
}
