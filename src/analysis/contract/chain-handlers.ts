import type * as ESTree from "estree";
import type { Variable } from "eslint-scope";
import { bareExpression, bodyPartsOf, isFunction, isNullish, walk } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { isInlinable } from "../control/chains.ts";
import { localFunctionOf, returnStatementsOf, returnsOf } from "../code/functions.ts";
import type { ChainLink } from "../control/chains.ts";
import { cannotThrow, isConsoleCall, isInert, isPure } from "../code/effects.ts";
import { mayBeAbsent } from "../errors/reason-set.ts";
import { caughtReasons } from "../errors/reasons.ts";
import type { Model } from "../code/model.ts";
import { globalPath } from "../code/names.ts";
import { plainFunctions } from "../values/no-promise.ts";
import { isConstant } from "../code/bindings.ts";

/** A handler of a chain: a function whose statements take its place, or a name that is called. */
export type ChainHandler =
  { readonly kind: "inline"; readonly node: FunctionNode } | { readonly kind: "call"; readonly node: Node };

/** A link, with each of its handlers by what it handles. */
export interface UnrolledLink {
  readonly fulfilled: ChainHandler | undefined;
  readonly rejected: ChainHandler | undefined;
  readonly finalizer: ChainHandler | undefined;
}

export interface ChainContext {
  readonly model: Model;
  readonly owner: FunctionNode;
  /** What the owner fails with is what the handler fails with: it is the handler, or all its calls are `return help()`. */
  readonly failsForHandler: boolean;
  /** Nothing runs behind the calls of the owner: it may take as long as it likes. */
  readonly isLast: boolean;
  readonly callback: Variable;
  /** The callback, and the functions of the file that call it for others. */
  readonly settling: ReadonlySet<Variable>;
}

export function isSettleCall(
  { model, callback }: ChainContext,
  node: Node | null | undefined,
): node is ESTree.SimpleCallExpression {
  return node?.type === "CallExpression" && model.variableOf(node.callee) === callback;
}

/** True for a call of a callback, or of a function of the file that answers by one and gives nothing to wait for. */
export function isAnswer(
  context: ChainContext,
  node: Node | null | undefined,
  seen: ReadonlySet<FunctionNode> = new Set(),
): boolean {
  const { model, settling } = context;
  const variable = node?.type === "CallExpression" ? model.variableOf(node.callee) : undefined;
  if (node?.type !== "CallExpression" || variable === undefined || !settling.has(variable)) {
    return false;
  }
  const helper = localFunctionOf(model, node.callee);
  if (helper === undefined) {
    return true;
  }
  const isPlain = helper.async !== true && helper.generator !== true && !seen.has(helper);
  return (
    isPlain &&
    returnsOf(model, helper).every(
      (value) => isPure(model, value) || isAnswer(context, value, new Set([...seen, helper])),
    )
  );
}

/** The handler of a link; `none` for what a promise passes over, undefined for what is not understood. */
export function handlerOf(
  { model, callback }: { readonly model: Model; readonly callback: Variable | undefined },
  node: Node | undefined,
): ChainHandler | "none" | undefined {
  if (node === undefined || isNullish(node)) {
    return "none";
  }
  if (isFunction(node)) {
    return isInlinable(model, node) ? { kind: "inline", node } : undefined;
  }
  if (plainFunctions.has(globalPath(model, node) ?? "")) {
    return { kind: "call", node };
  }
  const variable = node.type === "Identifier" ? model.variableOf(node) : undefined;
  const [definition] = variable?.defs ?? [];
  const init = definition?.type === "Variable" ? definition.node.init : null;
  // A name that holds no function would be passed over by the promise.
  const isKnown = variable === callback || definition?.type === "FunctionName" || (init && isFunction(init));
  return variable !== undefined && isKnown && isConstant(variable) ? { kind: "call", node } : undefined;
}

export function unroll(context: ChainContext, { method, handlers }: ChainLink): UnrolledLink | undefined {
  if (handlers.length > (method === "then" ? 2 : 1)) {
    return undefined;
  }
  const first = handlerOf(context, handlers[0]);
  const second = handlerOf(context, handlers[1]);
  if (first === undefined || second === undefined) {
    return undefined;
  }
  if (method === "finally" && first !== "none" && first.kind === "inline" && first.node.params.length > 0) {
    // It gets nothing for them, and a `finally` has no place to declare them.
    return undefined;
  }
  const [one, two] = [first, second].map((handler) => (handler === "none" ? undefined : handler));
  return {
    fulfilled: method === "then" ? one : undefined,
    rejected: method === "then" ? two : method === "catch" ? one : undefined,
    finalizer: method === "finally" ? one : undefined,
  };
}

/** The last statement of a handler when it is a `return`, and all other `return`s: those that leave early. */
export function exitsOf(
  model: Model,
  { node }: { readonly node: FunctionNode },
): {
  last: ESTree.ReturnStatement | undefined;
  early: ESTree.ReturnStatement[];
} {
  const returns = returnStatementsOf(model, node);
  const final = node.body.type === "BlockStatement" ? node.body.body.at(-1) : undefined;
  const last = final?.type === "ReturnStatement" ? final : undefined;
  return { last, early: returns.filter((statement) => statement !== last) };
}

