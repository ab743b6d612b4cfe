import type { Node } from "../../analysis/code/tree.ts";
import type { ExposedOwner } from "../../analysis/contract/exposed-owners.ts";
import type { StepReport } from "../step/step.ts";

/** The handler with its callback, or a helper that settles for it, and where edits go. */
export interface ExposeContext extends ExposedOwner {
  readonly report: StepReport;
}

/** True for a call of the callback. */
export function isSettleCall({ model, callback }: ExposeContext, node: Node): boolean {
  return node.type === "CallExpression" && model.variableOf(node.callee) === callback;
}
