import { findHandler } from "../../analysis/code/handler.ts";
import { isAsync } from "../../analysis/code/effects.ts";
import { isGlobalTaken } from "../../analysis/code/names.ts";
import { rangeOf } from "../../analysis/code/tree.ts";
import { callbackHelpers, divertsErrors, planCallbackHelper } from "../../analysis/contract/callback-helpers.ts";
import type { CallbackHelper } from "../../analysis/contract/callback-helpers.ts";
import { exposedOwners, lastOf } from "../../analysis/contract/exposed-owners.ts";
import { globalsOfPlan } from "../../analysis/contract/settle-globals.ts";
import type { OwnerPlan } from "../../analysis/contract/settle-types.ts";
import { removeParameter } from "../text/list-items.ts";
import { removeCallbackDoc } from "../text/param-docs.ts";
import { writeHandlers } from "./callback-handlers.ts";
import { ErrorObjects } from "./error-objects.ts";
import type { ExposeContext } from "./expose-context.ts";
import { SettleWriter } from "./settle.ts";

/**
 * `loadUser(id, (error, user) => …)` becomes `loadUser(id).then((user) => …, (error) => …)`, where `loadUser` is a function of
 * the file: it returns what it gave to its callback, and throws what it gave as an error.
 */
export function promiseOfHelper(context: ExposeContext): boolean {
  const { model, owner, callback, settling, report } = context;
  const handler = findHandler(model);
  if (handler?.node !== owner) {
    return false;
  }
  const owners = exposedOwners(model, handler);
  const helpers = callbackHelpers(model, settling, lastOf(owners.filter((each) => each.settling.has(callback))));
  const callbacks = new Set([...settling, ...helpers.map((helper) => helper.callback)]);
  for (const helper of helpers) {
    const plan = planCallbackHelper(model, helper);
    const isFree = plan && globalsOfPlan(plan).every(({ name, place }) => !isGlobalTaken(model, place, name));
    if (plan === undefined || isFree !== true) {
      continue;
    }
    writeHelper(context, helper, plan);
    // A call may stand in the callback of another one, which takes over what is written in it.
    for (const { call, callback: given } of helper.calls.toSorted((a, b) => rangeOf(b.call)[0] - rangeOf(a.call)[0])) {
      writeHandlers({ model, edits: report.edits }, call, given);
    }
    if (helper.calls.some((each) => divertsErrors(model, plan, each, callbacks))) {
      // At the function: a call may stand in the callback of another one, which has been moved by now.
      report.declare("helper-error", helper.node);
    }
    if (plan.mayThrowFirst && helper.isAsync) {
      report.declare("never-settles", helper.node);
    }
    return true;
  }
  return false;
}

function writeHelper({ model, report }: ExposeContext, { node, parameter }: CallbackHelper, plan: OwnerPlan): void {
  removeCallbackDoc(model, report.edits, node, parameter.name);
  removeParameter(model, report.edits, node, node.params.length - 1);
  if (!isAsync(node)) {
    report.edits.insert(rangeOf(node)[0], "async ");
  }
  new SettleWriter(model, plan, report.edits, new ErrorObjects(model)).write();
}
