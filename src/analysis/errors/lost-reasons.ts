import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { readsOf } from "../code/bindings.ts";
import { promiseMethods } from "../code/builtins.ts";
import { callsOf } from "../code/calls.ts";
import { resolveFunction } from "../code/functions.ts";
import type { Handler } from "../code/handler.ts";
import type { Model } from "../code/model.ts";
import { isCallOf } from "../code/names.ts";
import { isFunction, isInside, staticName } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { catchAround } from "../control/continuation.ts";
import { isReject, raisesHeardBy, raisesOf } from "./raises.ts";
import type { Raise } from "./raises.ts";
import { ERROR, mayBeAbsent } from "./reason-set.ts";
import type { Reasons } from "./reason-set.ts";
import { reasonsOf } from "./reasons.ts";

/** A place that may fail with what is no Error, so that V2 drops it where it leaves the function. */
export interface LostReason {
  readonly reason: Node;
  readonly reasons: Reasons;
  /** Nothing in the file looks at it on its way: it can as well be an Error. */
  readonly isUnseen: boolean;
}

/** Who hears what is raised: a `catch`, a function that handles rejections, or something that can't be followed. */
type Listener =
  | { readonly kind: "code"; readonly node: ESTree.CatchClause | FunctionNode }
  | { readonly kind: "forwards" }
  | { readonly kind: "unknown" };

class LossFinder {
  readonly #model: Model;
  readonly #handler: Handler;
  readonly #listeners: readonly Listener[];

  constructor(model: Model, handler: Handler) {
    this.#model = model;
    this.#handler = handler;
    this.#listeners = [
      ...model.nodes("CatchClause").map((node): Listener => ({ kind: "code", node })),
      ...model.nodes("CallExpression").flatMap((call) => this.#listenersOf(call)),
    ];
  }

  find(): LostReason[] {
    const found = raisesOf(this.#model).flatMap((raise) => this.#lost(raise) ?? []);
    // What stands inside of another one is written with it.
    return found.map((lost) => ({
      ...lost,
      isUnseen: lost.isUnseen && !found.some((other) => other !== lost && isInside(lost.reason, other.reason)),
    }));
  }

  #lost(raise: Raise): LostReason | undefined {
    const { node, reason } = raise;
    const owner = this.#model.functionOf(node);
    const isHeard = node.type === "ThrowStatement" && owner !== null && catchAround(this.#model, node, owner);
    if (reason === undefined || owner === null || isHeard) {
      return undefined;
    }
    const reasons = reasonsOf(this.#model, reason);
    if (reasons === ERROR) {
      return undefined;
    }
    const isOwn = node.type === "ThrowStatement" && owner === this.#handler.node;
    const isUnseen = isOwn || (this.#leadsOut(node, owner) && !this.#isSeen(raise, reasons));
    return { reason, reasons, isUnseen };
  }

  /** True when what is raised there reaches whoever called the function, or waits for the promise. */
  #leadsOut(node: Node, owner: FunctionNode): boolean {
    if (node.type !== "ThrowStatement") {
      return true;
    }
    const parent = this.#model.parentOf(owner);
    const method =
      parent?.type === "CallExpression" && parent.callee.type === "MemberExpression" ? staticName(parent.callee) : "";
    return callsOf(this.#model, owner).kind === "all" || promiseMethods.has(method ?? "");
  }

  #isSeen(raise: Raise, reasons: Reasons): boolean {
    return this.#listeners.some((listener) => {
      switch (listener.kind) {
        case "unknown":
          return true;
        case "forwards":
          // The V1 callback takes nothing for a success.
          return mayBeAbsent(reasons);
        case "code":
          return raisesHeardBy(this.#model, listener.node).includes(raise) && !this.#passesOn(listener.node, reasons);
      }
    });
  }

  #listenersOf(call: ESTree.CallExpression): Listener[] {
    if (isCallOf(this.#model, call, "Promise.allSettled")) {
      return [{ kind: "unknown" }];
    }
    const { callee, arguments: given } = call;
    const method = callee.type === "MemberExpression" ? staticName(callee) : undefined;
    const at = method === undefined ? undefined : promiseMethods.get(method)?.error;
    const listener = at === undefined ? undefined : given[at];
    if (listener === undefined) {
      return [];
    }
    if (this.#forwards(listener)) {
      return [{ kind: "forwards" }];
    }
    const target = resolveFunction(this.#model, listener);
    return [target.kind === "local" ? { kind: "code", node: target.node } : { kind: "unknown" }];
  }

  /** True when the listener does nothing with what it hears but hand it on. */
  #passesOn(listener: ESTree.CatchClause | FunctionNode, reasons: Reasons): boolean {
    const parameter = isFunction(listener) ? listener.params[0] : listener.param;
    if (!parameter) {
      return true;
    }
    const variable: Variable | undefined =
      parameter.type === "Identifier" ? this.#model.variableOf(parameter) : undefined;
    return (
      variable !== undefined &&
      readsOf(variable).every((read) => {
        const parent = this.#model.parentOf(read);
        const isHanded =
          parent?.type === "CallExpression" && parent.arguments[0] === read && this.#forwards(parent.callee);
        return parent?.type === "ThrowStatement" || (isHanded && !mayBeAbsent(reasons));
      })
    );
  }

  /** The V1 callback, or what rejects a promise. */
  #forwards(node: Node): boolean {
    const callback = this.#handler.callback?.variable;
    return (callback !== undefined && this.#model.variableOf(node) === callback) || isReject(this.#model, node);
  }
}

/** Finds where a function throws, or rejects with, what may be no Error and may leave it so. */
export function findLostReasons(model: Model, handler: Handler): LostReason[] {
  return new LossFinder(model, handler).find();
}
