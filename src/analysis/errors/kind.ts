import type * as ESTree from "estree";
import { isFunction, isNullish, staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { ERROR_CLASSES, isInert } from "../code/effects.ts";
import { localFunctionOf, returnsOf } from "../code/local-calls.ts";
import type { Model } from "../code/model.ts";
import { isConstant } from "../code/bindings.ts";

/** What the first argument of a callback is, as far as the code tells. */
export type ErrorKind = "absent" | "error" | "text" | "object" | "unknown";

/** True when some code of the file rejects or throws with nothing, so that a caught error may be no error for V1. */
export function throwsNothing(model: Model): boolean {
  return (
    model.nodes("ThrowStatement").some(({ argument }) => isNullish(argument) || isMaybeUnset(model, argument)) ||
    model
      .nodes("CallExpression")
      .some(
        ({ callee, arguments: [reason] }) => (reason === undefined || isNullish(reason)) && isRejecting(model, callee),
      )
  );
}

/** A variable that was declared without a value. */
function isMaybeUnset(model: Model, node: Node): boolean {
  const [definition] = node.type === "Identifier" ? (model.variableOf(node)?.defs ?? []) : [];
  return definition?.type === "Variable" && !definition.node.init;
}

/** The `reject` of a promise, under whatever name an executor gives it. */
function isRejecting(model: Model, callee: Node): boolean {
  const name = callee.type === "MemberExpression" ? callee.property : callee;
  const [definition] = name.type === "Identifier" ? (model.variableOf(name)?.defs ?? []) : [];
  const owner = definition?.type === "Parameter" ? (definition.node as Node) : undefined;
  const isExecutor = owner !== undefined && isFunction(owner) && model.parentOf(owner)?.type === "NewExpression";
  return name.type === "Identifier" && (name.name === "reject" || (isExecutor && owner.params[1] === definition?.name));
}

/** True for an expression that gives a string. */
export function isText(node: Node): boolean {
  return (
    (node.type === "Literal" && typeof node.value === "string") ||
    node.type === "TemplateLiteral" ||
    (node.type === "BinaryExpression" && node.operator === "+" && (isText(node.left) || isText(node.right)))
  );
}

/** True when what the file itself throws or rejects with is an error each time; what only passes through counts as one. */
function throwsErrorsOnly(model: Model): boolean {
  const isPassedOn = (node: Node): boolean => {
    const [definition] = node.type === "Identifier" ? (model.variableOf(node)?.defs ?? []) : [];
    return definition?.type === "Parameter" || definition?.type === "CatchClause";
  };
  const thrown = model.nodes("ThrowStatement").map(({ argument }) => argument);
  const rejected = model
    .nodes("CallExpression")
    .filter(({ callee }) => isRejecting(model, callee))
    .flatMap(({ arguments: [reason] }) => reason ?? []);
  return [...thrown, ...rejected].every((node) => isPassedOn(node) || errorKindOf(model, node) === "error");
}

/** A text made of an error: `error.message`, `error.toString()`, `String(error)`, `JSON.stringify({ … })`. */
function isTextOfError(model: Model, node: Node): boolean {
  const isError = (object: Node): boolean => errorKindOf(model, object) === "error" && throwsErrorsOnly(model);
  if (node.type === "MemberExpression") {
    return staticName(node) === "message" && isError(node.object);
  }
  if (node.type === "LogicalExpression") {
    return node.operator === "||" && isTextOfError(model, node.left) && isText(node.right);
  }
  if (node.type !== "CallExpression") {
    return false;
  }
  const [value, ...others] = node.arguments;
  if (model.isGlobal(node.callee, "String")) {
    return true;
  }
  if (node.callee.type !== "MemberExpression") {
    return false;
  }
  const { object } = node.callee;
  switch (staticName(node.callee)) {
    case "toString":
      return value === undefined && isError(object);
    case "stringify":
      return (
        model.isGlobal(object, "JSON") &&
        others.length === 0 &&
        value !== undefined &&
        (value.type === "ObjectExpression" || isError(value))
      );
    default:
      return false;
  }
}

/** `Error("…")` without `new`. */
function isErrorCall(model: Model, node: Node): boolean {
  return (
    node.type === "CallExpression" &&
    node.callee.type === "Identifier" &&
    ERROR_CLASSES.has(node.callee.name) &&
    model.isGlobal(node.callee, node.callee.name)
  );
}

/** A new error: `new Error()`, `Error()`, one with fields, or what a function of the file makes. */
function isNewError(model: Model, node: Node, isCalled = false): boolean {
  if (node.type === "NewExpression" || isErrorCall(model, node)) {
    return true;
  }
  if (node.type !== "CallExpression") {
    return false;
  }
  const { callee, arguments: parts } = node;
  if (callee.type === "MemberExpression") {
    const isAssign = model.isGlobal(callee.object, "Object") && staticName(callee) === "assign";
    return isAssign && parts[0] !== undefined && isNewError(model, parts[0], isCalled);
  }
  const target = isCalled ? undefined : localFunctionOf(model, callee);
  const isEnded = target?.body.type !== "BlockStatement" || target.body.body.at(-1)?.type === "ReturnStatement";
  const results = target === undefined || target.async === true || !isEnded ? [] : returnsOf(target);
  return results.length > 0 && results.every((result) => isNewError(model, result, true));
}

/** `e instanceof Error ? e : new Error(e)`, `e || new Error("…")`: an error whichever way it goes. */
function isAlwaysError(model: Model, node: Node): boolean {
  if (node.type === "LogicalExpression") {
    return node.operator !== "&&" && errorKindOf(model, node.right) === "error";
  }
  if (node.type !== "ConditionalExpression" || errorKindOf(model, node.alternate) !== "error") {
    return false;
  }
  const { test, consequent } = node;
  const isChecked = test.type === "BinaryExpression" && test.operator === "instanceof";
  return (
    errorKindOf(model, consequent) === "error" || (isChecked && model.textOf(test.left) === model.textOf(consequent))
  );
}

/** Tells what a callback gets as its error. A caught error counts as one unless the file throws nothing somewhere. */
export function errorKindOf(model: Model, error: Node | undefined): ErrorKind {
  if (error === undefined || isNullish(error)) {
    return "absent";
  }
  if (isNewError(model, error)) {
    return "error";
  }
  if (error.type === "ObjectExpression") {
    return "object";
  }
  if (isText(error) || isTextOfError(model, error)) {
    return "text";
  }
  if (isAlwaysError(model, error)) {
    return "error";
  }
  const variable = error.type === "Identifier" ? model.variableOf(error) : undefined;
  const [definition] = variable?.defs ?? [];
  if (variable === undefined || definition === undefined || !isConstant(variable)) {
    return "unknown";
  }
  if (definition.type === "CatchClause") {
    if (definition.node.param !== definition.name) {
      return "unknown";
    }
    return throwsNothing(model) ? "unknown" : "error";
  }
  const init = definition.type === "Variable" ? definition.node.init : null;
  return init ? errorKindOf(model, init) : "unknown";
}

/** The call in a `catch` that does nothing but hand its error on, to the callback as it seems; undefined in others. */
export function forwardingCall(model: Model, clause: ESTree.CatchClause): ESTree.SimpleCallExpression | undefined {
  const [statement, ...others] = clause.body.body.filter((candidate) => !isInert(model, candidate));
  const whole =
    statement?.type === "ExpressionStatement"
      ? statement.expression
      : statement?.type === "ReturnStatement"
        ? statement.argument
        : null;
  const call = whole?.type === "AwaitExpression" ? whole.argument : whole;
  const isForwarding =
    others.length === 0 &&
    call?.type === "CallExpression" &&
    clause.param?.type === "Identifier" &&
    call.arguments[0]?.type === "Identifier" &&
    model.variableOf(call.arguments[0]) === model.variableOf(clause.param) &&
    errorKindOf(model, call.arguments[0]) === "error";
  return isForwarding ? call : undefined;
}
