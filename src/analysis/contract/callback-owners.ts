import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { localFunctionOf, variableOfFunction } from "../code/functions.ts";
import { callOf } from "../code/called.ts";
import { isInside, staticName } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { usesArguments } from "../code/own-arguments.ts";
import type { Handler } from "../code/handler.ts";
import type { Model } from "../code/model.ts";
import { isConstant, readsOf } from "../code/bindings.ts";
import { perKey } from "../code/per-model.ts";
import { findExports } from "../modules/exports.ts";
import { mayMiss, pickedHelpers } from "./helper-tables.ts";
import { knownCalls } from "./known-calls.ts";
import { planOwner } from "./settle-plan.ts";
import type { CallbackOwner, Helper, KnownCalls, Obstacle, OwnerPlan } from "./settle-types.ts";
import { settlementOf } from "./settlement.ts";
import type { Settlement } from "./settlement.ts";

/** How the handler and its helpers are written without the callback. */
export interface HandlerPlan {
  readonly plans: readonly OwnerPlan[];
  readonly helpers: readonly Helper[];
  readonly why: undefined;
}

/** The helper that a call hands the callback to; undefined when not all of its calls hand on a callback. */
function helperOf(
  model: Model,
  call: ESTree.SimpleCallExpression,
  callback: Variable,
  known: ReadonlySet<Variable>,
): Helper | undefined {
  const variable = call.callee.type === "Identifier" ? model.variableOf(call.callee) : undefined;
  const named = variable === undefined ? undefined : localFunctionOf(model, call.callee);
  const node = named !== undefined && variableOfFunction(model, named) === variable ? named : undefined;
  const index = call.arguments.findIndex((argument) => model.variableOf(argument) === callback);
  const parameter = node?.params[index];
  if (variable === undefined || node === undefined || parameter?.type !== "Identifier" || node.generator === true) {
    return undefined;
  }
  const own = model.variableOf(parameter);
  const isWritten = own?.references.some((reference) => reference.isWrite()) ?? true;
  if (own === undefined || isWritten || usesArguments(model, node)) {
    return undefined;
  }
  const calls = readsOf(variable).map((read) => callOf(model, read));
  const handsOn = (candidate: ESTree.SimpleCallExpression | undefined): candidate is ESTree.SimpleCallExpression => {
    const given = candidate?.arguments[index];
    const givenVariable = given === undefined ? undefined : model.variableOf(given);
    const isOnlyOne = candidate?.arguments.every((argument) => argument.type !== "SpreadElement") === true;
    return (
      isOnlyOne &&
      givenVariable !== undefined &&
      (givenVariable === callback || givenVariable === own || known.has(givenVariable))
    );
  };
  return calls.every(handsOn)
    ? { name: variable, node, callback: own, isAsync: node.async === true, parameter, calls }
    : undefined;
}

/** How a function may be used besides being called, for it to count as a helper. */
type IsOtherUse = (model: Model, read: Node) => boolean;

/** The outermost function around a place that stands in another one. */
function functionWithin(model: Model, place: Node, owner: FunctionNode): FunctionNode | undefined {
  for (let node = model.functionOf(place); node !== null && node !== owner; node = model.functionOf(node)) {
    if (model.functionOf(node) === owner) {
      return node;
    }
  }
  return undefined;
}

/**
 * The named function around a read of the callback, or around the call of another such function, when all that happens
 * to it is that it is called.
 */
function closureAround(model: Model, place: Node, owner: CallbackOwner, isOtherUse: IsOtherUse): Helper | undefined {
  const node = functionWithin(model, place, owner.node);
  if (node === undefined || node.generator === true) {
    return undefined;
  }
  const variable = variableOfFunction(model, node);
  if (variable === undefined || !isConstant(variable)) {
    return undefined;
  }
  const calls = readsOf(variable)
    .filter((read) => !isOtherUse(model, read))
    .map((read) => callOf(model, read));
  return calls.every((call) => call !== undefined)
    ? { name: variable, node, callback: owner.callback, isAsync: node.async === true, parameter: undefined, calls }
    : undefined;
}

/** The calls of a function that hand its callback on as an argument. */
function handingCalls(model: Model, { callback }: CallbackOwner): ESTree.SimpleCallExpression[] {
  return readsOf(callback).flatMap((read) => {
    const parent = model.parentOf(read);
    return parent?.type === "CallExpression" && parent.callee !== read ? [parent] : [];
  });
}

/** Follows the callback from the handler to every helper that gets it, and to those that call such helpers. */
export function findHelpers(model: Model, handler: CallbackOwner, isOtherUse: IsOtherUse = () => false): Helper[] {
  const helpers: Helper[] = [];
  const open: CallbackOwner[] = [handler];
  const known = new Set<Variable>([handler.callback]);
  for (let owner = open.pop(); owner !== undefined; owner = open.pop()) {
    const { callback } = owner;
    const inside = helpers.filter((helper) => helper.callback === callback && helper.parameter === undefined);
    const places = [...readsOf(callback), ...inside.flatMap(({ calls }) => calls)];
    for (const place of places) {
      const closure = closureAround(model, place, owner, isOtherUse);
      if (closure !== undefined && !helpers.some(({ node }) => node === closure.node)) {
        helpers.push(closure);
        open.push(closure, owner);
      }
    }
    for (const call of handingCalls(model, owner)) {
      const helper = helperOf(model, call, owner.callback, known);
      const found = helper === undefined ? pickedHelpers(model, call, owner.callback, known) : [helper];
      for (const each of found.filter((one) => !known.has(one.callback))) {
        known.add(each.callback);
        helpers.push(each);
        open.push(each);
      }
    }
  }
  return helpers;
}

