import type * as ESTree from "estree";
import { isFunction, isNullish, rangeOf, staticName } from "../code/tree.ts";
import type { Node, Range } from "../code/tree.ts";
import { catchAround } from "../control/continuation.ts";
import type { Handler } from "../code/handler.ts";
import type { Model } from "../code/model.ts";
import { isConstant, readsOf } from "../code/bindings.ts";

/** What a value certainly is, when it is no error. */
export type PlainKind = "text" | "object" | "array" | "number" | "boolean" | "nothing";

/** A place that fails with something that is certainly no error. */
export interface ThrownValue {
  /** `throw x`, `reject(x)`, or the V1 callback. */
  readonly how: "throw" | "reject" | "callback";
  readonly kind: PlainKind;
  /** The value; undefined for `reject()`. */
  readonly value: Node | undefined;
  readonly range: Range;
}

/** True for an expression that gives a string. */
function isText(node: Node): boolean {
  return (
    (node.type === "Literal" && typeof node.value === "string") ||
    node.type === "TemplateLiteral" ||
    (node.type === "BinaryExpression" && node.operator === "+" && (isText(node.left) || isText(node.right)))
  );
}

/** What the expression certainly is, or undefined when it may be an error. */
function plainKindOf(model: Model, node: Node): PlainKind | undefined {
  if (isNullish(node)) {
    return "nothing";
  }
  if (isText(node)) {
    return "text";
  }
  switch (node.type) {
    case "ObjectExpression":
      return "object";
    case "ArrayExpression":
      return "array";
    case "Literal":
      return typeof node.value === "number" ? "number" : typeof node.value === "boolean" ? "boolean" : undefined;
    case "ConditionalExpression": {
      const kind = plainKindOf(model, node.consequent);
      return plainKindOf(model, node.alternate) === kind ? kind : undefined;
    }
    case "Identifier": {
      const variable = model.variableOf(node);
      const [definition] = variable?.defs ?? [];
      const isHeld = variable !== undefined && isConstant(variable) && definition?.type === "Variable";
      const { id, init } = isHeld ? definition.node : { id: undefined, init: undefined };
      return id?.type === "Identifier" && init ? plainKindOf(model, init) : undefined;
    }
    default:
      return undefined;
  }
}

/** True when V1 certainly takes the value for an error: an empty text or zero is none for it. */
function isTruthy(model: Model, node: Node): boolean {
  switch (node.type) {
    case "Literal":
      return Boolean(node.value);
    case "TemplateLiteral":
      return node.quasis.some(({ value }) => value.raw !== "");
    case "BinaryExpression":
      return isTruthy(model, node.left) || isTruthy(model, node.right);
    case "ConditionalExpression":
      return isTruthy(model, node.consequent) && isTruthy(model, node.alternate);
    case "Identifier": {
      const definition = model.variableOf(node)?.defs[0];
      const init = definition?.type === "Variable" ? definition.node.init : null;
      return init ? isTruthy(model, init) : false;
    }
    default:
      return node.type === "ObjectExpression" || node.type === "ArrayExpression";
  }
}

/** True when the function catches what it throws itself, and treats it as what it is. */
function isOwnSignal(model: Model, statement: ESTree.ThrowStatement): boolean {
  const owner = model.functionOf(statement);
  const clause = owner === null ? undefined : catchAround(model, statement, owner);
  if (clause === undefined) {
    return false;
  }
  const caught = clause.param?.type === "Identifier" ? model.variableOf(clause.param) : undefined;
  // A pattern takes an error apart, and whoever hands it on or asks for its message takes it for one.
  return clause.param
    ? caught !== undefined && readsOf(caught).every((read) => isComparison(model.parentOf(read)))
    : true;
}

function isComparison(node: Node | null): boolean {
  return node?.type === "BinaryExpression" || node?.type === "SwitchStatement";
}

/** The calls that reject a promise, by `Promise.reject` or by what an executor gets. */
function rejectCalls(model: Model): ESTree.SimpleCallExpression[] {
  return model.nodes("CallExpression").filter((call): call is ESTree.SimpleCallExpression => {
    const { callee } = call;
    if (callee.type === "MemberExpression") {
      return staticName(callee) === "reject" && model.isGlobal(callee.object, "Promise");
    }
    const variable = callee.type === "Identifier" ? model.variableOf(callee) : undefined;
    const [definition] = variable?.defs ?? [];
    const owner = definition?.type === "Parameter" ? (definition.node as Node) : undefined;
    const creation = owner === undefined ? null : model.parentOf(owner);
    return (
      variable !== undefined &&
      isConstant(variable) &&
      owner !== undefined &&
      isFunction(owner) &&
      owner.params[1] === definition?.name &&
      creation?.type === "NewExpression" &&
      creation.arguments[0] === owner &&
      model.isGlobal(creation.callee, "Promise")
    );
  });
}

/** The calls of the handler's own callback, in nested functions too. */
function callbackCalls(model: Model, handler: Handler | undefined): ESTree.SimpleCallExpression[] {
  const variable = handler?.callback?.variable;
  const reads = variable !== undefined && isConstant(variable) ? readsOf(variable) : [];
  return reads.flatMap((read) => {
    const call = model.parentOf(read);
    return call?.type === "CallExpression" && call.callee === read ? [call] : [];
  });
}

/** Finds where a function throws, rejects with, or hands to the V1 callback as its error, what is certainly no error. */
export function findThrownValues(model: Model, handler: Handler | undefined): ThrownValue[] {
  const thrown = model.nodes("ThrowStatement").flatMap((statement): ThrownValue[] => {
    const value = statement.argument;
    const kind = isOwnSignal(model, statement) ? undefined : plainKindOf(model, value);
    return kind === undefined ? [] : [{ how: "throw", kind, value, range: rangeOf(value) }];
  });
  const rejected = rejectCalls(model).flatMap((call): ThrownValue[] => {
    const [value] = call.arguments;
    const kind = value === undefined ? "nothing" : plainKindOf(model, value);
    return kind === undefined ? [] : [{ how: "reject", kind, value, range: rangeOf(value ?? call) }];
  });
  const handed = callbackCalls(model, handler).flatMap(({ arguments: [value] }): ThrownValue[] => {
    const kind = value === undefined ? undefined : plainKindOf(model, value);
    return value === undefined || kind === undefined || !isTruthy(model, value)
      ? []
      : [{ how: "callback", kind, value, range: rangeOf(value) }];
  });
  return [...thrown, ...rejected, ...handed];
}
