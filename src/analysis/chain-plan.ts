import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { isFunction, isNullish, staticName, walk } from "./ast.ts";
import type { FunctionNode, Node } from "./ast.ts";
import { isInlinable, mentions, returnsOf } from "./chains.ts";
import type { Chain, ChainLink } from "./chains.ts";
import { catchAround, continuationOf } from "./continuation.ts";
import { cannotThrow, isPure } from "./effects.ts";
import { throwsNothing } from "./error-kind.ts";
import type { Model } from "./model.ts";
import { isConstant, readsOf } from "./modules.ts";

/** A handler of a chain: a function whose statements take its place, or a name that is called. */
export type ChainHandler =
  | { readonly kind: "inline"; readonly node: FunctionNode }
  | { readonly kind: "call"; readonly node: Node };

/** A link with its handlers told apart. */
export interface UnrolledLink {
  readonly fulfilled: ChainHandler | undefined;
  readonly rejected: ChainHandler | undefined;
  readonly finalizer: ChainHandler | undefined;
}

/** How a chain is written with `await` and `try`. */
export interface ChainPlan {
  readonly chain: Chain;
  /** What is waited for: the chain up to the first link that knows the callback. */
  readonly prefix: Node;
  /** The prefix once more, as the promise that it begins with and the named functions that its links call. */
  readonly calls: { readonly promise: Node; readonly functions: readonly Node[] };
  readonly links: readonly UnrolledLink[];
  /** The promise must be made outside of the `try`, whose `catch` may not see what making it throws. */
  readonly isPending: boolean;
  /** Statements that run while the promise is pending: the chain is written behind the last of them. */
  readonly meanwhile: readonly Node[];
  /** One of these statements may fail, and nobody waits for the promise then. */
  readonly isRisky: boolean;
  /** The statement was a `return`, and code stands behind it that must not run now. */
  readonly mustLeave: boolean;
  /** The floating chain may reject without having called back, so that V1 hangs and the unrolled one does not. */
  readonly mayReject: boolean;
}

interface Context {
  readonly model: Model;
  readonly owner: FunctionNode;
  readonly callback: Variable;
}

function isSettleCall({ model, callback }: Context, node: Node | null | undefined): node is ESTree.SimpleCallExpression {
  return node?.type === "CallExpression" && model.variableOf(node.callee) === callback;
}

/** The handler of a link; `none` for what a promise passes over, undefined for what is not understood. */
function handlerOf({ model, callback }: Context, node: Node | undefined): ChainHandler | "none" | undefined {
  if (node === undefined || isNullish(node)) {
    return "none";
  }
  if (isFunction(node)) {
    return isInlinable(model, node) ? { kind: "inline", node } : undefined;
  }
  const variable = node.type === "Identifier" ? model.variableOf(node) : undefined;
  const [definition] = variable?.defs ?? [];
  const init = definition?.type === "Variable" ? definition.node.init : null;
  // A name that holds no function would be passed over by the promise.
  const isKnown = variable === callback || definition?.type === "FunctionName" || (init && isFunction(init));
  return variable !== undefined && isKnown && isConstant(variable) ? { kind: "call", node } : undefined;
}

function unroll(context: Context, { method, handlers }: ChainLink): UnrolledLink | undefined {
  if (handlers.length > (method === "then" ? 2 : 1)) {
    return undefined;
  }
  const first = handlerOf(context, handlers[0]);
  const second = handlerOf(context, handlers[1]);
  if (first === undefined || second === undefined) {
    return undefined;
  }
  const [one, two] = [first, second].map((handler) => (handler === "none" ? undefined : handler));
  return {
    fulfilled: method === "then" ? one : undefined,
    rejected: method === "then" ? two : method === "catch" ? one : undefined,
    finalizer: method === "finally" ? one : undefined,
  };
}

