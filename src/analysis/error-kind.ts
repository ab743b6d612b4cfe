import type * as ESTree from "estree";
import { isFunction, isNullish } from "./ast.ts";
import type { Node } from "./ast.ts";
import { ERROR_CLASSES, isInert } from "./effects.ts";
import type { Model } from "./model.ts";
import { isConstant } from "./modules.ts";

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

/** `Error("…")` without `new`. */
function isErrorCall(model: Model, node: Node): boolean {
  return (
    node.type === "CallExpression" &&
    node.callee.type === "Identifier" &&
    ERROR_CLASSES.has(node.callee.name) &&
    model.isGlobal(node.callee, node.callee.name)
  );
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
  if (error.type === "NewExpression" || isErrorCall(model, error)) {
    return "error";
  }
  if (error.type === "ObjectExpression") {
    return "object";
  }
  if (isText(error)) {
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
