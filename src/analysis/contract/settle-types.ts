import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import type { FunctionNode, Node } from "../code/tree.ts";
import type { Reasons } from "../errors/reason-set.ts";
import { MANY, ONCE } from "../control/flow.ts";
import type { Settled } from "../control/flow.ts";

/** A function that takes a callback: the handler, or a helper to which it hands it. */
export interface CallbackOwner {
  readonly node: FunctionNode;
  readonly callback: Variable;
  /** The function is async, or becomes so. */
  readonly isAsync: boolean;
}

/** A function to which the handler hands its callback, with the calls that do so. */
export interface Helper extends CallbackOwner {
  /** Undefined for a member of a table, of which a call picks one. */
  readonly name: Variable | undefined;
  /** The parameter that gets the callback; undefined when the function sees it from where it stands. */
  readonly parameter: ESTree.Identifier | undefined;
  readonly calls: readonly ESTree.SimpleCallExpression[];
}

/** Functions that settle in place of the one that calls them. */
export interface KnownCalls {
  readonly helpers: ReadonlySet<FunctionNode>;
  readonly delegates: ReadonlySet<ESTree.SimpleCallExpression>;
  /** The functions of which each of the calls runs one. */
  readonly targets: ReadonlyMap<ESTree.SimpleCallExpression, readonly FunctionNode[]>;
  /** Those of the calls whose function may end without having settled. */
  readonly uncertain: ReadonlySet<ESTree.SimpleCallExpression>;
  /** Those of an async function that nobody waits for. */
  readonly later: ReadonlySet<ESTree.SimpleCallExpression>;
  /** Plain functions that a `catch` around one of their calls listens to: what they give to the callback is not for it. */
  readonly overheard: ReadonlySet<FunctionNode>;
}

/** For a function that calls none of the others. */
export const nothingKnown: KnownCalls = {
  helpers: new Set(),
  delegates: new Set(),
  targets: new Map(),
  uncertain: new Set(),
  later: new Set(),
  overheard: new Set(),
};

/** How one call of the callback is written with `return` and `throw`. */
export interface SettlePlan {
  readonly call: ESTree.SimpleCallExpression;
  /** The statement around the call, or the call itself as the body of an arrow function. */
  readonly statement: Node;
  /** `absent`: a success · `error`: a failure · `either`: known at run time only · `delegate`: a helper settles. */
  readonly kind: "absent" | "error" | "either" | "delegate";
  /** What the error can be. */
  readonly reasons: Reasons;
  readonly error: Node | undefined;
  readonly value: Node | undefined;
  /**
   * `final`: a `return` or `throw`, nothing runs after it · `held`: the outcome is kept while more code runs ·
   * `dead`: never heard, so it goes away.
   */
  readonly mode: "final" | "held" | "dead";
  /** Whether something may have been kept already, or must have been. */
  readonly before: Settled;
  /** A `throw` here would be caught by the function's own `catch`, which must not see it. */
  readonly mustReject: boolean;
  /** Evaluating the arguments does more than give values. */
  readonly isComputed: boolean;
  /** A `return` or `break` right behind the call, which is unreachable once the call is a `return`. */
  readonly leftover: Node | undefined;
}

/** How a function is written without its callback. */
export interface OwnerPlan {
  readonly owner: CallbackOwner;
  readonly calls: readonly SettlePlan[];
  readonly neverSettles: boolean;
  /** The function waits for something after it has called back: the answer is given when that is done. */
  readonly answersLater: boolean;
  /** An error may leave the function before it has called back. */
  readonly mayThrowFirst: boolean;
  /** Other `return`s, with what may be kept there. */
  readonly returns: ReadonlyMap<ESTree.ReturnStatement, Settled>;
  /** A `throw` at the node would be caught by the function's own `catch`, which must not see it. */
  readonly isCaught: (node: Node) => boolean;
  /** What may be kept when control falls off the end. */
  readonly atEnd: Settled;
  /** An error that is raised while something is kept: V1 ignored it. */
  readonly losesErrors: boolean;
  readonly why: undefined;
}

/** Why a function keeps its callback. */
export interface Obstacle {
  readonly why: string;
  readonly at: Node;
}

/** True when the set of answers says that the invocation may be settled already. */
export function mayBeSettled(settled: Settled): boolean {
  return (settled & (ONCE | MANY)) !== 0;
}
