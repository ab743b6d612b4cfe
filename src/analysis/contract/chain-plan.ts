import type * as ESTree from "estree";
import { isFunction, isNullish, walk } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import {
  exitsOf,
  forwards,
  handlerOf,
  isAnswer,
  isSettleCall,
  mayReject,
  takesValue,
  unroll,
} from "./chain-handlers.ts";
import type { ChainContext, UnrolledLink } from "./chain-handlers.ts";
import { chainOf, mentions } from "../control/chains.ts";
import type { Chain, ChainLink } from "../control/chains.ts";
import { catchAround, isLastIn, isTried } from "../control/continuation.ts";
import { cannotThrow, isPure } from "../code/effects.ts";
import { forwardingCall } from "../errors/forwarding.ts";
import { ERROR } from "../errors/reason-set.ts";
import { caughtReasons } from "../errors/reasons.ts";
import { readsOf } from "../code/bindings.ts";
import type { Model } from "../code/model.ts";
import { isCallOf } from "../code/names.ts";
import { meanwhileOf } from "./chain-meanwhile.ts";
import { isNoticed } from "./noticed.ts";
import { rejectsOnly } from "./promise-making.ts";

/** How a chain is written with `await` and `try`. */
export interface ChainPlan {
  readonly chain: Chain;
  /** What is waited for: the chain up to the first link that knows the callback. */
  readonly prefix: Node;
  /** The prefix once more, as the promise that it begins with and the named functions that its links call. */
  readonly calls: { readonly promise: Node; readonly functions: readonly Node[] };
  readonly links: readonly UnrolledLink[];
  /** A chain that the last handler in front of a `catch` leaves alone: its errors are not for that `catch`. */
  readonly inner: Chain | undefined;
  /** The promise must be made outside of the `try`, whose `catch` may not see what making it throws. */
  readonly isPending: boolean;
  /** Statements that run while the promise is pending: the chain is written behind the last of them. */
  readonly meanwhile: readonly Node[];
  /** One of these statements may fail, and nobody waits for the promise then. */
  readonly isRisky: boolean;
  /** The statement was a `return`, and code stands behind it that must not run now. */
  readonly mustLeave: boolean;
  /** A handler returns early, and code behind the chain runs all the same. */
  readonly isLeftEarly: boolean;
  /** The floating chain may reject without having called back, so that V1 hangs and the unrolled one does not. */
  readonly mayReject: boolean;
}

function isKnownShape(links: readonly UnrolledLink[]): boolean {
  return links.every(
    ({ fulfilled, rejected, finalizer }) =>
      fulfilled !== undefined || rejected !== undefined || finalizer !== undefined,
  );
}

/** True when a later link runs whether or not this one's handlers return. */
function isFollowed(links: readonly UnrolledLink[], index: number): boolean {
  return links.slice(index + 1).some(({ fulfilled }) => fulfilled !== undefined);
}

/** @param mayWait what is returned early can be waited for in its place */
function mayLeaveEarly(
  context: ChainContext,
  link: UnrolledLink,
  hasNext: boolean,
  mayWait: boolean,
): boolean | undefined {
  let leaves = link.rejected !== undefined && link.fulfilled !== undefined && !hasNext;
  for (const handler of [link.fulfilled, link.rejected, link.finalizer]) {
    if (handler?.kind !== "inline") {
      continue;
    }
    const { early } = exitsOf(context.model, handler);
    const isHarmless = early.every(
      ({ argument }) =>
        argument === null ||
        argument === undefined ||
        isAnswer(context, argument) ||
        isPure(context.model, argument) ||
        (mayWait && !isTried(context.model, argument, handler.node)),
    );
    if (early.length > 0 && (!isHarmless || hasNext || handler === link.finalizer)) {
      return undefined;
    }
    leaves ||= early.length > 0;
  }
  return leaves;
}

