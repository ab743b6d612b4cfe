import type * as ESTree from "estree";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { followConstant } from "./constants.ts";
import type { Model } from "../code/model.ts";
import { isConstant, readsOf } from "../code/bindings.ts";

/** An object literal that stands for one argument, in its place or as the initialiser of a constant. */
export interface LiteralArgument {
  readonly literal: ESTree.ObjectExpression;
  readonly properties: ReadonlyMap<string, ESTree.Property>;
}

/** The properties of an object literal by name, where it has none but plain ones whose names are written out. */
export function plainProperties(literal: ESTree.ObjectExpression): Map<string, ESTree.Property> | undefined {
  const properties = new Map<string, ESTree.Property>();
  for (const property of literal.properties) {
    const name = property.type === "Property" ? staticName(property) : undefined;
    if (property.type !== "Property" || name === undefined || property.computed || property.kind !== "init") {
      return undefined;
    }
    properties.set(name, property);
  }
  return properties;
}

/**
 * The object literal of an argument with plain keys. A constant counts when it is read at places that `accepts` takes
 * and nowhere else, so that the literal can be changed for all of them.
 */
export function literalArgument(
  model: Model,
  argument: Node,
  accepts: (read: Node) => boolean,
): LiteralArgument | undefined {
  const value = argument.type === "Identifier" ? followConstant(model, argument) : argument;
  const variable = argument.type === "Identifier" ? model.variableOf(argument) : undefined;
  const isOwn = variable === undefined || (isConstant(variable) && readsOf(variable).every(accepts));
  const properties = value.type === "ObjectExpression" && isOwn ? plainProperties(value) : undefined;
  return value.type === "ObjectExpression" && properties !== undefined ? { literal: value, properties } : undefined;
}
