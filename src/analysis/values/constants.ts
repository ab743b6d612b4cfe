import type * as ESTree from "estree";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import type { Model } from "../code/model.ts";
import { constantOf } from "../code/bindings.ts";
import { changesOfLiteral } from "./object-changes.ts";
import { valuesOf } from "./values-of.ts";
import type { Knowledge, TextPart, Value } from "./values-of-types.ts";

/** The initialiser of the constant that an identifier names, or undefined when it is no constant. */
function initialiserOf(model: Model, identifier: Node): Node | undefined {
  const definition = constantOf(model, identifier)?.defs[0];
  if (definition?.type !== "Variable" || definition.node.id.type !== "Identifier") {
    return undefined;
  }
  return definition.node.init ?? undefined;
}

/**
 * The object literal that an expression gives: itself, or the initialiser of a constant that nothing in the file
 * changes. A function of another package may change its first argument, and is trusted with the others.
 */
export function objectLiteralOf(model: Model, node: Node): ESTree.ObjectExpression | undefined {
  if (node.type === "ObjectExpression") {
    return node;
  }
  const init = node.type === "Identifier" ? initialiserOf(model, node) : undefined;
  if (init?.type !== "ObjectExpression") {
    return undefined;
  }
  return changesOfLiteral(model, init).length === 0 ? init : undefined;
}

/** The expression that gives a value once constants, and members of constant objects, are followed. */
export function followConstant(model: Model, node: Node): Node {
  const seen = new Set<Node>();
  let at = node;
  // `const a = a` fails when it runs; until then it leads to itself.
  for (let next = stepOf(model, at); next !== undefined && !seen.has(at); next = stepOf(model, at)) {
    seen.add(at);
    at = next;
  }
  return at;
}

/** What an expression leads to by one constant, or by one member of a constant object. */
function stepOf(model: Model, node: Node): Node | undefined {
  if (node.type === "Identifier") {
    return initialiserOf(model, node);
  }
  if (node.type !== "MemberExpression" || node.object.type !== "Identifier") {
    return undefined;
  }
  const name = staticName(node);
  const literal = objectLiteralOf(model, node.object);
  const isPlain = literal?.properties.every((property) => property.type === "Property" && !property.computed) === true;
  const property = isPlain
    ? literal.properties.findLast(
        (item): item is ESTree.Property => item.type === "Property" && staticName(item) === name,
      )
    : undefined;
  return property?.kind === "init" ? property.value : undefined;
}

/** The text that an expression gives, when it can be told. */
export function stringOf(model: Model, node: Node): string | undefined {
  const [value, ...others] = valuesOf(model, node);
  return value?.kind === "text" && others.length === 0 ? writtenText(value.parts) : undefined;
}

/** The text of these parts, when all of it is written out. */
export function writtenText(parts: readonly TextPart[]): string | undefined {
  const texts = parts.filter((part) => typeof part === "string");
  return texts.length === parts.length ? texts.join("") : undefined;
}

/** `true`, `false` or undefined when the expression is neither, or may be both. */
export function booleanOf(model: Model, node: Node): boolean | undefined {
  const [value, ...others] = valuesOf(model, node);
  return value?.kind === "boolean" && others.length === 0 ? value.value : undefined;
}

/** The number that an expression gives, when it can be told. */
export function numberOf(model: Model, node: Node): number | undefined {
  const [value, ...others] = valuesOf(model, node);
  return value?.kind === "number" && others.length === 0 ? value.value : undefined;
}

/** True when the expression surely gives a string. */
export function isString<K = never>(model: Model, node: Node, knowledge?: Knowledge<K>): boolean {
  return areAll(valuesOf(model, node, knowledge), ({ kind }) => kind === "text");
}

/** True when the expression gives a string, or `undefined` as `JSON.stringify(undefined)` does. */
export function isText<K = never>(model: Model, node: Node, knowledge?: Knowledge<K>): boolean {
  return areAll(valuesOf(model, node, knowledge), ({ kind }) => kind === "text" || kind === "stringified");
}

/** True when the expression surely gives something else than `undefined`. What the asker knows is there. */
export function isDefined<K = never>(model: Model, node: Node, knowledge?: Knowledge<K>): boolean {
  return areAll(valuesOf(model, node, knowledge), (value) =>
    value.kind === "unknown" ? value.isPresent : !["nothing", "falsy", "stringified"].includes(value.kind),
  );
}

/** True when there are values, and it holds for each. */
function areAll<K>(values: readonly Value<K>[], holds: (value: Value<K>) => boolean): boolean {
  return values.length > 0 && values.every(holds);
}
