import type * as ESTree from "estree";
import { cannotThrow, isPlainValue } from "../code/effects.ts";
import { readsOf } from "../code/bindings.ts";
import { callOf } from "../code/called.ts";
import type { Model } from "../code/model.ts";
import { bareExpression, bodyPartsOf, isFunction, isInside, isNullish } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { chainOf, mentions } from "../control/chains.ts";
import type { Chain, ChainLink } from "../control/chains.ts";
import { continuationOf, finalizerAround, isOverruled } from "../control/continuation.ts";
import { NONE } from "../control/flow.ts";
import { ERROR } from "../errors/reason-set.ts";
import { caughtReasons } from "../errors/reasons.ts";
import { forwards, handlerOf, isSettleCall } from "./chain-handlers.ts";
import type { ChainContext } from "./chain-handlers.ts";
import { planOwner } from "./settle-plan.ts";
import { settlementOf } from "./settlement.ts";
import { nothingKnown } from "./settle-types.ts";
import type { OwnerPlan, SettlePlan } from "./settle-types.ts";

/** A chain that is returned as it is, and whose last handlers call back: its promise is the answer. */
export interface AdoptedChain {
  readonly chain: Chain;
  /** How these handlers return and throw what they gave to the callback. */
  readonly plans: readonly OwnerPlan[];
  /** Links that its promise needs no more: `.then((r) => callback(null, r))`, `.catch(callback)`. */
  readonly dropped: readonly ChainLink[];
}

/** How a handler of the chain is written without the callback; undefined when it calls back and goes on. */
function planOf({ model, callback }: ChainContext, node: FunctionNode): OwnerPlan | undefined {
  const plan = planOwner(model, { node, callback, isAsync: node.async === true }, nothingKnown);
  return plan.why === undefined && plan.calls.every(({ mode }) => mode === "final") ? plan : undefined;
}

/** True when a handler can reject for what it gives to the callback: with an error, or with a promise as the result. */
function mayReject({ model }: ChainContext, { owner }: OwnerPlan, { kind, value }: SettlePlan): boolean {
  const own = owner.node.params.map((parameter) => model.variableOf(parameter));
  const isOwn = value?.type === "Identifier" && own.includes(model.variableOf(value));
  return kind !== "absent" || !(value === undefined || isOwn || isPlainValue(model, value));
}

/** True for a handler that hands its error to the callback as it is, so that the promise may as well reject with it. */
function isForwarding(context: ChainContext, node: Node): boolean {
  const handler = handlerOf(context, node);
  return (
    handler !== undefined && handler !== "none" && forwards(context, handler) && caughtReasons(context.model) === ERROR
  );
}

/** The statement of a function that a place in it stands in, whatever other functions are around the place. */
function ownStatement(model: Model, place: Node, owner: FunctionNode): Node | undefined {
  let statement = model.statementOf(place);
  for (let around = model.functionOf(statement); around !== owner; around = model.functionOf(statement)) {
    if (around === null) {
      return undefined;
    }
    statement = model.statementOf(around);
  }
  return statement;
}

/**
 * True when nothing else may call back while the chain is under way, as a timer may, another promise, or a helper. What
 * another `return` starts is never under way with it.
 */
function isAlone({ model, owner, callback }: ChainContext, statement: Node): boolean {
  const isFinal = finalizerAround(model, statement, owner) === undefined;
  return readsOf(callback).every((read) => {
    const isOwnCall = model.functionOf(read) === owner && callOf(model, read) !== undefined;
    const isReturned = isFinal && ownStatement(model, read, owner)?.type === "ReturnStatement";
    return isInside(read, statement) || isOwnCall || isReturned;
  });
}

/** True when nothing has called back by the time that the statement is reached. */
function isFirst({ model, owner, callback }: ChainContext, statement: ESTree.ReturnStatement): boolean {
  const ignored = new Set(readsOf(callback).filter((read) => isInside(read, statement)));
  return settlementOf(model, owner, callback, { ignored }).atReturns.get(statement) === NONE;
}

/** True for `(r) => callback(null, r)`. */
function passesOn(context: ChainContext, handler: FunctionNode): boolean {
  const [only, ...others] = bodyPartsOf(handler);
  const [parameter, ...more] = handler.params;
  const call = others.length + more.length === 0 ? bareExpression(only) : undefined;
  const [error, value] = isSettleCall(context, call) ? call.arguments : [];
  return (
    error !== undefined &&
    isNullish(error) &&
    parameter?.type === "Identifier" &&
    value?.type === "Identifier" &&
    context.model.variableOf(value) === context.model.variableOf(parameter)
  );
}

/** The link that ends a chain, and the one behind it that handles its errors; no other knows the callback. */
function endOf(
  { model, settling }: ChainContext,
  { base, links }: Chain,
): readonly [ChainLink, ChainLink | undefined] | undefined {
  const first = links.findIndex(({ handlers }) => handlers.some((part) => mentions(model, part, settling)));
  const [end, last, ...others] = first === -1 || mentions(model, base, settling) ? [] : links.slice(first);
  const isPlain = end?.method === "then" && end.handlers.length === 1 && others.length === 0;
  return isPlain && (last === undefined || (last.method === "catch" && last.handlers.length === 1))
    ? [end, last]
    : undefined;
}

/**
 * A statement that returns a chain whose last handlers call back, where nothing that runs behind it, or beside it, can fail
 * or call back: the callback may as well get the promise of the chain.
 */
export function adoptedChain(context: ChainContext, statement: ESTree.ReturnStatement): AdoptedChain | undefined {
  const { model, owner, settling } = context;
  const chain = chainOf(statement);
  const [end, last] = (chain?.mode === "returned" ? endOf(context, chain) : undefined) ?? [];
  const [handler] = end?.handlers ?? [];
  const isQuiet = continuationOf(model, statement, owner).after.every(
    (node) => cannotThrow(model, node) && !mentions(model, node, settling),
  );
  if (chain === undefined || end === undefined || handler === undefined || !isFunction(handler) || !isQuiet) {
    return undefined;
  }
  const isAnswer = isAlone(context, statement) && isFirst(context, statement) && !isOverruled(model, statement, owner);
  const plan = isAnswer ? planOf(context, handler) : undefined;
  const rejected = last?.handlers[0];
  if (plan === undefined || rejected === undefined || isForwarding(context, rejected)) {
    const forwarding = last === undefined ? [] : [last];
    return plan && passesOn(context, handler)
      ? { chain, plans: [], dropped: [end, ...forwarding] }
      : plan && { chain, plans: [plan], dropped: forwarding };
  }
  const other = isFunction(rejected) ? planOf(context, rejected) : undefined;
  return other === undefined || plan.calls.some((call) => mayReject(context, plan, call))
    ? undefined
    : { chain, plans: [plan, other], dropped: [] };
}
