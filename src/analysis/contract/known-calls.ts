import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import type { Model } from "../code/model.ts";
import type { FunctionNode } from "../code/tree.ts";
import { catchAround } from "../control/continuation.ts";
import { NONE } from "../control/flow.ts";
import { forwardingCall } from "../errors/forwarding.ts";
import type { Helper } from "./settle-types.ts";
import type { CallbackOwner, KnownCalls } from "./settle-types.ts";
import { settlementOf } from "./settlement.ts";

/** True for a `catch` that does nothing but hand its error to one of the callbacks. */
export function forwardsTo(model: Model, clause: ESTree.CatchClause, callbacks: ReadonlySet<Variable>): boolean {
  const callee = forwardingCall(model, clause)?.callee;
  const variable = callee === undefined ? undefined : model.variableOf(callee);
  return variable !== undefined && callbacks.has(variable);
}

/** The plain helpers whose errors reach a `catch` of their callers that does more than hand them on. */
function overheardBy(model: Model, helpers: readonly Helper[], callbacks: ReadonlySet<Variable>): Set<FunctionNode> {
  const overheard = new Set<FunctionNode | null>();
  const isHeard = (call: ESTree.SimpleCallExpression): boolean => {
    const caller = model.functionOf(call);
    const clause = caller === null ? undefined : catchAround(model, call, caller);
    return clause === undefined ? overheard.has(caller) : !forwardsTo(model, clause, callbacks);
  };
  for (let size = -1; size !== overheard.size;) {
    ({ size } = overheard);
    for (const { node, isAsync, calls } of helpers) {
      if (!isAsync && calls.some(isHeard)) {
        overheard.add(node);
      }
    }
  }
  return new Set([...overheard].filter((node) => node !== null));
}

/** The functions that each call of a helper may run. */
function targetsOf(helpers: readonly Helper[]): KnownCalls["targets"] {
  const targets = new Map<ESTree.SimpleCallExpression, FunctionNode[]>();
  for (const { node, calls } of helpers) {
    for (const call of calls) {
      targets.set(call, [...(targets.get(call) ?? []), node]);
    }
  }
  return targets;
}

/** Which calls settle in place of their function, and which may not: found by asking until nothing changes. */
export function knownCalls(model: Model, { callback }: CallbackOwner, helpers: readonly Helper[]): KnownCalls {
  const known = {
    helpers: new Set(helpers.map(({ node }) => node)),
    delegates: new Set(helpers.flatMap(({ calls }) => calls)),
    targets: targetsOf(helpers),
    uncertain: new Set<ESTree.SimpleCallExpression>(),
    later: new Set(
      helpers.flatMap(({ isAsync, calls }) =>
        isAsync ? calls.filter((call) => model.parentOf(call)?.type !== "AwaitExpression") : [],
      ),
    ),
    overheard: overheardBy(model, helpers, new Set([callback, ...helpers.map((helper) => helper.callback)])),
  };
  for (let size = -1; size !== known.uncertain.size;) {
    size = known.uncertain.size;
    for (const { node, callback: own, calls } of helpers) {
      const others = new Set([...known.helpers].filter((other) => other !== node));
      if ((settlementOf(model, node, own, { ...known, helpers: others }).atExit & NONE) !== 0) {
        calls.forEach((call) => known.uncertain.add(call));
      }
    }
  }
  return known;
}
