import { findDeadCode } from "../analysis/modules/dead-code.ts";
import { findExports } from "../analysis/modules/exports.ts";
import { findHandler } from "../analysis/code/handler.ts";
import { findHiddenHandler } from "../analysis/code/hidden-handler.ts";
import { rootOf } from "../analysis/code/tree.ts";
import type { Node } from "../analysis/code/tree.ts";
import type { Model } from "../analysis/code/model.ts";
import { findMissingMethods } from "../analysis/runtime/console-calls.ts";
import { findUnfinishedWork } from "../analysis/contract/unfinished-work.ts";
import { findNamedSources } from "../analysis/modules/uses.ts";
import { runtimeOf } from "../analysis/runtime/which-runtime.ts";
import { returnedTokens } from "../analysis/secrets/returned-tokens.ts";
import {
  neededCommonJsUses,
  otherSloppyShapes,
  sloppyShapes,
  undeclaredNames,
} from "../analysis/modules/strictness.ts";
import { StepReport } from "../edits/step/step.ts";
import type { StepResult } from "../edits/step/step.ts";
import { legacyToolbelt } from "../platform/toolbelt.ts";

/**
 * True when the file is a V1 function, belongs to one, or speaks of the V1 toolbelt in another way. A V2 function may name
 * it, as long as it does not take it in.
 */
export function isLegacyFunction(model: Model): boolean {
  const runtime = runtimeOf(model);
  const isLegacyName = (node: Node): boolean => node.type === "Literal" && node.value === legacyToolbelt;
  const speaks = (): boolean =>
    (runtime === "v2" ? findNamedSources(model) : model.nodes("Literal")).some((node) => isLegacyName(node));
  return runtime === "v1" || (model.text.includes(legacyToolbelt) && speaks());
}

/**
 * Looks at a V1 file as a whole, before any step: what an ES module forbids, and what fails in V1 already.
 *
 * @param runs whether a step runs later on
 */
export function survey(model: Model, runs: (step: string) => boolean): StepResult {
  const report = new StepReport();
  const dead = runs("drop-dead-code") ? findDeadCode(model).statements : [];
  for (const { what, offset } of runs("declare-globals") ? otherSloppyShapes(model, dead) : sloppyShapes(model, dead)) {
    report.refuseAt("sloppy-mode", offset, { what });
  }
  for (const { name, node } of neededCommonJsUses(model, dead)) {
    report.refuse("commonjs-exports", node, { name });
  }
  for (const { name, node } of report.isRefused ? [] : undeclaredNames(model)) {
    report.notice("undeclared-name", node, { name });
  }
  for (const { method, node } of report.isRefused ? [] : findMissingMethods(model).filter(({ isCall }) => isCall)) {
    report.notice("unsupported-console", node, { method });
  }
  for (const { name, node } of returnedTokens(model)) {
    report.notice("secret-returned", node, { name });
  }
  const hidden = findHiddenHandler(model);
  if (hidden !== undefined && runs("callback-to-async") && runtimeOf(model) === "v1") {
    // Here as well: when that step runs, other steps may have taken away what shows that the file is V1.
    report.refuse("handler-shape", hidden.at, { what: hidden.problem });
  }
  const handler = findHandler(model);
  if (handler !== undefined && handler.callback === undefined && handler.problem === undefined) {
    report.declare("never-settles", handler.node);
  }
  for (const call of handler === undefined ? [] : findUnfinishedWork(model, handler)) {
    report.followUp("unfinished-work", call);
  }
  const [write] = [
    ...model.nodes("AssignmentExpression").filter(({ left }) => isUnknownProperty(model, left)),
    ...model
      .nodes("UnaryExpression")
      .filter(({ operator, argument }) => operator === "delete" && isUnknownProperty(model, argument)),
  ].filter((node) => !model.scopeAt(node).isStrict);
  if (write !== undefined) {
    report.followUp("strict-writes", write);
  }
  return report.finish();
}

/** A property of any object but what CommonJS exports. */
function isUnknownProperty(model: Model, left: Node): boolean {
  const { known } = findExports(model);
  return left.type === "MemberExpression" && !known.has(rootOf(left));
}
