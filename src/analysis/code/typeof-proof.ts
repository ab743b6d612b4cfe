import type { Node } from "./tree.ts";

/**
 * For `typeof name === "text"` and its like: the outcome that proves that the name has a value; undefined for any other
 * condition.
 */
export function typeofProof(test: Node, isName: (node: Node) => boolean): boolean | undefined {
  if (test.type !== "BinaryExpression" || !/^[!=]==?$/u.test(test.operator)) {
    return undefined;
  }
  const [asked, text] = test.left.type === "Literal" ? [test.right, test.left] : [test.left, test.right];
  const isAsked = asked.type === "UnaryExpression" && asked.operator === "typeof" && isName(asked.argument);
  if (!isAsked || text.type !== "Literal" || typeof text.value !== "string") {
    return undefined;
  }
  return (text.value === "undefined") === test.operator.startsWith("!");
}
