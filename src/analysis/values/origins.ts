import type * as ESTree from "estree";
import { isElementCallback } from "../code/builtins.ts";
import { staticName } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { argumentAt, callsOfFunction, localFunctionOf, returnsOf } from "../code/local-calls.ts";
import type { Model } from "../code/model.ts";
import { followConstant, objectLiteralOf } from "./constants.ts";
import { elementsOf } from "./elements.ts";

/** An expression that a value can come from; undefined stands for values that can't be told. */
export type Origin = Node | undefined;

/**
 * Every expression that a value can come from: constants, choices, variables with all that is written to them,
 * parameters with all that the calls give, and results of functions of the file are followed.
 */
export function originsOf(model: Model, node: Node, seen: ReadonlySet<Node> = new Set()): readonly Origin[] {
  const value = followConstant(model, node);
  if (seen.has(value)) {
    return [];
  }
  const inner = (part: Node): readonly Origin[] => originsOf(model, part, new Set([...seen, value]));
  switch (value.type) {
    case "ConditionalExpression":
      return [...inner(value.consequent), ...inner(value.alternate)];
    case "LogicalExpression":
      return value.operator === "&&"
        ? [undefined, ...inner(value.right)]
        : [...inner(value.left), ...inner(value.right)];
    case "SequenceExpression":
      return value.expressions.slice(-1).flatMap(inner);
    case "Identifier":
      return originsOfVariable(model, value, inner);
    case "AwaitExpression":
      return originsOfCall(model, value.argument, inner) ?? [undefined];
    case "CallExpression":
      return (
        (localFunctionOf(model, value.callee)?.async === true ? undefined : originsOfCall(model, value, inner)) ?? [
          value,
        ]
      );
    case "MemberExpression":
      return originsOfMember(model, value, inner) ?? [value];
    default:
      return [value];
  }
}

/** `table[key]` and `list[index]`: what stands there under any key; undefined for every other member. */
function originsOfMember(
  model: Model,
  { object, computed }: ESTree.MemberExpression,
  inner: (node: Node) => readonly Origin[],
): readonly Origin[] | undefined {
  const literal = computed ? objectLiteralOf(model, object) : undefined;
  if (literal !== undefined) {
    const values = literal.properties.flatMap((property) =>
      property.type === "Property" && property.kind === "init" ? inner(property.value) : [undefined],
    );
    return [...values, undefined];
  }
  const elements = computed ? elementsOf(model, object) : [undefined];
  const isList = elements.some((element) => element !== undefined);
  return isList ? [...originsOfElements(model, object, inner), undefined] : undefined;
}

/** What a function of the file returns; undefined for every other call. */
function originsOfCall(
  model: Model,
  call: Node,
  inner: (node: Node) => readonly Origin[],
): readonly Origin[] | undefined {
  const called = call.type === "CallExpression" ? localFunctionOf(model, call.callee) : undefined;
  if (called === undefined || called.generator === true) {
    return undefined;
  }
  const returned = returnsOf(called).flatMap(inner);
  return called.body.type === "BlockStatement" ? [...returned, undefined] : returned;
}

/** Of a variable: all that is written to it; of a parameter: what all calls of its function give. */
function originsOfVariable(
  model: Model,
  identifier: Node,
  inner: (node: Node) => readonly Origin[],
): readonly Origin[] {
  const variable = model.variableOf(identifier);
  const definition = variable?.defs.length === 1 ? variable.defs[0] : undefined;
  if (definition?.type === "FunctionName" || definition?.type === "ClassName") {
    return [definition.node];
  }
  if (variable === undefined || (definition?.type !== "Variable" && definition?.type !== "Parameter")) {
    return [undefined];
  }
  const written = variable.references
    .filter((reference) => reference.isWrite())
    .flatMap(({ writeExpr, identifier: target }) => {
      const parent = model.parentOf(target as Node);
      const loop = parent?.type === "VariableDeclarator" ? loopOver(model, parent) : undefined;
      if (loop !== undefined) {
        return originsOfElements(model, loop, inner);
      }
      const isPlain =
        parent?.type === "AssignmentPattern" ||
        (parent?.type === "AssignmentExpression" && parent.operator === "=") ||
        (parent?.type === "VariableDeclarator" && parent.id === target && parent.init === writeExpr);
      return isPlain ? inner(writeExpr as Node) : [undefined];
    });
  if (definition.type === "Variable") {
    const isEmpty = definition.node.init === null && loopOver(model, definition.node) === undefined;
    return isEmpty ? [...written, undefined] : written;
  }
  return [...written, ...originsOfParameter(model, definition.node, definition.name, inner)];
}

/** What `for (const x of list)` goes over. */
function loopOver(model: Model, declarator: Node): Node | undefined {
  const declaration = model.parentOf(declarator);
  const loop = declaration === null ? null : model.parentOf(declaration);
  return loop?.type === "ForOfStatement" && loop.left === declaration ? loop.right : undefined;
}

function originsOfElements(model: Model, list: Node, inner: (node: Node) => readonly Origin[]): readonly Origin[] {
  return elementsOf(model, list).flatMap((element) => (element ? inner(element) : [undefined]));
}

function originsOfParameter(
  model: Model,
  owner: FunctionNode,
  name: Node,
  inner: (node: Node) => readonly Origin[],
): readonly Origin[] {
  const index = owner.params.findIndex(
    (parameter) => parameter === name || (parameter.type === "AssignmentPattern" && parameter.left === name),
  );
  const call = model.parentOf(owner);
  if (call?.type === "CallExpression" && call.arguments[0] === owner && index === 0) {
    const { callee } = call;
    if (callee.type === "MemberExpression" && isElementCallback(staticName(callee))) {
      return originsOfElements(model, callee.object, inner);
    }
  }
  const calls = index < 0 ? undefined : callsOfFunction(model, owner);
  const hasDefault = owner.params[index]?.type === "AssignmentPattern";
  return (
    calls?.flatMap((call) => {
      const argument = argumentAt(call, index);
      if (argument === undefined && hasDefault) {
        return [];
      }
      return argument === undefined || argument === "unknown" ? [undefined] : inner(argument);
    }) ?? [undefined]
  );
}
