import { rangeOf } from "../src/analysis/code/tree.ts";
import { findExports } from "../src/analysis/modules/exports.ts";
import { findHandler } from "../src/analysis/code/handler.ts";
import { neededCommonJsUses } from "../src/analysis/modules/strictness.ts";
import { asTransform } from "../src/edits/step/as-transform.ts";
import { importOffset } from "../src/edits/modules/import-block.ts";
import { rangeWithComments, removeLines } from "../src/edits/text/remove-statements.ts";
import { StepReport } from "../src/edits/step/step.ts";
import type { Step } from "../src/edits/step/step.ts";

/** Takes exports away, and turns `exports.lambda = …` into a top-level `lambda`. */
export const step: Step = (model) => {
  const report = new StepReport();
  const { unused, handler } = findExports(model);
  // A file without a handler is a helper of other files: they need its exports.
  if (handler === undefined && findHandler(model) === undefined) {
    return report.finish();
  }
  for (const { name, node } of neededCommonJsUses(model)) {
    report.refuse("commonjs-exports", node, { name });
  }
  if (handler !== undefined) {
    report.edits.replace(rangeOf(handler.target), "const lambda");
  }
  const head = importOffset(model);
  removeLines(
    model,
    report.edits,
    unused.map((statement) => rangeWithComments(model, statement, head)),
  );
  const [first] = [...unused, ...(handler === undefined ? [] : [handler.target])].toSorted(
    (a, b) => rangeOf(a)[0] - rangeOf(b)[0],
  );
  if (first !== undefined) {
    report.followUp("exports-removed", first);
  }
  return report.finish();
};

export default asTransform(step);
