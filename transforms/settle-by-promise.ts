import { findHandler } from "../src/analysis/code/handler.ts";
import { exposedOwners } from "../src/analysis/contract/exposed-owners.ts";
import { asTransform } from "../src/edits/step/as-transform.ts";
import { settleByPromise } from "../src/edits/contract/promise-around.ts";
import { StepReport } from "../src/edits/step/step.ts";
import type { Step } from "../src/edits/step/step.ts";

/**
 * Lets a promise settle where functions that others call hold the callback: a timer, an event, a function that is not
 * known. The function keeps its callback, which gets the promise, and behaves as before under the V1 contract.
 */
export const step: Step = (model, { run }) => {
  const report = new StepReport();
  const handler = findHandler(model);
  if (handler?.callback === undefined || handler.problem !== undefined) {
    return report.finish();
  }
  const [owner] = exposedOwners(model, handler);
  if (owner !== undefined) {
    settleByPromise({ ...owner, report }, run?.has("expose-callback") === true);
  }
  return report.finish();
};

export { parser } from "../src/edits/step/as-transform.ts";
export default asTransform(step);
