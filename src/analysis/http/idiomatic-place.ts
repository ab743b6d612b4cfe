import type * as ESTree from "estree";
import { isList } from "../code/lists.ts";
import { isInside, rangeOf } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import type { Model } from "../code/model.ts";
import { isConstant } from "../code/bindings.ts";

/** Where the result of an awaited request goes, and so where the statements of the official form can stand. */
export type Place =
  /** It initialises the only variable, or pattern, of a declaration. */
  | {
      readonly kind: "declaration";
      readonly statement: ESTree.VariableDeclaration;
      readonly target: Node;
      /** The variable, where only code behind its declaration sees it: it may be set before a failure. */
      readonly name?: string;
    }
  /** Nowhere. */
  | { readonly kind: "ignored"; readonly statement: Node }
  /** Into an expression that may as well be evaluated once the request is answered. */
  | { readonly kind: "expression"; readonly statement: Node };

/** True for what gives the same whether it is evaluated before a request or after it. */
function isStable(model: Model, node: Node): boolean {
  switch (node.type) {
    case "Literal":
      return true;
    case "Identifier": {
      const variable = model.variableOf(node);
      return variable === undefined ? node.name === "undefined" : isConstant(variable);
    }
    case "TemplateLiteral":
      return node.expressions.every((part) => part.type === "Literal");
    default:
      return false;
  }
}

/** The function that is called: `callback`, or `results.push` of an object that stays the same. */
function isStableCallee(model: Model, callee: Node): boolean {
  if (callee.type === "MemberExpression") {
    const isName = callee.object.type === "Identifier";
    return !callee.computed && isName && (model.isGlobal(callee.object, "console") || isStable(model, callee.object));
  }
  return isStable(model, callee);
}

function areStable(model: Model, list: readonly (Node | null)[], child: Node): boolean {
  const before = list.slice(0, list.indexOf(child));
  return before.every((node) => {
    const value = node?.type === "Property" && !node.computed ? node.value : node;
    return value !== null && isStable(model, value);
  });
}

/** True when nothing that a request could be swapped with is evaluated in the parent before the child. */
export function isFirst(model: Model, parent: Node, child: Node): boolean {
  switch (parent.type) {
    case "ExpressionStatement":
    case "ReturnStatement":
    case "ThrowStatement":
    case "AwaitExpression":
    case "UnaryExpression":
    case "ChainExpression":
    case "SpreadElement":
      return true;
    case "VariableDeclarator":
      return parent.id.type === "Identifier" || parent.id.type === "ObjectPattern" || parent.id.type === "ArrayPattern";
    case "VariableDeclaration":
      return parent.declarations[0] === child;
    case "IfStatement":
    case "ConditionalExpression":
      return parent.test === child;
    case "SwitchStatement":
      return parent.discriminant === child;
    case "ForOfStatement":
    case "ForInStatement":
      return parent.right === child;
    case "LogicalExpression":
      return parent.left === child;
    case "MemberExpression":
      return parent.object === child;
    case "BinaryExpression":
      return parent.left === child || isStable(model, parent.left);
    case "AssignmentExpression":
      return parent.operator === "=" && isStableTarget(model, parent.left);
    case "Property":
      return parent.value === child && !parent.computed;
    case "ObjectExpression":
      return areStable(model, parent.properties, child);
    case "ArrayExpression":
      return areStable(model, parent.elements, child);
    case "TemplateLiteral":
      return areStable(model, parent.expressions, child);
    case "CallExpression":
    case "NewExpression":
      return (
        parent.callee === child || (isStableCallee(model, parent.callee) && areStable(model, parent.arguments, child))
      );
    default:
      return false;
  }
}

/** A variable, or a member of an object that stays the same. */
function isStableTarget(model: Model, target: Node): boolean {
  if (target.type === "MemberExpression") {
    return !target.computed && isStable(model, target.object);
  }
  return target.type === "Identifier";
}

/** The name of a variable that nothing sees when its declaration fails; `var` outlives a `try`. */
function nameSeenBehind(model: Model, target: Node, { block, end }: { block: Node; end: number }): string | undefined {
  const variable = target.type === "Identifier" ? model.variableOf(target) : undefined;
  const isBehind = variable?.references.every(
    ({ identifier }) =>
      identifier === target || (isInside(identifier as Node, block) && rangeOf(identifier as Node)[0] >= end),
  );
  return isBehind === true ? variable?.name : undefined;
}

/** Tells where the official form of a request can stand; undefined where statements have no room, or come too early. */
export function placeOf(model: Model, awaited: Node): Place | undefined {
  let node: Node = awaited;
  for (let parent = model.parentOf(node); parent !== null; parent = model.parentOf(node)) {
    if (isList(parent)) {
      break;
    }
    if (!isFirst(model, parent, node)) {
      return undefined;
    }
    node = parent;
  }
  if (node.type === "ExpressionStatement" && node.expression === awaited) {
    return { kind: "ignored", statement: node };
  }
  const declarator =
    node.type === "VariableDeclaration" && node.declarations.length === 1 ? node.declarations[0] : null;
  if (node.type === "VariableDeclaration" && declarator?.init === awaited) {
    const before = [rangeOf(node)[0], rangeOf(awaited)[0]] as const;
    if (model.commentsIn(before).length === 0) {
      const { id: target } = declarator;
      const behind = { block: model.parentOf(node) ?? node, end: rangeOf(node)[1] };
      const name = nameSeenBehind(model, target, behind);
      return { kind: "declaration", statement: node, target, ...(name !== undefined && { name }) };
    }
  }
  return { kind: "expression", statement: node };
}
