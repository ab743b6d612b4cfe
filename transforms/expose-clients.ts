import { asTransform } from "../src/edits/step/as-transform.ts";
import { StepReport } from "../src/edits/step/step.ts";
import type { Step } from "../src/edits/step/step.ts";
import {
  exposeAssignedClient,
  exposeFactories,
  exposeGivenClient,
  exposeHeldClient,
} from "../src/edits/toolbelt/expose-clients.ts";
import { exposeClientFactory, exposeLazyClient } from "../src/edits/toolbelt/expose-lazy-client.ts";

/** Each rewrites what it understands of a file that the others have not touched. */
const REWRITES = [
  exposeFactories,
  exposeGivenClient,
  exposeHeldClient,
  exposeAssignedClient,
  exposeLazyClient,
  exposeClientFactory,
];

/**
 * Gives each client whose calls have to be followed a constant of its own: factories are called as members of the
 * toolbelt, members of objects and fields of classes become constants, also where a class is given them. The function stays a V1 function.
 */
export const step: Step = (model) => {
  const report = new StepReport();
  for (const rewrite of REWRITES) {
    rewrite(model, report.edits);
    if (!report.edits.isEmpty) {
      break;
    }
  }
  return report.finish();
};

export { parser } from "../src/edits/step/as-transform.ts";
export default asTransform(step);
