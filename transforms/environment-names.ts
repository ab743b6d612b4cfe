import { staticName } from "../src/analysis/code/tree.ts";
import type { Node } from "../src/analysis/code/tree.ts";
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
  const [whole] = environment.escapes;
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

export default asTransform(step);

function rename(use: EnvironmentUse, modern: string, report: StepReport): void {
  const { name, key, isWrite } = use;
  if (isWrite) {
    report.refuse("environment-name", key, { what: `\`${name}\` is set here`, modern });
    return;
  }
  renameVariable(report.edits, use, modern);
  report.declare("environment-name", key, { name, modern });
}

/** Where `process.env` is not only read by name, every other mention of a renamed variable may be a read of it. */
function refuseHidden(
  model: Model,
  { uses, escapes, computed }: Environment,
  ownEnvironment: ReadonlySet<string>,
  report: StepReport,
): void {
  if (escapes.length === 0 && computed.length === 0) {
    return;
  }
  const known = new Set<Node>(uses.map(({ key }) => key));
  const mentions: Node[] = [
    ...[...model.nodes("MemberExpression"), ...model.nodes("Property")].flatMap((node) => {
      const isRead = node.type === "MemberExpression" || model.parentOf(node)?.type === "ObjectPattern";
      return isRead && staticName(node) !== undefined ? [node.type === "Property" ? node.key : node.property] : [];
    }),
    ...model.nodes("Literal"),
  ];
  for (const mention of new Set(mentions.filter((node) => !known.has(node)))) {
    const name = mention.type === "Identifier" ? mention.name : mention.type === "Literal" ? mention.value : undefined;
    const modern = typeof name === "string" && !ownEnvironment.has(name) ? renamedVariables.get(name) : undefined;
    if (modern !== undefined) {
      report.refuse("environment-name", mention, {
        what: `\`${String(name)}\` may be read from the environment here in a way that can't be followed`,
        modern,
      });
    }
  }
}
