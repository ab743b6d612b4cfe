import { walk } from "../src/analysis/code/tree.ts";
import type { Node } from "../src/analysis/code/tree.ts";
import { planChain } from "../src/analysis/contract/chain-plan.ts";
import type { ChainPlan } from "../src/analysis/contract/chain-plan.ts";
import { rejectsOnly } from "../src/analysis/contract/promise-making.ts";
import { exposedOwners } from "../src/analysis/contract/exposed-owners.ts";
import type { ExposedOwner } from "../src/analysis/contract/exposed-owners.ts";
import { chainOf } from "../src/analysis/control/chains.ts";
import { isLastIn } from "../src/analysis/control/continuation.ts";
import { isInClassCode } from "../src/analysis/code/class-code.ts";
import { cannotThrow, isAsync } from "../src/analysis/code/effects.ts";
import { findHandler } from "../src/analysis/code/handler.ts";
import { asTransform } from "../src/edits/step/as-transform.ts";
import { ChainWriter } from "../src/edits/contract/chain.ts";
import { makeAsync } from "../src/edits/text/make-async.ts";
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
    const plans = nextChains(context);
    const writer = new ChainWriter(context, report.edits);
    plans.forEach((plan) => {
      writer.write(plan);
      if (plan.mayReject) {
        report.declare("never-settles", plan.chain.statement);
      }
    });
    const [first] = plans;
    if (first !== undefined) {
      if (!isAsync(context.owner)) {
        makeAsync(context.model, report.edits, context.owner);
        if (context.overheardAt !== undefined && mayFailAtOnce(context, first)) {
          report.declare("early-error", context.overheardAt);
        }
      }
      break;
    }
  }
  return report.finish();
};

export { parser } from "../src/edits/step/as-transform.ts";
export default asTransform(step);

/** True when the function may throw before it waits for the first time. */
function mayFailAtOnce(context: ExposedOwner, { chain, prefix }: ChainPlan): boolean {
  const { body } = context.owner;
  const statements: readonly Node[] = body.type === "BlockStatement" ? body.body : [];
  const before = statements.slice(0, Math.max(0, statements.indexOf(chain.statement)));
  return (
    !statements.includes(chain.statement) ||
    !before.every((statement) => cannotThrow(context.model, statement)) ||
    !rejectsOnly(context.model, prefix)
  );
}

/**
 * The chains that are unrolled in one go, in the order in which they would be one after the other. What a chain brings
 * into reach, and what may depend on the one in front of it, is left to the next run.
 */
function nextChains(context: ExposedOwner): ChainPlan[] {
  const { model, owner, mayBecomeAsync } = context;
  const statements: Node[] = [...model.nodes("ExpressionStatement"), ...model.nodes("ReturnStatement")];
  const isOwn = (statement: Node): boolean => model.functionOf(statement) === owner && !isInClassCode(model, statement);
  const plans: ChainPlan[] = [];
  /** Where the names are seen that the chains declare. */
  const seen = new Set<Node>();
  for (const statement of mayBecomeAsync ? statements.filter(isOwn) : []) {
    const chain = chainOf(statement);
    const plan = chain === undefined ? undefined : planChain(context, chain);
    if (plan === undefined) {
      continue;
    }
    if (plans.length > 0 && !isApart(context, plan, seen)) {
      break;
    }
    plans.push(plan);
    seen.add(model.scopeAt(statement).block);
    // A function that is not async yet is another one for the next chain.
    if (!isAsync(owner) || !isLastIn(model, statement, owner) || holdsChain(plan)) {
      break;
    }
  }
  return plans;
}

/** True for a chain that is none of the others' business: names that they declare are not seen where it stands. */
function isApart({ model, owner }: ExposedOwner, { chain }: ChainPlan, seen: ReadonlySet<Node>): boolean {
  for (let at: Node | null = chain.statement; at !== null; at = model.parentOf(at)) {
    if (seen.has(at)) {
      return false;
    }
  }
  return isLastIn(model, chain.statement, owner);
}

/** True when unrolling the chain brings another one into reach. */
function holdsChain({ chain }: ChainPlan): boolean {
  let isFound = false;
  walk(chain.statement, (inner) => {
    isFound ||= inner !== chain.statement && chainOf(inner) !== undefined;
    return !isFound;
  });
  return isFound;
}
