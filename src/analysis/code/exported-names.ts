import type * as ESTree from "estree";
import { isReadyName } from "./bindings.ts";
import { staticName, walk } from "./tree.ts";
import type { Node } from "./tree.ts";
import type { Model } from "./model.ts";

/** What an assignment to an export names. */
export interface ExportTarget {
  /** The `module` or `exports` at its root. */
  readonly root: Node;
  /** The exported name; undefined for the exports as a whole. */
  readonly name: string | undefined;
}

/** A value that a CommonJS file exports when it is loaded. */
export interface ExportedValue extends ExportTarget {
  readonly assignment: ESTree.AssignmentExpression;
  readonly value: Node;
}

/** The root of `module.exports` or `exports`: the identifier; undefined for anything else. */
export function exportsRoot(model: Model, node: Node): Node | undefined {
  if (node.type === "MemberExpression") {
    const isModule = staticName(node) === "exports" && model.isGlobal(node.object, "module");
    return isModule ? node.object : undefined;
  }
  return model.isGlobal(node, "exports") ? node : undefined;
}

/** What is exported by an assignment to `left`; undefined when it is not a CommonJS export. */
export function exportTarget(model: Model, left: Node): ExportTarget | undefined {
  const whole = exportsRoot(model, left);
  if (whole !== undefined) {
    return { root: whole, name: undefined };
  }
  const root = left.type === "MemberExpression" ? exportsRoot(model, left.object) : undefined;
  const name = left.type === "MemberExpression" ? staticName(left) : undefined;
  return root === undefined || name === undefined ? undefined : { root, name };
}

/** The plain assignment that makes up a statement. */
export function assignmentOf(statement: Node): ESTree.AssignmentExpression | undefined {
  const expression = statement.type === "ExpressionStatement" ? statement.expression : undefined;
  return expression?.type === "AssignmentExpression" && expression.operator === "=" ? expression : undefined;
}

/**
 * What the module level exports, in source order: `exports.name = value`, each property of
 * `module.exports = { name: value }`, and a whole that is not an object under the name of its function, if that has one.
 */
export function exportedValues(model: Model): ExportedValue[] {
  return model.nodes("AssignmentExpression").flatMap((assignment): ExportedValue[] => {
    const target =
      assignment.operator === "=" && model.functionOf(assignment) === null
        ? exportTarget(model, assignment.left)
        : undefined;
    const { right } = assignment;
    if (target === undefined || right.type === "AssignmentExpression") {
      return [];
    }
    if (target.name === undefined && right.type === "ObjectExpression") {
      return right.properties.flatMap((property) =>
        property.type === "Property"
          ? [{ ...target, name: staticName(property), assignment, value: property.value }]
          : [],
      );
    }
    const ownName = right.type === "FunctionExpression" ? right.id?.name : undefined;
    return [{ ...target, name: target.name ?? ownName, assignment, value: right }];
  });
}

/** True for a value that has no effect and is held by the file anyway: names and literals, in objects and lists. */
export function isHeldElsewhere(model: Model, value: Node): boolean {
  switch (value.type) {
    case "Identifier":
      return isReadyName(model, value);
    case "Literal":
      return true;
    case "ObjectExpression":
      return value.properties.every((property) => isHeldProperty(model, property));
    case "ArrayExpression":
      return value.elements.every((element) => element !== null && isHeldElsewhere(model, element));
    default:
      return false;
  }
}

/** The same for a property of an object. */
export function isHeldProperty(model: Model, property: ESTree.ObjectExpression["properties"][number]): boolean {
  return (
    property.type === "Property" &&
    !property.computed &&
    property.kind === "init" &&
    isHeldElsewhere(model, property.value)
  );
}

/** True when a function never asks for the object that it was called as a method of. */
export function isWithoutThis(value: Node): boolean {
  let isWithout = value.type === "ArrowFunctionExpression" || value.type === "FunctionExpression";
  walk(value, (node) => {
    isWithout &&= node.type !== "ThisExpression";
    return isWithout;
  });
  return isWithout;
}
