import type * as ESTree from "estree";
import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import { stringOf } from "../../analysis/values/constants.ts";
import type { Model } from "../../analysis/code/model.ts";
import { planSecretEntries } from "../../analysis/clients/secret-entries.ts";
import type { SecretRead, SecretUse } from "../../analysis/secrets/reads.ts";
import { legacySystemSecrets } from "../../platform/platform-clients.ts";
import type { ClientWriter } from "./client-writer.ts";
import { withParentheses } from "../text/parentheses.ts";
import type { StepReport } from "../step/step.ts";

/** Reads again what someone else may have changed, and copies what the function changes. */
export function convertSecretClients({ model, report }: ClientWriter): void {
  const plan = planSecretEntries(model);
  if (plan === undefined) {
    return;
  }
  report.refuseFor(plan.problems);
  for (const call of plan.readAnew) {
    readAnew(model, report, call);
  }
  for (const read of plan.copied) {
    copyEntry(model, report, read);
  }
  declareUse(model, plan.use, report);
}

function readAnew(model: Model, report: StepReport, call: ESTree.SimpleCallExpression): void {
  const [key, ...more] = call.arguments;
  if (key !== undefined && key.type !== "SpreadElement" && more.length === 0) {
    report.edits.insert(withParentheses(model, key)[1], ", { useCache: false }");
    report.declare("secret-read-anew", call);
  }
}

/** A copy of the entry stands in its place: around the `await`, or behind the promise. */
function copyEntry(model: Model, report: StepReport, { call }: SecretRead): void {
  const parent = model.parentOf(call);
  if (parent?.type === "AwaitExpression") {
    report.edits.insert(rangeOf(parent)[0], "structuredClone(");
    report.edits.insert(rangeOf(parent)[1], ")");
  } else {
    report.edits.insert(rangeOf(call)[1], ".then(structuredClone)");
  }
}

function declareUse(model: Model, { updates, reads }: SecretUse, report: StepReport): void {
  for (const { call } of updates) {
    report.declare("secret-update", call);
  }
  for (const { call } of [...reads, ...updates]) {
    tellSystemSecret(model, report, call);
  }
}

/** Secrets of the platform itself have other names and other contents in V2. */
function tellSystemSecret(model: Model, report: StepReport, call: ESTree.SimpleCallExpression): void {
  const texts: Node[] = [];
  for (const argument of call.arguments) {
    texts.push(...(argument.type === "ObjectExpression" ? argument.properties : [argument]));
  }
  for (const node of texts) {
    const name = stringOf(model, node.type === "Property" ? node.value : node);
    if (name !== undefined && legacySystemSecrets.has(name)) {
      report.followUp("system-secret", node, { name: `\`${name}\`` });
    }
  }
}
