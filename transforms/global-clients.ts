import { findClientSites } from "../src/analysis/toolbelt/client-sites.ts";
import { asTransform } from "../src/edits/step/as-transform.ts";
import { hoistClients } from "../src/edits/toolbelt/client-edits.ts";
import { StepReport } from "../src/edits/step/step.ts";
import type { Step } from "../src/edits/step/step.ts";

/** Moves clients that every invocation creates again to module scope, where they are created once. */
export const step: Step = (model) => {
  const report = new StepReport();
  const moved = findClientSites(model).filter(({ form, stay }) => form !== "module" && stay === undefined);
  if (moved.length > 0) {
    hoistClients(model, report.edits, moved);
  }
  for (const { platform, creation } of moved) {
    if (platform.creation === "keeps-token") {
      report.declare("token-kept", creation.call);
    }
  }
  return report.finish();
};

export { parser } from "../src/edits/step/as-transform.ts";
export default asTransform(step);