/** True when every handler whose value the next one takes has one that can be told. */
function valuesFlow(context: ChainContext, links: readonly UnrolledLink[]): boolean {
  return links.every((link, index) => {
    const isTaken = takesValue(links.slice(index + 1).find(({ finalizer }) => finalizer === undefined));
    const handlers = [link.fulfilled, link.rejected].filter((handler) => handler?.kind === "inline");
    return !isTaken || handlers.every((handler) => exitsOf(context.model, handler).early.length === 0);
  });
}

/**
 * Plans the unrolling of a chain that knows the callback, with the links in front of it if that is possible; undefined when
 * it must stay a chain.
 */
export function planChain(context: ChainContext, chain: Chain): ChainPlan | undefined {
  const { model, settling } = context;
  const first = chain.links.findIndex(({ handlers }) => handlers.some((handler) => mentions(model, handler, settling)));
  if (first === -1 || mentions(model, chain.base, settling)) {
    return undefined;
  }
  for (let start = firstPlain(model, chain, first); start < first; start += 1) {
    const plan = planFrom(context, chain, start);
    if (plan !== undefined) {
      return plan;
    }
  }
  return planFrom(context, chain, first);
}

/** The first of the links in front of another one that only pass a value on; what reads a response stays with the request. */
function firstPlain(model: Model, { base, links }: Chain, first: number): number {
  const isOther = ({ method, handlers }: ChainLink): boolean => method !== "then" || handlers.length !== 1;
  const plain = links.slice(0, first).findLastIndex(isOther) + 1;
  return plain === 0 && isCallOf(model, base, "fetch") ? 1 : plain;
}

/** Plans the unrolling of the links of a chain from one on. */
function planFrom(context: ChainContext, chain: Chain, first: number): ChainPlan | undefined {
  const { model, owner, failsForHandler, isLast } = context;
  // Whoever called a helper goes on while such a chain is under way.
  if (chain.mode === "floating" && !isLast) {
    return undefined;
  }
  const prefix = chain.links[first - 1]?.call ?? chain.base;
  const links = chain.links.slice(first).flatMap((link) => unroll(context, link) ?? []);
  if (links.length !== chain.links.length - first || !isKnownShape(links) || !valuesFlow(context, links)) {
    return undefined;
  }
  // Whether anything runs behind the statement, were it no `return`.
  const endsFunction = isLastIn(model, chain.statement, owner, "fall");
  const isLeaving = chain.statement.type === "ReturnStatement" || endsFunction;
  const mustStayInOrder = chain.mode === "awaited" && !isLeaving;
  const leaves = links.map((link, index) => mayLeaveEarly(context, link, isFollowed(links, index), mustStayInOrder));
  const rejected = links.find((link) => link.rejected !== undefined)?.rejected;
  const cannotReject = !mayReject(context, links);
  const meanwhile = meanwhileOf(context, chain, cannotReject);
  if (leaves.includes(undefined) || meanwhile === undefined) {
    return undefined;
  }
  if (mustStayInOrder && links.some((link) => startsMore(context, link))) {
    return undefined;
  }
  const isRisky = !meanwhile.every((node) => cannotThrow(model, node));
  // What an async function throws is heard a few turns later, and the promise may be faster.
  if (isRisky && owner.async === true) {
    return undefined;
  }
  // What handlers do besides calling back would no longer happen behind an error that is thrown meanwhile.
  if (isRisky && links.some((link) => callsHelper(context, link) || doesMore(context, link))) {
    return undefined;
  }
  // An error that is forwarded and an error that is thrown come to the same, when nothing else handles errors.
  const isForwarding =
    rejected !== undefined &&
    links.at(-1)?.rejected === rejected &&
    forwards(context, rejected) &&
    links.every((link) => !link.finalizer);
  // A helper that raises it leaves its callers early, where it went on after it had called back.
  const clause = catchAround(model, chain.statement, owner);
  const isThrownOn = clause === undefined ? failsForHandler : endsByForwarding(context, clause);
  const isForwarded = isForwarding && isLeaving && isThrownOn;
  // An error that an async function raises reaches the callback's caller just as well.
  const written = isForwarded && caughtReasons(model) === ERROR ? withoutForwarding(links) : links;
  const hasTry = written.some((link) => link.rejected !== undefined || link.finalizer !== undefined);
  return {
    chain,
    prefix,
    calls: namedCalls(context, chain, first),
    links: written,
    inner: isLeaving ? innerChain(context, written) : undefined,
    isPending: meanwhile.length > 0 || (hasTry && !rejectsOnly(model, prefix) && !isForwarded),
    meanwhile,
    isRisky,
    mustLeave: chain.statement.type === "ReturnStatement" && !endsFunction,
    isLeftEarly: mustStayInOrder && leaves.includes(true),
    mayReject: chain.mode === "floating" && !cannotReject,
  };
}

