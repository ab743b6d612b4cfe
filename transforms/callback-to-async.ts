import { rangeOf } from "../src/analysis/code/tree.ts";
import { keptContractProblem, planHandler } from "../src/analysis/contract/callback-owners.ts";
import type { Helper } from "../src/analysis/contract/settle-types.ts";
import { isAsync } from "../src/analysis/code/effects.ts";
import { mayBeDropped } from "../src/analysis/errors/reason-set.ts";
import { findHandler } from "../src/analysis/code/handler.ts";
import type { Handler } from "../src/analysis/code/handler.ts";
import { findHiddenHandler } from "../src/analysis/code/hidden-handler.ts";
import type { Model } from "../src/analysis/code/model.ts";
import { runtimeOf } from "../src/analysis/runtime/which-runtime.ts";
import { globalsOfPlan, takenOf } from "../src/analysis/contract/settle-globals.ts";
import type { NeededGlobal } from "../src/analysis/contract/settle-globals.ts";
import type { OwnerPlan } from "../src/analysis/contract/settle-types.ts";
import { asTransform } from "../src/edits/step/as-transform.ts";
import { writeAdapter } from "../src/edits/contract/adapter.ts";
import { ErrorObjects } from "../src/edits/contract/error-objects.ts";
import { removeParameter } from "../src/edits/text/list-items.ts";
import { removeCallbackDoc } from "../src/edits/text/param-docs.ts";
import { SettleWriter } from "../src/edits/contract/settle.ts";
import { StepReport } from "../src/edits/step/step.ts";
import type { Step } from "../src/edits/step/step.ts";

/** Turns `lambda(input, callback)` into `async function lambda(input)` that returns or throws. */
export const step: Step = (model) => {
  const report = new StepReport();
  const handler = findHandler(model);
  const hidden = findHiddenHandler(model);
  if (hidden !== undefined && runtimeOf(model) === "v1") {
    report.refuse("handler-shape", hidden.at, { what: hidden.problem });
  }
  if (handler?.callback === undefined && handler?.problem === undefined) {
    return report.finish();
  }
  if (handler.problem !== undefined) {
    report.refuse("handler-shape", handler.node, { what: handler.problem });
    return report.finish();
  }
  const plan = planHandler(model, handler);
  if (plan.why === undefined) {
    const objects = new ErrorObjects(model);
    writeSignatures(model, handler, plan.helpers, report);
    // Helpers may stand inside the handler: what is written there goes along when the handler's text is moved.
    for (const ownerPlan of plan.plans.toReversed()) {
      remarkOn(ownerPlan, report);
      new SettleWriter(model, ownerPlan, report.edits, objects).write();
    }
    objects.appendTo(report.edits);
    refuseTaken(model, [...objects.globals, ...plan.plans.flatMap(globalsOfPlan)], report);
    return report.finish();
  }
  const problem = keptContractProblem(handler);
  if (problem === undefined) {
    report.keepContract(plan.at, plan.why);
    refuseTaken(model, writeAdapter(model, handler, report), report);
  } else {
    report.refuse("handler-shape", handler.id, { what: problem });
  }
  return report.finish();
};

export { parser } from "../src/edits/step/as-transform.ts";
export default asTransform(step);

function remarkOn({ owner, calls, neverSettles, answersLater }: OwnerPlan, report: StepReport): void {
  if (neverSettles) {
    report.declare("never-settles", owner.node);
  }
  const held = calls.find(({ mode }) => mode === "held");
  if (answersLater && held !== undefined) {
    report.declare("answers-later", held.call);
  }
  for (const { reasons, mode, call } of calls) {
    if (mode === "dead") {
      report.notice("dead-callback", call);
    } else if (mayBeDropped(reasons)) {
      report.declare("error-object", call);
    }
  }
}

/** Where a name of the file hides a global, what is written would mean the user's `Error` or `Promise`. */
function refuseTaken(model: Model, needed: readonly NeededGlobal[], report: StepReport): void {
  for (const { name, place } of takenOf(model, needed)) {
    report.refuse("global-name-taken", place, { name });
  }
}

/** Takes the callback out of the parameters, and makes the handler async. */
function writeSignatures(model: Model, handler: Handler, helpers: readonly Helper[], report: StepReport): void {
  const callbacks = [{ node: handler.node, parameter: handler.callback?.parameter }, ...helpers];
  for (const { node, parameter } of callbacks) {
    if (parameter !== undefined) {
      removeCallbackDoc(model, report.edits, node, parameter.name);
      removeParameter(
        model,
        report.edits,
        node,
        node.params.findIndex(
          (candidate) =>
            candidate === parameter || (candidate.type === "AssignmentPattern" && candidate.left === parameter),
        ),
      );
    }
  }
  if (!isAsync(handler.node)) {
    report.edits.insert(rangeOf(handler.node)[0], "async ");
  }
}
