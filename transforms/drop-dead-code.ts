import { findHandler } from "../src/analysis/code/handler.ts";
import { isInside } from "../src/analysis/code/tree.ts";
import { findDeadCode } from "../src/analysis/modules/dead-code.ts";
import { asTransform } from "../src/edits/step/as-transform.ts";
import { importOffset } from "../src/edits/text/import-offset.ts";
import { StepReport } from "../src/edits/step/step.ts";
import type { Step } from "../src/edits/step/step.ts";
import { rangeWithComments, removeLines, removeStatement } from "../src/edits/text/remove-statements.ts";

/** Takes away what the platform never runs: it would only stand in the way of an ES module. */
export const step: Step = (model) => {
  const report = new StepReport();
  if (findHandler(model)?.callback === undefined) {
    return report.finish();
  }
  const { statements, declarations, fallbacks } = findDeadCode(model);
  const head = importOffset(model);
  removeLines(
    model,
    report.edits,
    statements.map((statement) => rangeWithComments(model, statement, head)),
  );
  const left = [...declarations, ...fallbacks].filter(
    (each) => !statements.some((statement) => isInside(each, statement)),
  );
  for (const each of left) {
    removeStatement(model, report.edits, each);
  }
  return report.finish();
};

export { parser } from "../src/edits/step/as-transform.ts";
export default asTransform(step);
