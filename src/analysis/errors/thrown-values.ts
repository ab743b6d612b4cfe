import type * as ESTree from "estree";
import { errorClasses } from "../code/builtins.ts";
import { callOf } from "../code/called.ts";
import { isFunction, isNullish, rangeOf, staticName } from "../code/tree.ts";
import type { Node, Range } from "../code/tree.ts";
import { classOf } from "../code/members.ts";
import { catchAround } from "../control/continuation.ts";
import type { Handler } from "../code/handler.ts";
import type { Model } from "../code/model.ts";
import { constantOf, isConstant, readsOf } from "../code/bindings.ts";
import { globalPath, isCallOf } from "../code/names.ts";
import { isFetchCall } from "../runtime/fetch-calls.ts";
import { perModel } from "../code/per-model.ts";
import type { Path } from "../values/trace-events.ts";
import { memberStep, PROMISE } from "../values/trace-path.ts";
import { isCaught } from "../values/origins.ts";
import { valuesOf } from "../values/values-of.ts";
import type { Knowledge, Value } from "../values/values-of-types.ts";

/** What a value certainly is, when it is no error. */
export type PlainKind =
  "text" | "object" | "array" | "number" | "boolean" | "nothing" | "response" | "function" | "class" | "promise";

/** A place that fails with something that is certainly no error. */
export interface ThrownValue {
  /** `throw x`, `reject(x)`, or the V1 callback. */
  readonly how: "throw" | "reject" | "callback";
  readonly kind: PlainKind;
  /** The value; undefined for `reject()`. */
  readonly value: Node | undefined;
  readonly range: Range;
  /** True for what V1's callback takes for success if it is empty: the message of an error. */
  readonly mayBeEmpty?: boolean;
}

/** What values are that are no errors. Nothing that comes from elsewhere is mostly asked for before it is thrown. */
const PLAIN_KINDS: ReadonlyMap<Value["kind"], PlainKind> = new Map([
  ["text", "text"],
  ["object", "object"],
  ["list", "array"],
  ["number", "number"],
  ["boolean", "boolean"],
  ["function", "function"],
  ["class", "class"],
  ["promise", "promise"],
]);

/** What the expression certainly is, or undefined when it may be an error. */
function plainKindOf(model: Model, node: Node): PlainKind | undefined {
  if (isNullish(node)) {
    return "nothing";
  }
  if (isErrorText(model, node)) {
    return "text";
  }
  if (errorClasses.has(globalPath(model, node) ?? "")) {
    return "class";
  }
  const known = knownKindOf(model, node);
  if (known === undefined && (node.type === "LogicalExpression" || node.type === "ConditionalExpression")) {
    const branches = node.type === "LogicalExpression" ? [node.left, node.right] : [node.consequent, node.alternate];
    const kinds = new Set(branches.map((branch) => plainKindOf(model, branch)));
    return kinds.size === 1 ? [...kinds][0] : undefined;
  }
  return known ?? (isPlainInstance(model, node) ? "object" : undefined);
}

/** What all values of an expression are. */
function knownKindOf(model: Model, node: Node): PlainKind | undefined {
  const kinds = new Set(
    valuesOf(model, node, knowledge(model)).map((value) =>
      value.kind === "known" ? value.what : PLAIN_KINDS.get(value.kind),
    ),
  );
  return kinds.size === 1 ? [...kinds][0] : undefined;
}

/** `new Failure()` of a class of the file that extends nothing, unless the file asks for it where it catches errors. */
function isPlainInstance(model: Model, node: Node): boolean {
  const made = node.type === "NewExpression" ? classOf(model, node.callee) : undefined;
  const isAsked = model
    .nodes("BinaryExpression")
    .some(({ operator, right }) => operator === "instanceof" && classOf(model, right) === made);
  return made !== undefined && !made.superClass && !isAsked;
}

/** Members of a response that are no errors. */
const RESPONSE_MEMBERS: ReadonlyMap<string, PlainKind> = new Map([
  [memberStep("status"), "number"],
  [memberStep("statusText"), "text"],
]);

/** What of values from elsewhere is no error: responses, and the texts in which an error tells what happened. */
const madeKnowledge = perModel((model): Knowledge<PlainKind> => (made, path) => {
  const [first, second, ...others] = path;
  if (!isFetchCall(model, made) || first !== PROMISE || others.length > 0) {
    return undefined;
  }
  return second === undefined ? "response" : RESPONSE_MEMBERS.get(second);
});

/** What the methods of a response give that read its body. */
const BODIES: ReadonlyMap<string, PlainKind> = new Map([
  ["json", "object"],
  ["text", "text"],
]);

const knowledge = perModel(
  (model): Knowledge<PlainKind> =>
    (made, path) =>
      bodyKind(model, made, path) ?? madeKnowledge(model)(made, path),
);

/** What `response.json()` and its like give. */
function bodyKind(model: Model, made: Node, path: Path): PlainKind | undefined {
  const read = made.type === "CallExpression" && made.callee.type === "MemberExpression" ? made.callee : undefined;
  const kind = read === undefined ? undefined : BODIES.get(staticName(read) ?? "");
  if (read === undefined || kind === undefined || path.join() !== PROMISE) {
    return undefined;
  }
  const values = valuesOf(model, read.object, madeKnowledge(model));
  return values.every((value) => value.kind === "known" && value.what === "response") ? kind : undefined;
}

const ERROR_TEXTS: ReadonlySet<string> = new Set(["message", "stack"]);

/** `error.message` of what a `catch` has caught, also where a pattern takes it. */
function isErrorText(model: Model, node: Node): boolean {
  if (node.type === "CallExpression") {
    const [first] = node.arguments;
    const isText = node.callee.type === "MemberExpression" && staticName(node.callee) === "toString";
    const shown = isText && node.callee.type === "MemberExpression" ? node.callee.object : first;
    return shown !== undefined && (isText || isCallOf(model, node, "String")) && isCaught(model, shown);
  }
  const isMember = node.type === "MemberExpression";
  if (!ERROR_TEXTS.has((isMember ? staticName(node) : takenName(model, node)) ?? "")) {
    return false;
  }
  return isCaught(model, isMember ? node.object : node);
}

/** The name that a pattern takes for a variable: `message` of `({ message: text }) => …`. */
function takenName(model: Model, node: Node): string | undefined {
  const [definition] = node.type === "Identifier" ? (constantOf(model, node)?.defs ?? []) : [];
  const property = definition === undefined ? null : model.parentOf(definition.name);
  return property?.type === "Property" && property.value === definition?.name ? staticName(property) : undefined;
}

/** True when V1 certainly takes the value for an error: an empty text or zero is none for it. */
function isTruthy(model: Model, node: Node): boolean {
  return valuesOf(model, node).every((value) => {
    switch (value.kind) {
      case "text":
        return value.parts.some((part) => typeof part === "string" && part !== "");
      case "number":
      case "boolean":
        return Boolean(value.value);
      default:
        return /^(?:object|list|function|class|promise)$/u.test(value.kind);
    }
  });
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
  return reads.flatMap((read) => callOf(model, read) ?? []);
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
    if (value === undefined || kind === undefined) {
      return [];
    }
    const isSure = isTruthy(model, value);
    return isSure || isErrorText(model, value)
      ? [{ how: "callback", kind, value, range: rangeOf(value), mayBeEmpty: !isSure }]
      : [];
  });
  return [...thrown, ...rejected, ...handed];
}
