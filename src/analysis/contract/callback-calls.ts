import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { callbackFunctionOf } from "../../platform/callback-functions.ts";
import type { CallbackFunction } from "../../platform/callback-functions.ts";
import { importedPath } from "../code/names.ts";
import type { Model } from "../code/model.ts";
import { bareExpression, bodyPartsOf, isFunction } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { mentions } from "../control/chains.ts";
import { catchAround, isLastIn } from "../control/continuation.ts";
import { nodeCallbackOf } from "../control/node-callbacks.ts";
import type { NodeCallback } from "../control/node-callbacks.ts";
import { isSettleCall } from "./chain-handlers.ts";
import type { ChainContext } from "./chain-handlers.ts";

/** A callback that is the handler's own, or does nothing but call it. */
interface PassedCallback {
  /** What is handed on besides the error. */
  readonly passes: "result" | "nothing";
}

/** A call of a function that takes a callback last, as a statement, which answers by way of that callback. */
export interface CallbackCall {
  readonly statement: ESTree.ExpressionStatement | ESTree.ReturnStatement;
  readonly call: ESTree.SimpleCallExpression;
  readonly callback: NodeCallback | PassedCallback;
  readonly how: CallbackFunction;
  /** The module itself, which has the function under the same name in its `promises`; undefined for a name taken from it. */
  readonly module: Node | undefined;
}

/** A statement of the function as the call of one of Node's functions, or a package's, that answers by its callback. */
export function callbackCallOf(
  context: ChainContext,
  statement: ESTree.ExpressionStatement | ESTree.ReturnStatement,
): CallbackCall | undefined {
  const { model, owner, settling } = context;
  const call = bareExpression(statement);
  if (call?.type !== "CallExpression" || call.optional || call.callee.type === "Super") {
    return undefined;
  }
  const path = importedPath(model, call.callee);
  const how = path === undefined ? undefined : callbackFunctionOf(path.source, path.path);
  const last = call.arguments.at(-1);
  if (how === undefined || last === undefined || !mentions(model, last, settling)) {
    return undefined;
  }
  const isPlain = call.arguments.every(
    (argument) => argument.type !== "SpreadElement" && (argument === last || !mentions(model, argument, settling)),
  );
  const callback = isPlain ? (passedCallback(context, last) ?? nodeCallbackOf(model, last)) : undefined;
  if (callback === undefined || model.functionOf(statement) !== owner) {
    return undefined;
  }
  if (how.mayBeAtOnce && !isLastIn(model, statement, owner)) {
    return undefined;
  }
  const module = call.callee.type === "MemberExpression" ? call.callee.object : undefined;
  return { statement, call, callback, how, module };
}

/** `callback`, `(error, result) => callback(error, result)` and `(error) => callback(error)`. */
function passedCallback(context: ChainContext, node: Node): PassedCallback | undefined {
  const { model, callback } = context;
  if (model.variableOf(node) === callback) {
    return { passes: "result" };
  }
  if (!isFunction(node) || node.generator === true) {
    return undefined;
  }
  const [only, ...others] = bodyPartsOf(node);
  const call = bareExpression(only);
  if (others.length > 0 || !isSettleCall(context, call)) {
    return undefined;
  }
  const [first, second, ...more] = call.arguments.map((argument) => model.variableOf(argument));
  const [error, result] = node.params.map((name) => (name.type === "Identifier" ? model.variableOf(name) : undefined));
  const isPassed = error !== undefined && first === error && more.length === 0;
  const isResult = call.arguments.length === 2 && result !== undefined && second === result;
  return isPassed && (isResult || call.arguments.length === 1)
    ? { passes: isResult ? "result" : "nothing" }
    : undefined;
}

/**
 * True when an argument that the function refuses may come to show: V1 threw then, and what takes errors of the call
 * gets this one too when it is waited for.
 */
export function maySeeArgumentErrors(
  context: ChainContext & { readonly overheardAt: Node | undefined },
  { call, callback, statement }: CallbackCall,
): boolean {
  const { model, owner, overheardAt } = context;
  const isForwarded = !("error" in callback) || isForwarding(model, callback, new Set([context.callback]));
  const isUnheard = overheardAt === undefined && catchAround(model, statement, owner) === undefined;
  return !(isForwarded && isUnheard) && !call.arguments.slice(0, -1).every((argument) => isGiven(argument));
}

/** True for a value that stands in the code, which worked with it in V1. */
function isGiven(node: Node): boolean {
  return (
    node.type === "Literal" ||
    node.type === "TemplateLiteral" ||
    (node.type === "ObjectExpression" &&
      node.properties.every((property) => property.type === "Property" && isGiven(property.value)))
  );
}

/** True when the error is handed on to one of the callbacks as it is, and nothing else happens. */
export function isForwarding(
  model: Model,
  { failed, error, before }: NodeCallback,
  callbacks: ReadonlySet<Variable>,
): boolean {
  const [first, ...others]: readonly Node[] = failed.type === "BlockStatement" ? failed.body : [failed];
  const call = bareExpression(first);
  const isAlone = before.length === 0 && others.every((other) => other.type === "ReturnStatement" && !other.argument);
  const answered = call?.type === "CallExpression" ? model.variableOf(call.callee) : undefined;
  const isAnswer = isAlone && answered !== undefined && callbacks.has(answered);
  const given = isAnswer && call?.type === "CallExpression" ? call.arguments[0] : undefined;
  return given?.type === "Identifier" && model.variableOf(given) === model.variableOf(error);
}
