import type { FunctionNode, Node } from "../code/tree.ts";
import { followConstant, stringOf } from "./constants.ts";
import { argumentAt, callsOfFunction } from "../code/local-calls.ts";
import type { Model } from "../code/model.ts";

/** Every text that an expression can give; undefined stands for values that can't be told. */
export function textsOf(
  model: Model,
  node: Node,
  seen: ReadonlySet<Node> = new Set(),
): readonly (string | undefined)[] {
  const value = followConstant(model, node);
  const text = stringOf(model, value);
  if (text !== undefined || seen.has(value)) {
    return seen.has(value) ? [] : [text];
  }
  const inner = (part: Node): readonly (string | undefined)[] => textsOf(model, part, new Set([...seen, value]));
  switch (value.type) {
    case "ConditionalExpression":
      return [...inner(value.consequent), ...inner(value.alternate)];
    case "LogicalExpression":
      return value.operator === "&&" ? [undefined] : [...inner(value.left), ...inner(value.right)];
    case "Identifier":
      return textsOfVariable(model, value, inner);
    default:
      return [undefined];
  }
}

/** Of a variable: all that is written to it; of a parameter: what all calls of its function give. */
function textsOfVariable(
  model: Model,
  identifier: Node,
  inner: (node: Node) => readonly (string | undefined)[],
): readonly (string | undefined)[] {
  const variable = model.variableOf(identifier);
  const definition = variable?.defs.length === 1 ? variable.defs[0] : undefined;
  if (variable === undefined || (definition?.type !== "Variable" && definition?.type !== "Parameter")) {
    return [undefined];
  }
  const written = variable.references
    .filter((reference) => reference.isWrite())
    .flatMap(({ writeExpr, identifier: target }) => {
      const parent = model.parentOf(target as Node);
      const isPlain =
        parent?.type === "AssignmentPattern" ||
        (parent?.type === "AssignmentExpression" && parent.operator === "=") ||
        (parent?.type === "VariableDeclarator" && parent.id === target && parent.init === writeExpr);
      return isPlain ? inner(writeExpr as Node) : [undefined];
    });
  if (definition.type === "Variable") {
    return definition.node.init === null ? [...written, undefined] : written;
  }
  return [...written, ...textsOfParameter(model, definition.node, definition.name, inner)];
}

function textsOfParameter(
  model: Model,
  owner: FunctionNode,
  name: Node,
  inner: (node: Node) => readonly (string | undefined)[],
): readonly (string | undefined)[] {
  const index = owner.params.findIndex(
    (parameter) => parameter === name || (parameter.type === "AssignmentPattern" && parameter.left === name),
  );
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
