import { rangeOf } from "../src/analysis/ast.ts";
import { isAsync } from "../src/analysis/effects.ts";
import { findHandler } from "../src/analysis/handler.ts";
import type { Handler } from "../src/analysis/handler.ts";
import type { Model } from "../src/analysis/model.ts";
import { readsOf } from "../src/analysis/modules.ts";
import { planHandler } from "../src/analysis/settle-plan.ts";
import type { SettlePlan } from "../src/analysis/settle-plan.ts";
import { asTransform } from "../src/edits/as-transform.ts";
import { indentAt, indentUnitOf, lineEndingOf } from "../src/edits/layout.ts";
import { freeName } from "../src/edits/names.ts";
import { SettleWriter } from "../src/edits/settle-edits.ts";
import { StepReport } from "../src/edits/step.ts";
import type { Step } from "../src/edits/step.ts";

/** Turns `lambda(input, callback)` into `async function lambda(input)` that returns or throws. */
export const step: Step = (model) => {
  const report = new StepReport();
  const handler = findHandler(model);
  if (handler?.callback === undefined && handler?.problem === undefined) {
    return report.finish();
  }
  if (handler.problem !== undefined) {
    report.refuse("handler-shape", handler.node, { what: handler.problem });
    return report.finish();
  }
  const plan = planHandler(model, handler);
  if (plan.why === undefined) {
    if (plan.neverSettles) {
      report.declare("never-settles", handler.node);
    }
    plan.calls.forEach((call) => {
      remarkOn(call, report);
    });
    writeAsync(model, handler, plan.calls, report);
  } else {
    report.keepContract(plan.at, plan.why);
    writeAdapter(model, handler, report);
  }
  return report.finish();
};

export default asTransform(step);

function remarkOn({ kind, call }: SettlePlan, report: StepReport): void {
  if (kind === "dead") {
    report.notice("dead-callback", call);
  }
  if (kind === "text" || kind === "object") {
    report.declare("error-object", call);
  }
}

function writeAsync(model: Model, handler: Handler, calls: readonly SettlePlan[], report: StepReport): void {
  const writer = new SettleWriter(model, handler, report.edits);
  calls.forEach((call) => {
    writer.write(call);
  });
  const [input] = handler.node.params;
  if (input !== undefined && handler.callback !== undefined) {
    report.edits.remove([rangeOf(input)[1], rangeOf(handler.callback.parameter)[1]]);
  }
  if (!isAsync(handler.node)) {
    report.edits.insert(rangeOf(handler.node)[0], "async ");
  }
}

/** Puts an adapter with the exact V1 contract in front of the original function, whose body stays as it is. */
function writeAdapter(model: Model, handler: Handler, report: StepReport): void {
  const legacyName = freeName(model, "lambdaWithCallback");
  const start = rangeOf(handler.declaration)[0];
  const unit = indentUnitOf(model.text);
  const base = indentAt(model.text, start);
  const adapter = [
    "async function lambda(input) {",
    `${unit}return new Promise((resolve, reject) => {`,
    `${unit}${unit}const callback = (error, result) => (error === undefined || error === null ? resolve(result) : reject(error));`,
    `${unit}${unit}Promise.resolve(${legacyName}(input, callback)).catch(reject);`,
    `${unit}});`,
    "}",
    "",
    "",
  ];
  report.edits.insert(start, adapter.join(lineEndingOf(model.text) + base));
  const variable = model.variableOf(handler.name);
  for (const name of [handler.name, ...(variable === undefined ? [] : readsOf(variable))]) {
    report.edits.replace(rangeOf(name), legacyName);
  }
}
