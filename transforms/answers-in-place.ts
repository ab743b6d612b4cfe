import { planAnswers, writeAnswers } from "../src/edits/http/answers-in-place.ts";
import { asTransform } from "../src/edits/step/as-transform.ts";
import { StepReport } from "../src/edits/step/step.ts";
import type { Step } from "../src/edits/step/step.ts";

/** Checks answers in the statements that use them, where these only called a function for it. */
export const step: Step = (model) => {
  const report = new StepReport();
  const plan = planAnswers(model);
  for (const { isPlainText, request } of plan.answers) {
    if (isPlainText) {
      report.declare("status-error-text", request);
    }
  }
  writeAnswers(model, report.edits, plan);
  return report.finish();
};

export { parser } from "../src/edits/step/as-transform.ts";
export default asTransform(step);
