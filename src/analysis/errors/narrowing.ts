import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { isConstant } from "../code/bindings.ts";
import { errorClasses } from "../code/builtins.ts";
import type { Model } from "../code/model.ts";
import { isInside, isNullish, staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { ABSENT, ANYTHING, ERROR, OBJECT, TEXT } from "./reason-set.ts";
import type { Reasons } from "./reason-set.ts";

/** A condition that holds, or does not, wherever the node is evaluated. */
interface Guard {
  readonly test: Node;
  readonly holds: boolean;
  /** What is evaluated under the condition. */
  readonly branch: Node;
}

/** The conditions around a node, from the inside out. */
function guardsOf(model: Model, node: Node): Guard[] {
  const guards: Guard[] = [];
  let inner = node;
  for (let outer = model.parentOf(inner); outer !== null; outer = model.parentOf(outer)) {
    if ((outer.type === "ConditionalExpression" || outer.type === "IfStatement") && inner !== outer.test) {
      guards.push({ test: outer.test, holds: inner === outer.consequent, branch: inner });
    } else if (outer.type === "LogicalExpression" && outer.operator !== "??" && inner === outer.right) {
      guards.push({ test: outer.left, holds: outer.operator === "&&", branch: inner });
    }
    // A declared function may be called from in front of the condition.
    if (outer.type === "FunctionDeclaration") {
      return guards;
    }
    inner = outer;
  }
  return guards;
}

/** True when the variable has the same value in the condition and at the node under it. */
function isSteady(model: Model, variable: Variable, node: Node, branch: Node): boolean {
  const writes = variable.references.filter((reference) => reference.isWrite());
  const [definition, ...others] = variable.defs;
  const owner = model.functionOf(node);
  // One that belongs to another function may be written by another call of this one.
  return (
    isConstant(variable) ||
    (definition !== undefined &&
      others.length === 0 &&
      model.functionOf(definition.name) === owner &&
      model.functionOf(branch) === owner &&
      writes.every(({ identifier }) => {
        const name: Node = identifier as Node;
        return model.functionOf(name) === owner && !isInside(name, branch);
      }))
  );
}

/** True when the condition speaks of what the node gives under it. */
function isSame(model: Model, asked: Node, node: Node, branch: Node): boolean {
  if (asked.type === "Identifier" && node.type === "Identifier") {
    const variable = model.variableOf(asked);
    return variable !== undefined && variable === model.variableOf(node) && isSteady(model, variable, node, branch);
  }
  // Only inside of one expression does a member surely stay what it was.
  const isExpression = node === branch || model.parentOf(node) === branch;
  return (
    isExpression &&
    asked.type === "MemberExpression" &&
    node.type === "MemberExpression" &&
    staticName(asked) !== undefined &&
    staticName(asked) === staticName(node) &&
    isSame(model, asked.object, node.object, node.object)
  );
}

/** What a comparison leaves of the expression when it holds, and when it does not. */
function comparison(
  model: Model,
  test: ESTree.BinaryExpression,
  isAsked: (node: Node) => boolean,
): readonly [holds: Reasons, fails: Reasons] | undefined {
  const { operator, left, right } = test;
  if (operator === "instanceof" && isAsked(left)) {
    const isClass = right.type === "Identifier" && errorClasses.has(right.name) && model.isGlobal(right, right.name);
    return isClass ? [ERROR, right.name === "Error" ? ANYTHING & ~ERROR : ANYTHING] : undefined;
  }
  const isEqual = operator === "==" || operator === "===";
  if (!isEqual && operator !== "!=" && operator !== "!==") {
    return undefined;
  }
  const [asked, other] = isNullish(left) || left.type === "Literal" ? [right, left] : [left, right];
  let outcome: readonly [Reasons, Reasons] | undefined;
  if (asked.type === "UnaryExpression" && asked.operator === "typeof" && isAsked(asked.argument)) {
    outcome = other.type === "Literal" && other.value === "string" ? [TEXT, ANYTHING & ~TEXT] : undefined;
  } else if (isAsked(asked) && isNullish(other)) {
    outcome = [ABSENT, operator.length === 2 ? ANYTHING & ~ABSENT : ANYTHING];
  }
  return outcome === undefined || isEqual ? outcome : [outcome[1], outcome[0]];
}

/** What a condition leaves of the expression when it turns out so. */
function left(model: Model, { test, holds, branch }: Guard, node: Node): Reasons {
  const again = (inner: Node, innerHolds: boolean): Reasons =>
    left(model, { test: inner, holds: innerHolds, branch }, node);
  const isAsked = (other: Node): boolean => isSame(model, other, node, branch);
  if (isAsked(test)) {
    return holds ? ANYTHING & ~ABSENT : ANYTHING & ~(ERROR | OBJECT);
  }
  switch (test.type) {
    case "UnaryExpression":
      return test.operator === "!" ? again(test.argument, !holds) : ANYTHING;
    case "LogicalExpression":
      return (test.operator === "&&" && holds) || (test.operator === "||" && !holds)
        ? again(test.left, holds) & again(test.right, holds)
        : ANYTHING;
    case "BinaryExpression":
      return comparison(model, test, isAsked)?.[holds ? 0 : 1] ?? ANYTHING;
    default:
      return ANYTHING;
  }
}

/** What the conditions around an expression leave of it: in `if (error) { … }` it is not absent. */
export function leftByGuards(model: Model, node: Node): Reasons {
  if (node.type !== "Identifier" && node.type !== "MemberExpression") {
    return ANYTHING;
  }
  return guardsOf(model, node).reduce((reasons: Reasons, guard) => reasons & left(model, guard, node), ANYTHING);
}