function isKnownShape(links: readonly UnrolledLink[]): boolean {
  return links.every(({ fulfilled, rejected, finalizer }) => fulfilled !== undefined || rejected !== undefined || finalizer !== undefined);
}

/** The last statement of a handler when it is a `return`, and all other `return`s: those that leave early. */
function exitsOf(model: Model, { node }: { readonly node: FunctionNode }): {
  last: ESTree.ReturnStatement | undefined;
  early: ESTree.ReturnStatement[];
} {
  const returns = returnsOf(model, node);
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

/** True when a later link runs whether or not this one's handlers return. */
export function isFollowed(links: readonly UnrolledLink[], index: number): boolean {
  return links.slice(index + 1).some(({ fulfilled }) => fulfilled !== undefined);
}

function mayLeaveEarly(context: Context, link: UnrolledLink, hasNext: boolean): boolean | undefined {
  let leaves = link.rejected !== undefined && link.fulfilled !== undefined && !hasNext;
  for (const handler of [link.fulfilled, link.rejected, link.finalizer]) {
    if (handler?.kind !== "inline") {
      continue;
    }
    const { early } = exitsOf(context.model, handler);
    const isHarmless = early.every(
      ({ argument }) => argument === null || argument === undefined || isSettleCall(context, argument) || isPure(context.model, argument),
    );
    if (early.length > 0 && (!isHarmless || hasNext || handler === link.finalizer)) {
      return undefined;
    }
    leaves ||= early.length > 0;
  }
  return leaves;
}

/** True when the next handler that runs on success takes the value. */
export function takesValue(link: UnrolledLink | undefined): boolean {
  const handler = link?.fulfilled;
  return handler !== undefined && (handler.kind === "call" || handler.node.params.length > 0);
}

/** True when every handler whose value the next one takes has one that can be told. */
function valuesFlow(context: Context, links: readonly UnrolledLink[]): boolean {
  return links.every((link, index) => {
    const isTaken = takesValue(links.slice(index + 1).find(({ finalizer }) => finalizer === undefined));
    const handlers = [link.fulfilled, link.rejected].filter((handler) => handler?.kind === "inline");
    return !isTaken || handlers.every((handler) => exitsOf(context.model, handler).early.length === 0);
  });
}

function isCallbackCall({ model, callback }: Context, handler: ChainHandler): boolean {
  return handler.kind === "call" && model.variableOf(handler.node) === callback;
}

/** True when a handler can do nothing but call back: it raises no error of its own. */
function isQuiet(context: Context, handler: ChainHandler): boolean {
  if (handler.kind === "call") {
    return isCallbackCall(context, handler);
  }
  const isQuietCall = (node: Node): boolean =>
    isPure(context.model, node) ||
    (node.type === "ConditionalExpression" && !hasCalls(context.model, node.test) && isQuietCall(node.consequent) && isQuietCall(node.alternate)) ||
    isSettleCall(context, node) && node.arguments.every((argument) => !hasCalls(context.model, argument));
  const { body } = handler.node;
  return body.type === "BlockStatement"
    ? body.body.every(
        (statement) =>
          (statement.type === "ExpressionStatement" && isQuietCall(statement.expression)) ||
          (statement.type === "ReturnStatement" && (!statement.argument || isQuietCall(statement.argument))) ||
          cannotThrow(context.model, statement),
      )
    : isQuietCall(body);
}

function hasCalls(model: Model, node: Node): boolean {
  let found = false;
  const mayBeNothing = throwsNothing(model);
  walk(node, (current) => {
    found ||= current.type === "MemberExpression" && mayBeNothing;
    const isError = current.type === "NewExpression" && current.callee.type === "Identifier" && /Error$/u.test(current.callee.name);
    found ||= /^(?:Call|Await|New|TaggedTemplate|Yield)Expression$/u.test(current.type) && !isError;
    return !found && !isFunction(current);
  });
  return found;
}

/** True when a `catch` handler hands its error to the callback as it is, and does nothing else. */
function forwards(context: Context, handler: ChainHandler): boolean {
  if (handler.kind === "call") {
    return isCallbackCall(context, handler);
  }
  const { body, params } = handler.node;
  const [parameter] = params;
  const [statement, ...others] = body.type === "BlockStatement" ? body.body : [body];
  const call =
    statement?.type === "ExpressionStatement" ? statement.expression : statement?.type === "ReturnStatement" ? statement.argument : statement;
  const [error, value] = isSettleCall(context, call) ? call.arguments : [];
  return (
    others.length === 0 &&
    parameter?.type === "Identifier" &&
    error?.type === "Identifier" &&
    context.model.variableOf(error) === context.model.variableOf(parameter) &&
    (value === undefined || isPure(context.model, value))
  );
}

const METHODS = /^(?:then|catch|finally)$/u;

/** True when evaluating the expression that makes the promise can't throw: its errors all come as rejections. */
function rejectsOnly(context: Context, node: Node): boolean {
  if (node.type === "Identifier") {
    return context.model.variableOf(node) !== undefined;
  }
  if (node.type === "CallExpression" && node.callee.type === "MemberExpression" && METHODS.test(staticName(node.callee) ?? "")) {
    return rejectsOnly(context, node.callee.object) && node.arguments.every((argument) => isPure(context.model, argument));
  }
  const { model } = context;
  if (node.type !== "CallExpression" || node.callee.type !== "Identifier" || !node.arguments.every((argument) => isPure(model, argument))) {
    return false;
  }
  const definition = model.variableOf(node.callee)?.defs[0]?.node as Node | undefined;
  const target = definition?.type === "VariableDeclarator" ? definition.init : definition;
  return model.isGlobal(node.callee, "fetch") || (target !== null && target !== undefined && isFunction(target) && target.async === true);
}

/** True when a statement neither waits nor leaves the function: it has run before any handler of a promise does. */
function runsAtOnce(statement: Node): boolean {
  let isAtOnce = true;
  walk(statement, (node) => {
    isAtOnce &&= !/^(?:Return|Break|Continue)Statement$|^(?:Await|Yield)Expression$/u.test(node.type);
    return isAtOnce && !isFunction(node);
  });
  return isAtOnce;
}

/** True when the promise of the whole chain may reject. */
function mayReject(context: Context, links: readonly UnrolledLink[]): boolean {
  const isLoud = (handler: ChainHandler | undefined): boolean => handler !== undefined && !isQuiet(context, handler);
  return links.reduce((rejects, { fulfilled, rejected, finalizer }) => {
    const isHandled = rejected !== undefined;
    return (rejects && (!isHandled || isLoud(rejected))) || isLoud(fulfilled) || isLoud(finalizer);
  }, true);
}

/** Where the chain stands: undefined when waiting for it there would change what else happens. */
function meanwhileOf(context: Context, chain: Chain, cannotReject: boolean): readonly Node[] | undefined {
  const { model, owner } = context;
  const { statement, mode } = chain;
  if (mode === "awaited") {
    return [];
  }
  const { after, repeats } = continuationOf(model, statement, owner, mode === "returned" ? "return" : "fall", () => false);
  const isCaught = catchAround(model, statement, owner) !== undefined;
  if (repeats || (isCaught && !cannotReject)) {
    return undefined;
  }
  const isMovable = model.parentOf(statement) === owner.body && after.every((node) => runsAtOnce(node));
  return after.length === 0 || isMovable ? after : undefined;
}

/** Plans the unrolling of a chain that knows the callback; undefined when it must stay a chain. */
export function planChain(model: Model, owner: FunctionNode, callback: Variable, chain: Chain): ChainPlan | undefined {
  const context = { model, owner, callback };
  const first = chain.links.findIndex(({ handlers }) => handlers.some((handler) => mentions(model, handler, callback)));
  if (first === -1 || mentions(model, chain.base, callback)) {
    return undefined;
  }
  const prefix = chain.links[first - 1]?.call ?? chain.base;
  const links = chain.links.slice(first).flatMap((link) => unroll(context, link) ?? []);
  if (links.length !== chain.links.length - first || !isKnownShape(links) || !valuesFlow(context, links)) {
    return undefined;
  }
  const leaves = links.map((link, index) => mayLeaveEarly(context, link, isFollowed(links, index)));
  const rejected = links.find((link) => link.rejected !== undefined)?.rejected;
  const cannotReject = !mayReject(context, links);
  const meanwhile = meanwhileOf(context, chain, cannotReject);
  if (leaves.includes(undefined) || meanwhile === undefined) {
    return undefined;
  }
  const isLeaving = chain.statement.type === "ReturnStatement" || endsFunction(context, chain);
  const mustStayInOrder = chain.mode === "awaited" && !isLeaving;
  if (mustStayInOrder && (leaves.includes(true) || links.some((link) => startsMore(context, link)))) {
    return undefined;
  }
  const isRisky = !meanwhile.every((node) => cannotThrow(model, node));
  // What an async function throws is heard a few turns later, and the promise may be faster.
  if (isRisky && owner.async === true) {
    return undefined;
  }
  // An error that is forwarded and an error that is thrown come to the same, when nothing else handles errors.
  const isForwarding =
    rejected !== undefined && links.at(-1)?.rejected === rejected && forwards(context, rejected) && links.every((link) => !link.finalizer);
  const hasTry = links.some((link) => link.rejected !== undefined || link.finalizer !== undefined);
  const isCaught = catchAround(model, chain.statement, owner) !== undefined;
  return {
    chain,
    prefix,
    calls: namedCalls(context, chain, first),
    links,
    isPending: meanwhile.length > 0 || (hasTry && !rejectsOnly(context, prefix) && !(isForwarding && !isCaught && isLeaving)),
    meanwhile,
    isRisky,
    mustLeave: chain.statement.type === "ReturnStatement" && !endsFunction(context, chain),
    mayReject: chain.mode === "floating" && !cannotReject,
  };
}

/** `load().then(parse)` as `parse(await load())`: the links right in front of the first unrolled one. */
function namedCalls(context: Context, chain: Chain, first: number): ChainPlan["calls"] {
  let start = first;
  const functions: Node[] = [];
  for (let link = chain.links[start - 1]; link !== undefined; link = chain.links[start - 1]) {
    const [handler, ...others] = link.handlers;
    const isNamed = handler?.type === "Identifier" && handlerOf(context, handler) !== undefined && others.length === 0;
    if (link.method !== "then" || !isNamed || isNullish(handler)) {
      break;
    }
    functions.unshift(handler);
    start -= 1;
  }
  return { promise: chain.links[start - 1]?.call ?? chain.base, functions };
}

/** True when a handler starts something with the callback that nobody waits for: it races with what comes next. */
function startsMore({ model, callback }: Context, link: UnrolledLink): boolean {
  return [link.fulfilled, link.rejected, link.finalizer].some((handler) => {
    if (handler?.kind !== "inline") {
      return false;
    }
    return readsOf(callback).some((read) => {
      let node: Node | null = read;
      let isNested = false;
      while (node !== null && node !== handler.node) {
        isNested ||= isFunction(node);
        if (isNested && (node.type === "ReturnStatement" || node.type === "AwaitExpression")) {
          return false;
        }
        node = model.parentOf(node);
      }
      return node === handler.node && isNested && handler.node.body.type === "BlockStatement";
    });
  });
}

/** True when nothing runs behind the statement, were it no `return`. */
function endsFunction({ model, owner }: Context, { statement }: Chain): boolean {
  const { after, repeats } = continuationOf(model, statement, owner, "fall", () => false);
  return after.length === 0 && !repeats;
}

