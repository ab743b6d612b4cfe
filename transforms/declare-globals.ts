import { findImplicitGlobals } from "../src/analysis/modules/implicit-globals.ts";
import { evalCalls } from "../src/analysis/modules/strictness.ts";
import { asTransform } from "../src/edits/step/as-transform.ts";
import { declarationEdits } from "../src/edits/modules/declarations.ts";
import { StepReport } from "../src/edits/step/step.ts";
import type { Step } from "../src/edits/step/step.ts";

/** Declares variables that are assigned but declared nowhere: in the function where that is exact, else in the module. */
export const step: Step = (model) => {
  const report = new StepReport();
  // With `eval` no name of the file can be followed; the survey of a whole run refuses it.
  const globals = evalCalls(model).length > 0 ? [] : findImplicitGlobals(model);
  for (const { name, node, plan } of globals) {
    if ("why" in plan) {
      report.refuse("sloppy-mode", node, { what: `The assignment to \`${name}\`${plan.why}` });
    } else {
      report.declare("implicit-global", node, {
        name,
        where: plan.owner === undefined ? "at module level" : "in the function, so that each invocation has its own",
      });
    }
  }
  if (!report.isRefused) {
    declarationEdits(model, globals, report.edits);
  }
  return report.finish();
};

export { parser } from "../src/edits/step/as-transform.ts";
export default asTransform(step);
