import type { Variable } from "eslint-scope";
import type { Model } from "../code/model.ts";
import { isFunction, walk } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { chainOf, mentions } from "../control/chains.ts";
import type { Rejections } from "./rejections.ts";

/** A place where an error goes unseen. */
export interface UnhandledError {
  /**
   * `floating`: nobody waits for a promise that may fail · `each`: `forEach` drops the promises of an async function ·
   * `truthy`: `filter` and its like take a promise for an answer · `later`: a timer, an emitter or `new Promise` drops
   * the promise of an async function · `returned`: a `try` returns a promise without waiting for it · `unsettled`: a
   * promise never settles when what it waits for fails · `chain`: a V1 handler returns a promise that ends in the
   * callback, and V1 ignores what is returned · `silent`: the `catch` of such a chain does not call back ·
   * `parameter`: an error-first callback that does not look at its error · `swallowed`: an empty `catch` · `dropped`: the
   * same around a request · `answered`: a `catch` that only logs, and an answer behind it as if nothing had failed ·
   * `uncaught`: the handler waits for requests, and no `try` is around any of them · `unguarded`: the same in V1.
   */
  readonly kind:
    | "floating"
    | "each"
    | "truthy"
    | "later"
    | "returned"
    | "unsettled"
    | "chain"
    | "silent"
    | "parameter"
    | "swallowed"
    | "dropped"
    | "answered"
    | "uncaught"
    | "unguarded";
  readonly at: Node;
  /** What gives the promise, or the name of the parameter. */
  readonly name: string;
  /** The expression in an async function that an `await` in front of it repairs. */
  readonly awaitable: Node | undefined;
}

/** What may be a chain whose errors nobody hears of. */
interface Candidate {
  readonly statement: Node;
  /** What settles: the callback, or the parameters of a promise's executor. */
  readonly settlers: readonly Variable[];
  readonly kind: "silent" | "unsettled";
}

/** A chain that settles something when all goes well, and whose `catch` does not. */
export function findSilentChain(
  model: Model,
  rejections: Rejections,
  { statement, settlers, kind }: Candidate,
): UnhandledError | undefined {
  const chain = chainOf(statement);
  const settles = (node: Node): boolean => settlers.some((settler) => mentions(model, node, settler));
  const last = chain?.links.findLastIndex(({ method }) => method === "catch") ?? -1;
  const link = chain?.links[last];
  const [given] = link?.handlers ?? [];
  if (chain === undefined || link === undefined || given === undefined || chain.mode === "awaited") {
    return undefined;
  }
  const onError = rejections.functionOf(given) ?? given;
  const before = chain.links.slice(0, last).flatMap(({ handlers }) => handlers);
  const behind = chain.links.slice(last + 1).flatMap(({ handlers }) => handlers);
  const isAnswered = [onError, ...behind].some((handler) => settles(handler) || !isKnown(model, handler));
  const isPassedOn = isFunction(onError) && leaves(rejections, onError);
  const { base } = chain;
  return before.some((handler) => settles(rejections.functionOf(handler) ?? handler)) && !isAnswered && !isPassedOn
    ? {
        kind,
        at: given,
        name: model.textOf(base.type === "CallExpression" ? base.callee : base).replaceAll(/\s+/gu, ""),
        awaitable: undefined,
      }
    : undefined;
}

/** True for a handler of which it is known what it does: a function that stands there, or a method of the console. */
function isKnown(model: Model, handler: Node): boolean {
  return isFunction(handler) || (handler.type === "MemberExpression" && model.isGlobal(handler.object, "console"));
}

/** True for a handler that throws, or that a function of the file answers in its place. */
function leaves(rejections: Rejections, node: FunctionNode): boolean {
  let isLeft = false;
  walk(node.body, (part) => {
    isLeft ||=
      part.type === "ThrowStatement" ||
      (part.type === "CallExpression" && rejections.functionOf(part.callee) !== undefined);
    return !isLeft;
  });
  return isLeft;
}
