import { promiseMethods } from "../code/builtins.ts";
import type { Variable } from "eslint-scope";
import type { Handler } from "../code/handler.ts";
import type { Model } from "../code/model.ts";
import { perKey } from "../code/per-model.ts";
import { staticName } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { catchAround, isLastIn } from "../control/continuation.ts";
import { callbackHelpers } from "./callback-helpers.ts";
import type { CallbackHelper } from "./callback-helpers.ts";
import { findHelpers } from "./callback-owners.ts";
import type { Helper } from "./settle-types.ts";
import type { ChainContext } from "./chain-handlers.ts";
import { forwardsTo } from "./known-calls.ts";
import { settleStatement } from "./settle-statements.ts";

/** A function in whose own statements the calls of the callback are wanted: the handler, or a helper that settles for it. */
export interface ExposedOwner extends ChainContext {
  /** It is async, or its callers make nothing of what it gives. */
  readonly mayBecomeAsync: boolean;
  /** A call of it whose `catch` hears errors that it throws, as long as it is not async. */
  readonly overheardAt: Node | undefined;
}

/** The handler and the helpers that get its callback, or see it from where they stand; the handler comes first. */
export const exposedOwners = perKey((model, handler: Handler): readonly ExposedOwner[] => {
  if (handler.callback === undefined) {
    return [];
  }
  const callback = handler.callback.variable;
  const helpers = findHelpers(model, { node: handler.node, callback, isAsync: true }, isChainHandler);
  const settling = new Set<Variable>([
    callback,
    ...helpers.flatMap(({ callback: own, name }) => [own, ...(name === undefined ? [] : [name])]),
  ]);
  const callers = new Callers(model, { node: handler.node, callback }, helpers);
  const owners: readonly ExposedOwner[] = [
    {
      model,
      owner: handler.node,
      failsForHandler: true,
      isLast: true,
      callback,
      settling,
      mayBecomeAsync: true,
      overheardAt: undefined,
    },
    ...helpers.map((helper) => ({
      model,
      owner: helper.node,
      failsForHandler: callers.areReturns(helper),
      isLast: callers.areLast(helper),
      callback: helper.callback,
      settling,
      mayBecomeAsync: helper.isAsync || callers.areBlind(helper),
      overheardAt: helper.isAsync ? undefined : callers.listening(helper),
    })),
  ];
  return [...owners, ...callbackHelpers(model, settling, lastOf(owners)).map((helper) => ownerOf(model, helper))];
});

/** The functions behind whose calls nothing runs. */
export function lastOf(owners: readonly ExposedOwner[]): ReadonlySet<FunctionNode> {
  return new Set(owners.flatMap(({ owner, isLast }) => (isLast ? [owner] : [])));
}

/** A function that answers by a callback of its callers, which look at nothing else of it. */
function ownerOf(model: Model, { node, callback, isAsync, calls }: CallbackHelper): ExposedOwner {
  const heard = calls.find(({ call, caller }) => catchAround(model, call, caller) !== undefined);
  return {
    model,
    owner: node,
    failsForHandler: false,
    isLast: true,
    callback,
    settling: new Set([callback]),
    mayBecomeAsync: true,
    overheardAt: isAsync ? undefined : heard?.call,
  };
}

/** `.then(save)`: written as a call when the chain is unrolled. */
function isChainHandler(model: Model, read: Node): boolean {
  const call = model.parentOf(read);
  return (
    call?.type === "CallExpression" &&
    call.callee !== read &&
    call.callee.type === "MemberExpression" &&
    promiseMethods.has(staticName(call.callee) ?? "")
  );
}

/** What the places where helpers are called make of errors and values. */
class Callers {
  readonly #model: Model;
  readonly #handler: FunctionNode;
  readonly #callbacks: ReadonlySet<Variable>;
  readonly #helpers: readonly Helper[];

  constructor(
    model: Model,
    { node, callback }: { readonly node: FunctionNode; readonly callback: Variable },
    helpers: readonly Helper[],
  ) {
    this.#model = model;
    this.#handler = node;
    this.#callbacks = new Set([callback, ...helpers.map((helper) => helper.callback)]);
    this.#helpers = helpers;
  }

  /** True when all places are known, and none looks at what the function gives. */
  areBlind({ calls }: Helper): boolean {
    return calls.every((call) => {
      const around = this.#model.functionOf(call);
      const isKnown = around === this.#handler || this.#helpers.some(({ node }) => node === around);
      return isKnown && settleStatement(this.#model, call) !== undefined;
    });
  }

  /** True when all that happens to the function is that the handler returns what it gives, outside of any `try`. */
  areReturns({ calls }: Helper): boolean {
    return calls.every(
      (call) =>
        this.#model.parentOf(call)?.type === "ReturnStatement" &&
        this.#model.functionOf(call) === this.#handler &&
        catchAround(this.#model, call, this.#handler) === undefined,
    );
  }

  /** True when nothing runs behind any call of the function, nor behind the calls of those that call it. */
  areLast({ calls }: Helper, seen: ReadonlySet<Node> = new Set()): boolean {
    return calls.every((call) => {
      const around = this.#model.functionOf(call);
      const statement = settleStatement(this.#model, call);
      const caller = this.#helpers.find(({ node }) => node === around);
      if (around === null || statement === undefined || seen.has(call) || (around !== this.#handler && !caller)) {
        return false;
      }
      return (
        isLastIn(this.#model, statement, around) &&
        (caller === undefined || this.areLast(caller, new Set([...seen, call])))
      );
    });
  }

  /** The first place where a `catch` hears an error that the function throws, and does more than hand it on. */
  listening({ calls }: Helper, seen: ReadonlySet<Node> = new Set()): Node | undefined {
    for (const call of calls) {
      const around = this.#model.functionOf(call);
      const clause = around === null ? undefined : catchAround(this.#model, call, around);
      const caller = this.#helpers.find(({ node, isAsync }) => node === around && !isAsync);
      const isHeard = clause !== undefined && !forwardsTo(this.#model, clause, this.#callbacks);
      const further = clause === undefined && caller !== undefined && !seen.has(call);
      const at = isHeard ? call : further ? this.listening(caller, new Set([...seen, call])) : undefined;
      if (at !== undefined) {
        return at;
      }
    }
    return undefined;
  }
}
