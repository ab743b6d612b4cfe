import { rangeOf } from "../src/analysis/code/tree.ts";
import type { Node } from "../src/analysis/code/tree.ts";
import { planChain, rejectsOnly } from "../src/analysis/contract/chain-plan.ts";
import { exposedOwners } from "../src/analysis/contract/exposed-owners.ts";
import type { ExposedOwner } from "../src/analysis/contract/exposed-owners.ts";
import { chainOf } from "../src/analysis/control/chains.ts";
import { isInClassCode } from "../src/analysis/code/class-code.ts";
import { cannotThrow, isAsync } from "../src/analysis/code/effects.ts";
import { findHandler } from "../src/analysis/code/handler.ts";
import { asTransform } from "../src/edits/step/as-transform.ts";
import { ChainWriter } from "../src/edits/contract/chain.ts";
import { StepReport } from "../src/edits/step/step.ts";
import type { Step } from "../src/edits/step/step.ts";

/**
 * Unrolls promise chains that call the callback into `await` and `try`, in the handler and in the helpers that settle
 * for it. The function keeps its callback and behaves as before under the V1 contract; what this gives is code in which
 * `callback-to-async` can see who settles.
 */
export const step: Step = (model) => {
  const report = new StepReport();
  const handler = findHandler(model);
  if (handler?.callback === undefined || handler.problem !== undefined) {
    return report.finish();
  }
  for (const context of exposedOwners(model, handler)) {
    const found = firstChain(context);
    if (found !== undefined) {
      new ChainWriter(context, report.edits).write(found);
      if (!isAsync(context.owner)) {
        report.edits.insert(rangeOf(context.owner)[0], "async ");
        if (context.overheardAt !== undefined && mayFailAtOnce(context, found)) {
          report.declare("early-error", context.overheardAt);
        }
      }
      if (found.mayReject) {
        report.declare("never-settles", found.chain.statement);
      }
      break;
    }
  }
  return report.finish();
};

export { parser } from "../src/edits/step/as-transform.ts";
export default asTransform(step);

/** True when the function may throw before it waits for the first time. */
function mayFailAtOnce(context: ExposedOwner, { chain, prefix }: NonNullable<ReturnType<typeof planChain>>): boolean {
  const { body } = context.owner;
  const statements: readonly Node[] = body.type === "BlockStatement" ? body.body : [];
  const before = statements.slice(0, Math.max(0, statements.indexOf(chain.statement)));
  return (
    !statements.includes(chain.statement) ||
    !before.every((statement) => cannotThrow(context.model, statement)) ||
    !rejectsOnly(context, prefix)
  );
}

/** One chain at a time: unrolling it brings the chains inside its handlers into reach of the next run. */
function firstChain(context: ExposedOwner): ReturnType<typeof planChain> {
  const { model, owner, mayBecomeAsync } = context;
  const statements: Node[] = [...model.nodes("ExpressionStatement"), ...model.nodes("ReturnStatement")];
  const isOwn = (statement: Node): boolean => model.functionOf(statement) === owner && !isInClassCode(model, statement);
  for (const statement of mayBecomeAsync ? statements.filter(isOwn) : []) {
    const chain = chainOf(statement);
    const plan = chain === undefined ? undefined : planChain(context, chain);
    if (plan !== undefined) {
      return plan;
    }
  }
  return undefined;
}
