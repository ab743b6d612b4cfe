import { findHandler } from "../src/analysis/code/handler.ts";
import type { Model } from "../src/analysis/code/model.ts";
import { rangeOf } from "../src/analysis/code/tree.ts";
import { takenOf } from "../src/analysis/contract/settle-globals.ts";
import { mayBeAbsent } from "../src/analysis/errors/reason-set.ts";
import { findLostReasons } from "../src/analysis/errors/lost-reasons.ts";
import { ErrorObjects } from "../src/edits/contract/error-objects.ts";
import { asTransform } from "../src/edits/step/as-transform.ts";
import { StepReport } from "../src/edits/step/step.ts";
import type { Step } from "../src/edits/step/step.ts";

/**
 * Makes an Error of what the function throws or rejects with, where it is not one and would leave the function: V2 drops
 * it. What code of the file may look at before stays as it is, and is told.
 */
export const step: Step = (model) => {
  const report = new StepReport();
  const handler = findHandler(model);
  if (handler === undefined || handler.problem !== undefined) {
    return report.finish();
  }
  const objects = new ErrorObjects(model);
  for (const { reason, reasons, isUnseen } of findLostReasons(model, handler)) {
    if (isUnseen) {
      const [start] = rangeOf(reason);
      const given = reason.type === "SequenceExpression" ? `(${model.textOf(reason)})` : model.textOf(reason);
      const text = mayBeAbsent(reasons) ? objects.any(given) : objects.of(reasons, reason, given);
      report.edits.replace(rangeOf(reason), startsApart(model, start) ? text : ` ${text}`);
      report.declare("error-object", reason);
    } else {
      report.followUp("thrown-value", reason);
    }
  }
  objects.appendTo(report.edits);
  for (const { name, place } of takenOf(model, objects.globals)) {
    report.refuse("global-name-taken", place, { name });
  }
  return report.finish();
};

export { parser } from "../src/edits/step/as-transform.ts";
export default asTransform(step);

/** `throw"text"` needs no space, a word does. */
function startsApart(model: Model, offset: number): boolean {
  return !/\w/u.test(model.text[offset - 1] ?? "");
}
