import type { Variable } from "eslint-scope";
import { rangeOf } from "../src/analysis/code/tree.ts";
import type { FunctionNode, Node } from "../src/analysis/code/tree.ts";
import { planChain } from "../src/analysis/contract/chain-plan.ts";
import { chainOf } from "../src/analysis/control/chains.ts";
import { isInClassCode } from "../src/analysis/code/class-code.ts";
import { isAsync } from "../src/analysis/code/effects.ts";
import { findHandler } from "../src/analysis/code/handler.ts";
import type { Model } from "../src/analysis/code/model.ts";
import { asTransform } from "../src/edits/step/as-transform.ts";
import { ChainWriter } from "../src/edits/contract/chain.ts";
import { StepReport } from "../src/edits/step/step.ts";
import type { Step } from "../src/edits/step/step.ts";

/**
 * Unrolls promise chains that call the callback into `await` and `try`. The function keeps its callback and behaves as
 * before under the V1 contract; what this gives is code in which `callback-to-async` can see who settles.
 */
export const step: Step = (model) => {
  const report = new StepReport();
  const handler = findHandler(model);
  if (handler?.callback === undefined || handler.problem !== undefined) {
    return report.finish();
  }
  const found = firstChain(model, handler.node, handler.callback.variable);
  if (found !== undefined) {
    new ChainWriter(model, handler.node, report.edits).write(found);
    if (!isAsync(handler.node)) {
      report.edits.insert(rangeOf(handler.node)[0], "async ");
    }
    if (found.mayReject) {
      report.declare("never-settles", found.chain.statement);
    }
  }
  return report.finish();
};

export default asTransform(step);

/** One chain at a time: unrolling it brings the chains inside its handlers into reach of the next run. */
function firstChain(model: Model, owner: FunctionNode, callback: Variable): ReturnType<typeof planChain> {
  const statements: Node[] = [...model.nodes("ExpressionStatement"), ...model.nodes("ReturnStatement")];
  const isOwn = (statement: Node): boolean => model.functionOf(statement) === owner && !isInClassCode(model, statement);
  for (const statement of statements.filter(isOwn)) {
    const chain = chainOf(statement);
    const plan = chain === undefined ? undefined : planChain(model, owner, callback, chain);
    if (plan !== undefined) {
      return plan;
    }
  }
  return undefined;
}
