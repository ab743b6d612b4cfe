import { asTransform } from "../src/edits/step/as-transform.ts";
import { exposeCredentials, exposeKeptOptions, exposeTransform } from "../src/edits/http/expose-options.ts";
import { StepReport } from "../src/edits/step/step.ts";
import type { Step } from "../src/edits/step/step.ts";

/**
 * Writes what options of a request do as plain code: `transform` is called with the result, credentials in a URL become
 * the option `auth`, and options in a constant that is used elsewhere too are read one by one. The function stays a V1
 * function.
 */
export const step: Step = (model) => {
  const report = new StepReport();
  for (const rewrite of [exposeCredentials, exposeTransform, exposeKeptOptions]) {
    rewrite(model, report);
    if (!report.edits.isEmpty) {
      break;
    }
  }
  return report.finish();
};

export { parser } from "../src/edits/step/as-transform.ts";
export default asTransform(step);
