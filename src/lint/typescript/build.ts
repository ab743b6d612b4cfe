import type { Range } from "../../analysis/code/tree.ts";
import type { AnyNode } from "../any-node.ts";

/*
 * ESTree nodes for what a file runs as but does not say. Each takes the place of what it stands for, so that a finding
 * points at something that the reader has written.
 */

export function identifier(name: string, range: Range): AnyNode {
  return { type: "Identifier", name, range };
}

export function literal(value: string | number, range: Range): AnyNode {
  return { type: "Literal", value, raw: JSON.stringify(value), range };
}

/** `object.name` */
export function member(object: AnyNode, property: AnyNode, computed = false): AnyNode {
  const range: Range = [object.range[0], property.range[1]];
  return { type: "MemberExpression", object, property, computed, optional: false, range };
}

/** `target = value` */
export function assignment(left: AnyNode, right: AnyNode, range: Range): AnyNode {
  return { type: "AssignmentExpression", operator: "=", left, right, range };
}

export function statement(expression: AnyNode): AnyNode {
  return { type: "ExpressionStatement", expression, range: expression.range };
}

export function call(callee: AnyNode, given: readonly AnyNode[], range: Range): AnyNode {
  return { type: "CallExpression", callee, arguments: given, optional: false, range };
}

/** `var name = init;` */
export function variable(kind: "var" | "const", id: AnyNode, init: AnyNode | null, range: Range): AnyNode {
  const declarator: AnyNode = { type: "VariableDeclarator", id, init, range };
  return { type: "VariableDeclaration", kind, declarations: [declarator], range };
}

export function objectOf(properties: readonly AnyNode[], range: Range): AnyNode {
  return { type: "ObjectExpression", properties, range };
}

export function property(key: AnyNode, value: AnyNode, range: Range): AnyNode {
  return {
    type: "Property",
    kind: "init",
    key,
    value,
    computed: false,
    method: false,
    shorthand: false,
    range,
  };
}

/** `(function (name) { … })(name || (name = {}));`: how an enum or a namespace fills its object. */
export function filling(name: AnyNode, body: readonly AnyNode[], range: Range): AnyNode {
  const mention = (): AnyNode => identifier(String(name["name"]), name.range);
  const filler: AnyNode = {
    type: "FunctionExpression",
    id: null,
    params: [mention()],
    body: { type: "BlockStatement", body, range },
    async: false,
    generator: false,
    expression: false,
    range,
  };
  const object: AnyNode = {
    type: "LogicalExpression",
    operator: "||",
    left: mention(),
    right: assignment(mention(), objectOf([], name.range), name.range),
    range: name.range,
  };
  return statement(call(filler, [object], range));
}
