import { rangeOf } from "../src/analysis/code/tree.ts";
import { findHiddenNames } from "../src/analysis/runtime/environment-mentions.ts";
import { environmentOf } from "../src/analysis/runtime/environment.ts";
import type { Environment, EnvironmentUse } from "../src/analysis/runtime/environment.ts";
import type { Model } from "../src/analysis/code/model.ts";
import { asTransform } from "../src/edits/step/as-transform.ts";
import { renameVariable } from "../src/edits/modules/environment.ts";
import { StepReport } from "../src/edits/step/step.ts";
import type { Step } from "../src/edits/step/step.ts";
import { removedVariables, renamedVariables } from "../src/platform/environment.ts";

/** Reads the platform's environment variables under the names that they have in V2. */
export const step: Step = (model, { ownEnvironment = new Set() }) => {
  const report = new StepReport();
  const environment = environmentOf(model);
  const ofPlatform = environment.uses.filter(({ name }) => !ownEnvironment.has(name));
  for (const use of ofPlatform) {
    const modern = renamedVariables.get(use.name);
    if (modern !== undefined) {
      rename(use, modern, report);
    }
  }
  refuseHidden(model, environment, ownEnvironment, report);
  const [whole] = [...environment.escapes, ...environment.computed].toSorted((a, b) => rangeOf(a)[0] - rangeOf(b)[0]);
  if (whole !== undefined) {
    report.declare("environment-whole", whole);
  }
  for (const name of removedVariables) {
    const read = ofPlatform.find((use) => use.name === name && !use.isWrite);
    if (read !== undefined && !ofPlatform.some((use) => use.name === name && use.isWrite)) {
      report.followUp("environment-unset", read.key, { name });
    }
  }
  return report.finish();
};

export { parser } from "../src/edits/step/as-transform.ts";
export default asTransform(step);

function rename(use: EnvironmentUse, modern: string, report: StepReport): void {
  const { name, key, isWrite, isIndirect } = use;
  if (isWrite || isIndirect) {
    report.refuse("environment-name", key, {
      what: isWrite ? `\`${name}\` is set here` : unfollowed(name),
      modern,
    });
    return;
  }
  renameVariable(report.edits, use, modern);
  report.declare("environment-name", key, { name, modern });
}

/** Where `process.env` is not only read by name, every other mention of a renamed variable may be a read of it. */
function refuseHidden(
  model: Model,
  environment: Environment,
  ownEnvironment: ReadonlySet<string>,
  report: StepReport,
): void {
  const isRenamed = (name: string): boolean => renamedVariables.has(name) && !ownEnvironment.has(name);
  for (const { name, node } of findHiddenNames(model, environment, isRenamed)) {
    report.refuse("environment-name", node, { what: unfollowed(name), modern: renamedVariables.get(name) ?? "" });
  }
}

function unfollowed(name: string): string {
  return `\`${name}\` may be read from the environment here in a way that can't be followed`;
}