/** A call of a helper in a function that is not planned: from a promise handler, a timer. */
function strayCall(model: Model, owners: readonly CallbackOwner[], helpers: readonly Helper[]): Node | undefined {
  const nodes = new Set<FunctionNode | null>(owners.map(({ node }) => node));
  return helpers.flatMap(({ calls }) => calls).find((call) => !nodes.has(model.functionOf(call)));
}

/** Who settles the invocation, told for one function that has the callback. */
export interface OwnerSettlement {
  readonly owner: CallbackOwner;
  readonly settlement: Settlement;
  readonly known: KnownCalls;
}

/** Interprets the handler and every helper that it hands its callback to; the handler comes first. */
export function settlementsOf(model: Model, handler: Handler): OwnerSettlement[] {
  if (handler.callback === undefined) {
    return [];
  }
  const owner = { node: handler.node, callback: handler.callback.variable, isAsync: handler.node.async === true };
  const helpers = findHelpers(model, owner);
  const known = knownCalls(model, owner, helpers);
  return [owner, ...helpers].map((each) => {
    const others = new Set([...known.helpers].filter((node) => node !== each.node));
    const settlement = settlementOf(model, each.node, each.callback, { ...known, helpers: others });
    return { owner: each, settlement, known };
  });
}

/** What is in the way in a function of a table, as it looks from the first call that hands the callback on. */
function seenFrom(helpers: readonly Helper[], at: Node): Obstacle | undefined {
  const [helper] = helpers.filter(({ name, node }) => name === undefined && isInside(at, node));
  const handed = helper?.calls[0]?.arguments[helper.node.params.findIndex((each) => each === helper.parameter)];
  return handed === undefined ? undefined : { why: "The callback is handed to another function", at: handed };
}

/** An async helper that nobody waits for: when it failed before it called back, V1 never heard of it. */
function isLeftAlone(
  model: Model,
  statement: Node,
  call: ESTree.SimpleCallExpression,
  helpers: readonly Helper[],
  plans: readonly OwnerPlan[],
): boolean {
  const helper = helpers.find(({ calls, isAsync }) => isAsync && calls.includes(call));
  const isFloating = statement.type === "ExpressionStatement" && model.parentOf(call) === statement;
  return isFloating && plans.some(({ owner, mayThrowFirst }) => owner.node === helper?.node && mayThrowFirst);
}

/** A place that may call the handler as V1 did, with a callback of its own, or that knows how many parameters it takes. */
function useOfHandler(model: Model, { node, id, alias }: Handler): Node | undefined {
  const { unused } = findExports(model);
  const ownName = node.type === "FunctionExpression" ? node.id : undefined;
  const variables = [id, ownName].flatMap((name) => (name ? (model.variableOf(name) ?? []) : []));
  return variables.flatMap(readsOf).find((read) => {
    const parent = model.parentOf(read);
    const isLooked =
      (parent?.type === "MemberExpression" && parent.object === read && isOwnProperty(model, parent)) ||
      (parent?.type === "UnaryExpression" && parent.operator === "typeof");
    const isRenaming = [...unused, ...(alias === undefined ? [] : [alias])].some((each) => isInside(read, each));
    return !isLooked && !isRenaming;
  });
}

/** A property that the file gives the handler; `lambda.call(…)` calls it, and `lambda.length` changes. */
function isOwnProperty(model: Model, member: ESTree.MemberExpression): boolean {
  return callOf(model, member) === undefined && !member.computed && staticName(member) !== "length";
}

/**
 * Plans how a handler with a callback becomes an async function, together with the helpers that get the callback. Kept: a
 * step that finds nothing to do asks what the next one asks as well.
 */
export const planHandler = perKey((model, handler: Handler): HandlerPlan | Obstacle => {
  if (handler.callback === undefined) {
    return { plans: [], helpers: [], why: undefined };
  }
  const use = useOfHandler(model, handler);
  if (use !== undefined) {
    return { why: "The handler is called by the file itself, or handed on", at: use };
  }
  const owner = { node: handler.node, callback: handler.callback.variable, isAsync: true };
  const helpers = findHelpers(model, owner);
  const stray = strayCall(model, [owner, ...helpers], helpers);
  if (stray !== undefined) {
    return seenFrom(helpers, stray) ?? { why: "The callback is called in a nested function", at: stray };
  }
  const known = knownCalls(model, owner, helpers);
  const plans: OwnerPlan[] = [];
  for (const each of [owner, ...helpers]) {
    const plan = planOwner(model, each, known);
    if (plan.why !== undefined) {
      return seenFrom(helpers, plan.at) ?? plan;
    }
    plans.push(plan);
  }
  for (const [index, plan] of plans.entries()) {
    if (plan.calls.some(({ statement, call }) => isLeftAlone(model, statement, call, helpers, plans))) {
      plans[index] = { ...plan, neverSettles: true };
    }
  }
  const [plan, ...others] = plans;
  if (
    plan !== undefined &&
    helpers.some(({ name, calls }) => name === undefined && calls.some((call) => mayMiss(model, call)))
  ) {
    return { plans: [{ ...plan, neverSettles: true }, ...others], helpers, why: undefined };
  }
  return { plans, helpers, why: undefined };
});

/**
 * Why the V1 contract can't be kept around a handler, as the end of a sentence that begins with “The handler”. Not in a
 * whole run: there, remove-exports has given it its name before.
 */
export function keptContractProblem({ alias, exported }: Handler): string | undefined {
  return alias === undefined && exported === undefined ? undefined : "has another name";
}
