import type * as ESTree from "estree";
import { isConstant, readsOf } from "../code/bindings.ts";
import type { Model } from "../code/model.ts";
import type { Problem } from "../code/problem.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { followConstant } from "../values/constants.ts";

/** The options of one request. */
export interface HttpOptionsLiteral {
  readonly literal: ESTree.ObjectExpression;
  /** The identifier that stands in the call when the literal is the initialiser of a constant. */
  readonly reference: ESTree.Identifier | undefined;
  readonly properties: ReadonlyMap<string, ESTree.Property>;
}

export function unclearOptions(node: Node, what: string): Problem {
  return { id: "http-options", node, data: { what } };
}

/** The options that a literal gives by plain names, or what it does besides. */
export function readProperties(literal: ESTree.ObjectExpression): Map<string, ESTree.Property> | Problem {
  const properties = new Map<string, ESTree.Property>();
  for (const property of literal.properties) {
    if (property.type !== "Property") {
      return unclearOptions(property, "spread another object");
    }
    const name = staticName(property);
    if (name === undefined || property.computed) {
      return unclearOptions(property, "have a computed key");
    }
    if (property.value.type === "SequenceExpression") {
      return unclearOptions(property, "hold a comma expression");
    }
    if (property.kind !== "init" || properties.has(name)) {
      return unclearOptions(property, property.kind === "init" ? `set \`${name}\` twice` : "have an accessor");
    }
    properties.set(name, property);
  }
  return properties;
}

/** The options literal that an argument gives, or the problem with it. */
export function readOptions(model: Model, argument: Node): HttpOptionsLiteral | Problem {
  if (argument.type === "ObjectExpression") {
    const properties = readProperties(argument);
    return properties instanceof Map ? { literal: argument, reference: undefined, properties } : properties;
  }
  if (argument.type !== "Identifier") {
    return unclearOptions(argument, "come from an expression");
  }
  const variable = model.variableOf(argument);
  const literal = followConstant(model, argument);
  if (variable === undefined || !isConstant(variable) || literal.type !== "ObjectExpression") {
    return unclearOptions(argument, "come from a variable that is not set once to an object literal");
  }
  const definition = variable.defs[0];
  const isDirect = definition?.type === "Variable" && definition.node.init === literal;
  if (readsOf(variable).length !== 1 || !isDirect) {
    return unclearOptions(argument, "come from a variable that is used elsewhere as well");
  }
  const properties = readProperties(literal);
  return properties instanceof Map ? { literal, reference: argument, properties } : properties;
}