/** What a handler hands on to the next link: an expression, or nothing that is known. */
export function valueOf(model: Model, handler: ChainHandler | undefined): Node | undefined {
  if (handler?.kind !== "inline") {
    return undefined;
  }
  if (handler.node.body.type !== "BlockStatement") {
    return handler.node.body;
  }
  return exitsOf(model, handler).last?.argument ?? undefined;
}

function isCallbackCall({ model, callback }: ChainContext, handler: ChainHandler): boolean {
  return handler.kind === "call" && model.variableOf(handler.node) === callback;
}

/** True when a handler can do nothing but call back: it raises no error of its own. */
function isQuiet(context: ChainContext, handler: ChainHandler, takesError: boolean): boolean {
  if (handler.kind === "call") {
    const named = namedHelper(context, handler.node);
    return isCallbackCall(context, handler) || (named !== undefined && isQuiet(context, named, takesError));
  }
  // An error has its properties; whatever else was waited for may be nothing.
  const mayFail = (node: Node): boolean => hasCalls(context.model, node, takesError);
  const isPlain = takesError || handler.node.params.every(({ type }) => type === "Identifier");
  const isQuietCall = (node: Node): boolean =>
    isPure(context.model, node) ||
    (node.type === "ConditionalExpression" &&
      !mayFail(node.test) &&
      isQuietCall(node.consequent) &&
      isQuietCall(node.alternate)) ||
    (isSettleCall(context, node) && node.arguments.every((argument) => !mayFail(argument)));
  const { body } = handler.node;
  if (body.type !== "BlockStatement") {
    return isPlain && isQuietCall(body);
  }
  const isQuietStatement = (statement: Node): boolean =>
    (statement.type === "ExpressionStatement" && isQuietCall(statement.expression)) ||
    (statement.type === "ReturnStatement" && (!statement.argument || isQuietCall(statement.argument))) ||
    (statement.type === "ExpressionStatement" &&
      isConsoleCall(context.model, statement.expression) &&
      statement.expression.arguments.every((argument) => !mayFail(argument))) ||
    cannotThrow(context.model, statement);
  return isPlain && body.body.every(isQuietStatement);
}

/** A function of the file that calls back for others, as the handler that its name stands for. */
function namedHelper({ model, settling }: ChainContext, name: Node): ChainHandler | undefined {
  const variable = model.variableOf(name);
  const [definition] = variable?.defs ?? [];
  const declared = definition?.node as Node | undefined;
  const node = declared?.type === "VariableDeclarator" ? declared.init : declared;
  const isPlain = node && isFunction(node) && !node.async && isInlinable(model, node);
  return variable !== undefined && settling.has(variable) && isPlain ? { kind: "inline", node } : undefined;
}

function hasCalls(model: Model, node: Node, takesError: boolean): boolean {
  let found = false;
  const mayBeNothing = !takesError || mayBeAbsent(caughtReasons(model));
  walk(node, (current) => {
    found ||= current.type === "MemberExpression" && mayBeNothing;
    const isError =
      current.type === "NewExpression" && current.callee.type === "Identifier" && /Error$/u.test(current.callee.name);
    found ||= /^(?:Call|Await|New|TaggedTemplate|Yield)Expression$/u.test(current.type) && !isError;
    return !found && !isFunction(current);
  });
  return found;
}

/** True when a `catch` handler hands its error to the callback as it is, and does nothing else. */
export function forwards(context: ChainContext, handler: ChainHandler, mayGive = false): boolean {
  if (handler.kind === "call") {
    return isCallbackCall(context, handler);
  }
  const [parameter] = handler.node.params;
  const isIdle = (part: Node): boolean =>
    isInert(context.model, part) ||
    (mayGive && part.type === "ReturnStatement" && (!part.argument || isPure(context.model, part.argument)));
  const [statement, ...others] = bodyPartsOf(handler.node).filter((part) => !isIdle(part));
  const call = bareExpression(statement);
  const [error, value] = isSettleCall(context, call) ? call.arguments : [];
  return (
    others.length === 0 &&
    parameter?.type === "Identifier" &&
    error?.type === "Identifier" &&
    context.model.variableOf(error) === context.model.variableOf(parameter) &&
    (value === undefined || isPure(context.model, value))
  );
}

/** True when the promise of the whole chain may reject. */
export function mayReject(context: ChainContext, links: readonly UnrolledLink[]): boolean {
  const isLoud = (handler: ChainHandler | undefined, takesError = false): boolean =>
    handler !== undefined && !isQuiet(context, handler, takesError);
  return links.reduce((rejects, { fulfilled, rejected, finalizer }) => {
    const isHandled = rejected !== undefined;
    return (rejects && (!isHandled || isLoud(rejected, true))) || isLoud(fulfilled) || isLoud(finalizer);
  }, true);
}

/** True when the next handler that runs on success takes the value. */
export function takesValue(link: UnrolledLink | undefined): boolean {
  const handler = link?.fulfilled;
  return handler !== undefined && (handler.kind === "call" || handler.node.params.length > 0);
}

/** The handlers of a chain whose statements take their place, in the order of the code. */
export function inlineHandlers(links: readonly UnrolledLink[]): (ChainHandler & { readonly kind: "inline" })[] {
  return links.flatMap(({ fulfilled, rejected, finalizer }) =>
    [fulfilled, rejected, finalizer].filter((handler) => handler?.kind === "inline"),
  );
}
