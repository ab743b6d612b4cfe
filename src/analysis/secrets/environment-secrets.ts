import type * as ESTree from "estree";
import { isFunction, rangeOf, staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { environmentOf } from "../runtime/environment.ts";
import { localFunctionOf } from "../code/functions.ts";
import type { Model } from "../code/model.ts";
import { isConstant, readsOf } from "../code/bindings.ts";
import { isSecretName } from "./classify.ts";
import { toolbeltUseOf } from "../toolbelt/creations.ts";

/** A read of an environment variable that holds a secret, by its name and by what the file does with it. */
export interface EnvironmentSecret {
  readonly name: string;
  /** What spells the name. */
  readonly key: Node;
  /** The whole `process.env.NAME`; undefined when a pattern takes the variable. */
  readonly member: ESTree.MemberExpression | undefined;
}

/** Texts that make a variable a switch: no secret looks like that. */
const SWITCHES: ReadonlySet<unknown> = new Set(["true", "false", "1", "0", "yes", "no", "on", "off"]);
const NUMBERS: ReadonlySet<string> = new Set(["Number", "parseInt", "parseFloat"]);
const COMPARISONS: ReadonlySet<string> = new Set(["===", "!==", "==", "!="]);
const ARITHMETIC: ReadonlySet<string> = new Set(["<", ">", "<=", ">=", "-", "*", "/", "%"]);

/**
 * The secrets that a file reads from its environment. A name like that of a secret is not enough: what is compared
 * with `"true"`, made a number, or names a secret of the secret storage, is none. Nor is what the file sets itself.
 */
export function findEnvironmentSecrets(model: Model): EnvironmentSecret[] {
  const uses = environmentOf(model)
    .uses.filter(({ name }) => isSecretName(name))
    .map((use) => ({ ...use, value: use.value ?? boundWithDefault(model, use.key) }));
  const others = new Set(
    uses
      .filter(({ value, isWrite }) => isWrite || (value !== undefined && isUsedOtherwise(model, value, new Set())))
      .map(({ name }) => name),
  );
  return uses
    .filter(({ name, value }) => value !== undefined && !others.has(name))
    .map(({ name, key, value }) => ({ name, key, member: value?.type === "MemberExpression" ? value : undefined }));
}

/** What `{ NAME: bound = "…" }` binds. */
function boundWithDefault(model: Model, key: Node): Node | undefined {
  const property = model.parentOf(key);
  return property?.type === "Property" && property.value.type === "AssignmentPattern" ? property.value.left : undefined;
}

/** True when the use of a value shows that it is no secret. */
function isUsedOtherwise(model: Model, value: Node, seen: Set<Node>): boolean {
  if (seen.has(value)) {
    return false;
  }
  seen.add(value);
  const parent = model.parentOf(value);
  const goesOn = (target: Node): boolean =>
    readsOfConstant(model, target).some((read) => isUsedOtherwise(model, read, seen));
  switch (parent?.type) {
    case "ObjectPattern":
    case "AssignmentPattern":
    case "Property":
      return isNameProperty(model, parent) || goesOn(value);
    case "VariableDeclarator":
      return goesOn(parent.id);
    case "LogicalExpression":
    case "ConditionalExpression":
    case "ChainExpression":
      return isUsedOtherwise(model, parent, seen);
    case "MemberExpression":
      return parent.object === value && isSwitchMethod(parent) && isUsedOtherwise(model, callOf(model, parent), seen);
    case "BinaryExpression":
      return isNumberOrSwitch(parent);
    case "UnaryExpression":
      return parent.operator === "+" || parent.operator === "-";
    case "CallExpression":
      return isArgumentUsedOtherwise(model, parent, value, seen);
    default:
      return false;
  }
}

function isArgumentUsedOtherwise(model: Model, call: ESTree.CallExpression, value: Node, seen: Set<Node>): boolean {
  const { callee } = call;
  if (callee.type === "Identifier" && model.variableOf(callee) === undefined) {
    return NUMBERS.has(callee.name);
  }
  if (callee.type === "MemberExpression" && /^(?:readSecret|parseInt|parseFloat)$/u.test(staticName(callee) ?? "")) {
    return true;
  }
  const index = call.arguments.findIndex((argument) => argument === value);
  const parameter = localFunctionOf(model, callee)?.params[index];
  return (
    parameter !== undefined && readsOfConstant(model, parameter).some((read) => isUsedOtherwise(model, read, seen))
  );
}

function readsOfConstant(model: Model, name: Node): Node[] {
  const variable = name.type === "Identifier" ? model.variableOf(name) : undefined;
  return variable !== undefined && isConstant(variable) ? readsOf(variable) : [];
}

/** `appKeySecretName: …`, and the `key` of an entry that is written to the secret storage. */
function isNameProperty(model: Model, property: Node): boolean {
  if (property.type !== "Property" || model.parentOf(property)?.type !== "ObjectExpression") {
    return false;
  }
  const name = staticName(property) ?? "";
  return /Names?$/u.test(name) || (name === "key" && isWrittenEntry(model, property));
}

function isWrittenEntry(model: Model, property: Node): boolean {
  const entry = model.parentOf(property);
  const call = entry === null ? null : model.parentOf(entry);
  const method =
    call?.type === "CallExpression" && call.callee.type === "MemberExpression" ? staticName(call.callee) : undefined;
  return method === "updateSecret" || method === "writeSecret";
}

function isSwitchMethod(member: ESTree.MemberExpression): boolean {
  return /^(?:toLowerCase|toUpperCase|trim)$/u.test(staticName(member) ?? "");
}

function callOf(model: Model, member: Node): Node {
  return model.parentOf(member) ?? member;
}

function isNumberOrSwitch({ operator, left, right }: ESTree.BinaryExpression): boolean {
  const isSwitch = (node: Node): boolean =>
    node.type === "Literal" &&
    (typeof node.value === "number" || SWITCHES.has(String(node.value).toLowerCase())) &&
    typeof node.value !== "boolean";
  return ARITHMETIC.has(operator) || (COMPARISONS.has(operator) && (isSwitch(left) || isSwitch(right)));
}

/**
 * The name of a SecretClient that can be asked at a place with `await`; undefined when the place is in no `async`
 * function, or when no client is in sight there.
 */
export function secretClientAt(model: Model, place: Node): string | undefined {
  if (!canAwait(model, place)) {
    return undefined;
  }
  const client = toolbeltUseOf(model).clients.find(({ factory, variable, call }) => {
    const isBefore = model.functionOf(call) === null || rangeOf(call)[1] < rangeOf(place)[0];
    return (
      factory === "SecretClient" &&
      variable !== undefined &&
      isBefore &&
      lookUp(model, place, variable.name) === variable
    );
  });
  return client?.variable?.name;
}

function lookUp(model: Model, place: Node, name: string): unknown {
  for (let scope = model.scopeAt(place); ;) {
    const found = scope.set.get(name);
    if (found !== undefined || scope.upper === null) {
      return found;
    }
    scope = scope.upper;
  }
}

/** True in the body of an `async` function, where no class of its own stands in between. */
function canAwait(model: Model, place: Node): boolean {
  let inner = place;
  for (let node = model.parentOf(place); node !== null; node = model.parentOf(node)) {
    if (node.type === "PropertyDefinition" || node.type === "StaticBlock") {
      return false;
    }
    if (isFunction(node)) {
      return node.async === true && node.body === inner;
    }
    inner = node;
  }
  return false;
}
