import type { Variable } from "eslint-scope";
import type { FunctionNode, Node } from "../../analysis/code/tree.ts";
import type { Model } from "../../analysis/code/model.ts";
import type { StepReport } from "../step/step.ts";

/** The handler with its callback, and where edits go. */
export interface ExposeContext {
  readonly model: Model;
  readonly owner: FunctionNode;
  readonly callback: Variable;
  readonly report: StepReport;
}

/** True for a call of the callback. */
export function isSettleCall({ model, callback }: ExposeContext, node: Node): boolean {
  return node.type === "CallExpression" && model.variableOf(node.callee) === callback;
}
