import { findSecretLoops } from "../src/analysis/secrets/loops.ts";
import { findSecretRuns } from "../src/analysis/secrets/runs.ts";
import { findSecretWrites } from "../src/analysis/secrets/writes.ts";
import { asTransform } from "../src/edits/step/as-transform.ts";
import { writeLoop, writeRun, writeWrites } from "../src/edits/toolbelt/secret-edits.ts";
import { StepReport } from "../src/edits/step/step.ts";
import type { Step } from "../src/edits/step/step.ts";

/**
 * Joins runs of independent secret reads into one `Promise.all`, and loops that read a fixed list of secrets. Writes are
 * joined in idiomatic style only: one that V1 never tried, because an earlier one failed, leaves something behind.
 */
export const step: Step = (model, { style }) => {
  const report = new StepReport();
  const { runs } = findSecretRuns(model);
  for (const run of runs) {
    report.declare("secrets-parallel", run.reads[0].statement);
    writeRun(model, report.edits, run);
  }
  for (const loop of findSecretLoops(model)) {
    report.declare("secrets-parallel", loop.loop);
    writeLoop(model, report.edits, loop);
  }
  const writes = style === "idiomatic" ? findSecretWrites(model) : [];
  for (const run of writes) {
    report.declare("secrets-written-together", run[0].statement);
    writeWrites(model, report.edits, run);
  }
  return report.finish();
};

export { parser } from "../src/edits/step/as-transform.ts";
export default asTransform(step);