/** True for a `catch` that hands its error to the callback, and behind which nothing runs. */
function endsByForwarding(context: ChainContext, clause: ESTree.CatchClause): boolean {
  const { model, owner } = context;
  const last = clause.body.body.at(-1);
  if (last === undefined || !isSettleCall(context, forwardingCall(model, clause))) {
    return false;
  }
  return isLastIn(model, last, owner);
}

/** The floating chain at the end of the handler in front of a final `catch`, when it can be written behind the `try`. */
function innerChain(context: ChainContext, links: readonly UnrolledLink[]): Chain | undefined {
  const { model, settling } = context;
  const last = links.at(-1);
  const handler = links.at(-2)?.fulfilled;
  const isCatch = last?.rejected !== undefined && last.fulfilled === undefined && links.at(-2)?.rejected === undefined;
  if (!isCatch || handler?.kind !== "inline" || handler.node.body.type !== "BlockStatement") {
    return undefined;
  }
  const final = handler.node.body.body.at(-1);
  const inner = final === undefined ? undefined : chainOf(final);
  if (
    inner?.mode !== "floating" ||
    mentions(model, inner.base, settling) ||
    !mentions(model, inner.statement, settling)
  ) {
    return undefined;
  }
  const own = [model.scopeAt(handler.node), ...model.scopeAt(handler.node).childScopes].flatMap(
    ({ variables }) => variables,
  );
  const isIndependent = inner.links.every(({ handlers }) =>
    handlers.every((part) =>
      own.every((variable) => !mentions(model, part, variable) || variable.scope.block === part),
    ),
  );
  return isIndependent ? inner : undefined;
}

/** The links without the `.catch(callback)` at their end, or without the second handler of `.then(…, callback)`. */
function withoutForwarding(links: readonly UnrolledLink[]): readonly UnrolledLink[] {
  const last = links.at(-1);
  const front = links.slice(0, -1);
  if (last?.fulfilled !== undefined) {
    return [...front, { ...last, rejected: undefined }];
  }
  return front.length > 0 ? front : links;
}

/** `load().then(parse)` as `parse(await load())`: the links right in front of the first unrolled one. */
function namedCalls(context: ChainContext, chain: Chain, first: number): ChainPlan["calls"] {
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

/** True when a handler of the link is a function of the file that calls back for others, or calls one. */
function callsHelper({ model, callback, settling }: ChainContext, link: UnrolledLink): boolean {
  const helpers = new Set([...settling].filter((variable) => variable !== callback));
  return [link.fulfilled, link.rejected, link.finalizer].some(
    (handler) => handler !== undefined && mentions(model, handler.node, helpers),
  );
}

/** True when a handler does something that can be noticed, besides calling back. */
function doesMore(context: ChainContext, { fulfilled, rejected, finalizer }: UnrolledLink): boolean {
  return [fulfilled, rejected, finalizer].some((handler) => {
    let found = false;
    if (handler?.kind === "inline") {
      walk(handler.node.body, (node) => {
        found ||= !isSettleCall(context, node) && isNoticed(context.model, node, handler.node);
        return !found;
      });
    }
    return found;
  });
}

/** True when a handler starts something with the callback that nobody waits for: it races with what comes next. */
function startsMore({ model, settling }: ChainContext, link: UnrolledLink): boolean {
  return [link.fulfilled, link.rejected, link.finalizer].some((handler) => {
    if (handler?.kind !== "inline") {
      return false;
    }
    return [...settling].flatMap(readsOf).some((read) => {
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
