import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { joinedPromises } from "../code/joined-promises.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import type { Model } from "../code/model.ts";
import { isConstant } from "../code/bindings.ts";
import { changesOfLiteral, isUnchanged } from "./object-changes.ts";
import { toolbeltUseOf } from "../toolbelt/creations.ts";
import type { ClientCreation } from "../toolbelt/creations.ts";

/** The initialiser of the constant that an identifier names, or undefined when it is no constant. */
function initialiserOf(model: Model, identifier: Node): Node | undefined {
  const variable = model.variableOf(identifier);
  const definition = variable !== undefined && isConstant(variable) ? variable.defs[0] : undefined;
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
  if (node.type === "Identifier") {
    const init = initialiserOf(model, node);
    return init === undefined ? node : followConstant(model, init);
  }
  if (node.type === "MemberExpression" && node.object.type === "Identifier") {
    const name = staticName(node);
    const literal = objectLiteralOf(model, node.object);
    const isPlain =
      literal?.properties.every((property) => property.type === "Property" && !property.computed) === true;
    const property = isPlain
      ? literal.properties.findLast(
          (item): item is ESTree.Property => item.type === "Property" && staticName(item) === name,
        )
      : undefined;
    return property === undefined || property.kind !== "init" ? node : followConstant(model, property.value);
  }
  return node;
}

/** The text that an expression gives, when it can be told. */
export function stringOf(model: Model, node: Node): string | undefined {
  const value = followConstant(model, node);
  if (value.type === "Literal" && typeof value.value === "string") {
    return value.value;
  }
  return value.type === "TemplateLiteral" && value.expressions.length === 0
    ? (value.quasis[0]?.value.cooked ?? undefined)
    : undefined;
}

/** `true`, `false` or undefined when the expression is neither. */
export function booleanOf(model: Model, node: Node): boolean | undefined {
  const value = followConstant(model, node);
  return value.type === "Literal" && typeof value.value === "boolean" ? value.value : undefined;
}

const STRING_METHODS = new Set(["toString", "toISOString", "toUpperCase", "toLowerCase", "trim", "join"]);
const STRING_FUNCTIONS = new Set(["String", "encodeURIComponent", "encodeURI", "btoa"]);

function isStringify(model: Model, call: ESTree.CallExpression): boolean {
  const { callee } = call;
  return (
    callee.type === "MemberExpression" && staticName(callee) === "stringify" && model.isGlobal(callee.object, "JSON")
  );
}

function isStringCall(model: Model, call: ESTree.CallExpression): boolean {
  const { callee } = call;
  if (callee.type === "Identifier") {
    return STRING_FUNCTIONS.has(callee.name) && model.variableOf(callee) === undefined;
  }
  if (callee.type !== "MemberExpression" || callee.optional || callee.computed) {
    return false;
  }
  if (isStringify(model, call)) {
    const [argument] = call.arguments;
    return argument !== undefined && argument.type !== "SpreadElement" && isDefined(model, argument);
  }
  return STRING_METHODS.has(staticName(callee) ?? "");
}

/** True when the expression surely gives a string. */
export function isString(model: Model, node: Node): boolean {
  const value = followConstant(model, node);
  switch (value.type) {
    case "Literal":
      return typeof value.value === "string";
    case "TemplateLiteral":
      return true;
    case "BinaryExpression":
      return value.operator === "+" && (isString(model, value.left) || isString(model, value.right));
    case "CallExpression":
      return isStringCall(model, value);
    case "ConditionalExpression":
      return isString(model, value.consequent) && isString(model, value.alternate);
    default:
      return false;
  }
}

/** True when the expression gives a string, or `undefined` as `JSON.stringify(undefined)` does. */
export function isText(model: Model, node: Node): boolean {
  const value = followConstant(model, node);
  return isString(model, value) || (value.type === "CallExpression" && isStringify(model, value));
}

/** True when the expression surely gives something else than `undefined`. */
export function isDefined(model: Model, node: Node): boolean {
  const value = followConstant(model, node);
  switch (value.type) {
    case "Literal":
    case "ObjectExpression":
    case "ArrayExpression":
    case "BinaryExpression":
    case "NewExpression":
      return true;
    case "UnaryExpression":
      return value.operator !== "void";
    case "ConditionalExpression":
      return isDefined(model, value.consequent) && isDefined(model, value.alternate);
    case "LogicalExpression":
      return value.operator !== "&&" && isDefined(model, value.right);
    default:
      return isString(model, value) || isSecretValue(model, node);
  }
}

/** `secretClient.readSecret(…)` of a client that the file creates. */
function isSecretRead(model: Model, node: Node): boolean {
  if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") {
    return false;
  }
  const { callee } = node;
  const variable = model.variableOf(callee.object);
  const isItsClient = ({ factory, variable: held, call }: ClientCreation): boolean =>
    factory === "SecretClient" && (call === callee.object || (held !== undefined && held === variable));
  return staticName(callee) === "readSecret" && toolbeltUseOf(model).clients.some(isItsClient);
}

/** The `readSecret` call whose answer a declarator binds to the variable, through `await` and `Promise.all`. */
function readsSecret(model: Model, variable: Variable): boolean {
  const definition = variable.defs[0];
  if (!isConstant(variable) || definition?.type !== "Variable" || definition.node.init?.type !== "AwaitExpression") {
    return false;
  }
  if (!isUnchanged(model, variable)) {
    return false;
  }
  const { id } = definition.node;
  const { argument } = definition.node.init;
  if (id.type !== "ArrayPattern") {
    return isSecretRead(model, argument);
  }
  const index = id.elements.findIndex((element) => element !== null && model.variableOf(element) === variable);
  const item = joinedPromises(model, argument)[index];
  return item !== null && item !== undefined && isSecretRead(model, item);
}

/**
 * True for the value of a secret that was read: `secret.value`, or `value` taken by destructuring.
 * `readSecret` rejects when there is no such secret, so its value is always there.
 */
function isSecretValue(model: Model, node: Node): boolean {
  if (node.type === "MemberExpression") {
    const variable = model.variableOf(node.object);
    return staticName(node) === "value" && variable !== undefined && readsSecret(model, variable);
  }
  const variable = model.variableOf(node);
  const definition = variable?.defs[0];
  if (variable === undefined || definition?.type !== "Variable" || definition.node.id.type !== "ObjectPattern") {
    return false;
  }
  return (
    readsSecret(model, variable) &&
    definition.node.id.properties.some(
      (property) =>
        property.type === "Property" && staticName(property) === "value" && property.value === definition.name,
    )
  );
}
