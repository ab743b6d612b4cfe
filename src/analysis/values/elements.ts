import type * as ESTree from "estree";
import { isConstant, readsOf } from "../code/bindings.ts";
import { argumentReaders, listMethods, mutators } from "../code/builtins.ts";
import { localFunctionOf, returnsOf } from "../code/local-calls.ts";
import type { Model } from "../code/model.ts";
import { globalPath } from "../code/names.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { writeOf } from "../code/writes.ts";

/** An expression that an element comes from: null for a hole, undefined where it can't be told. */
export type Element = Node | null | undefined;

/** Where the new elements begin among the arguments of a method that adds some. */
const ADDING_METHODS: ReadonlyMap<string, number> = new Map([
  ["push", 0],
  ["unshift", 0],
  ["fill", 0],
  ["splice", 2],
]);

/**
 * Every expression that an element of a list can come from: what the list is written with, and what is added to it
 * later.
 */
export function elementsOf(model: Model, list: Node): readonly Element[] {
  switch (list.type) {
    case "ArrayExpression":
      return list.elements.flatMap((element) =>
        element?.type === "SpreadElement" ? elementsOf(model, element.argument) : element,
      );
    case "Identifier":
      return elementsOfVariable(model, list);
    case "CallExpression":
      return elementsOfCall(model, list);
    default:
      return [undefined];
  }
}

/** `list.filter(…)` and its like give elements of the list, `list.map(…)` what its function returns. */
function elementsOfCall(model: Model, { callee, arguments: given }: ESTree.CallExpression): readonly Element[] {
  const name = callee.type === "MemberExpression" ? (staticName(callee) ?? "") : "";
  if (name === "map") {
    const called = given[0] === undefined ? undefined : localFunctionOf(model, given[0]);
    return called === undefined || called.async === true || called.generator === true ? [undefined] : returnsOf(called);
  }
  if (callee.type !== "MemberExpression" || listMethods.get(name)?.gives !== "list" || name === "flat") {
    return [undefined];
  }
  const added = name === "concat" ? given.flatMap((argument) => elementsOf(model, argument)) : addedBy(name, given);
  return [...elementsOf(model, callee.object), ...added];
}

function addedBy(method: string, given: readonly Node[]): readonly Element[] {
  const start = ADDING_METHODS.get(method);
  return start === undefined
    ? []
    : given.slice(start).map((argument) => (argument.type === "SpreadElement" ? undefined : argument));
}

function elementsOfVariable(model: Model, identifier: Node): readonly Element[] {
  const variable = model.variableOf(identifier);
  const definition = variable !== undefined && isConstant(variable) ? variable.defs[0] : undefined;
  const init =
    definition?.type === "Variable" && definition.node.id.type === "Identifier" ? definition.node.init : null;
  if (variable === undefined || !init || init.type === "Identifier") {
    return [undefined];
  }
  const written = elementsOf(model, init);
  const isList = init.type === "ArrayExpression" || written.some((element) => element !== undefined);
  return isList ? [...written, ...readsOf(variable).flatMap((read) => addedAt(model, read))] : [undefined];
}

/** What a read of a list adds to it. */
function addedAt(model: Model, read: Node): readonly Element[] {
  const parent = model.parentOf(read);
  switch (parent?.type) {
    case "MemberExpression":
      return parent.object === read ? addedByMember(model, parent) : [];
    case "ForOfStatement":
    case "ForInStatement":
      return parent.right === read ? [] : [undefined];
    case "CallExpression":
      return isReader(model, parent.callee) ? [] : [undefined];
    case "VariableDeclarator":
      return parent.id.type === "ArrayPattern" ? [] : [undefined];
    case "SpreadElement":
    case "TemplateLiteral":
    case "BinaryExpression":
    case "UnaryExpression":
    case "ReturnStatement":
      return [];
    default:
      return [undefined];
  }
}

function isReader(model: Model, callee: Node): boolean {
  const path = globalPath(model, callee) ?? "";
  return argumentReaders.has(path) || path.startsWith("console.") || path.startsWith("Promise.");
}

function addedByMember(model: Model, member: ESTree.MemberExpression): readonly Element[] {
  const user = model.parentOf(member);
  const write = writeOf(model, member);
  if (write !== undefined) {
    return staticName(member) === "length" ? [] : [write.value];
  }
  if (user?.type !== "CallExpression" || user.callee !== member) {
    return [];
  }
  const name = staticName(member);
  if (name === undefined || (!listMethods.has(name) && !mutators.has(name))) {
    return [undefined];
  }
  return addedBy(name, user.arguments);
}
