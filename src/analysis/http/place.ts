import { childrenOf, rangeOf } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import type { Model } from "../code/model.ts";

const EFFECTS = [
  "CallExpression",
  "NewExpression",
  "AssignmentExpression",
  "UpdateExpression",
  "AwaitExpression",
  "YieldExpression",
  "TaggedTemplateExpression",
] as const;

const LOOP = /^(?:For|While|DoWhile)/u;

/** True for a value written out in literals only: it is the same wherever it is evaluated. */
export function isFrozen(node: Node): boolean {
  switch (node.type) {
    case "Literal":
      return true;
    case "TemplateLiteral":
    case "ObjectExpression":
    case "ArrayExpression":
      return childrenOf(node).every(isFrozen);
    case "TemplateElement":
      return true;
    case "Property":
      return !node.computed && isFrozen(node.value);
    default:
      return false;
  }
}

/**
 * True when nothing that could change a value runs between the definition of a constant and the place that reads it:
 * both in one function, no loop around the place alone, no call and no assignment in between.
 */
export function isSetRightBefore(model: Model, identifier: Node): boolean {
  const definition = model.variableOf(identifier)?.defs[0]?.node as Node | undefined;
  if (definition === undefined || model.functionOf(definition) !== model.functionOf(identifier)) {
    return false;
  }
  const block = model.parentOf(model.statementOf(definition));
  for (let node: Node | null = identifier; node !== null && node !== block; node = model.parentOf(node)) {
    if (LOOP.test(node.type)) {
      return false;
    }
  }
  const [, from] = rangeOf(definition);
  const [to] = rangeOf(identifier);
  return EFFECTS.every((type) =>
    model.nodes(type).every((node) => rangeOf(node)[1] <= from || rangeOf(node)[0] >= to || surrounds(node, to)),
  );
}

/** The call that holds the place itself runs after it. */
function surrounds(node: Node, offset: number): boolean {
  return rangeOf(node)[1] > offset;
}
