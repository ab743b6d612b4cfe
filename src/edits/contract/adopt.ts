import { findHandler } from "../../analysis/code/handler.ts";
import { isGlobalTaken } from "../../analysis/code/names.ts";
import { rangeOf } from "../../analysis/code/tree.ts";
import { adoptedChain } from "../../analysis/contract/adopted-chain.ts";
import type { AdoptedChain } from "../../analysis/contract/adopted-chain.ts";
import { planChain } from "../../analysis/contract/chain-plan.ts";
import { globalsOfPlan } from "../../analysis/contract/settle-globals.ts";
import { mayBeDropped } from "../../analysis/errors/reason-set.ts";
import { commentTexts } from "../text/comments.ts";
import { indentAt, lineEndingOf } from "../text/layout.ts";
import { withParentheses } from "../text/parentheses.ts";
import { ErrorObjects } from "./error-objects.ts";
import type { ExposeContext } from "./expose-context.ts";
import { SettleWriter } from "./settle.ts";

/**
 * `return load().then((r) => callback(null, r.name)).catch(callback);` becomes
 * `return callback(null, load().then((r) => r.name));` where the chain can't be unrolled: in a `try` that does not wait for it.
 */
export function adoptChain(context: ExposeContext): boolean {
  const { model, owner } = context;
  if (findHandler(model)?.node !== owner) {
    return false;
  }
  for (const statement of model.nodes("ReturnStatement").filter((each) => model.functionOf(each) === owner)) {
    const found = adoptedChain(context, statement);
    if (found !== undefined && planChain(context, found.chain) === undefined && write(context, found)) {
      return true;
    }
  }
  return false;
}

function write({ model, callback, report }: ExposeContext, { chain, plans, dropped }: AdoptedChain): boolean {
  const objects = new ErrorObjects(model);
  const whole = chain.links.at(-1)?.call;
  const isFree = plans.flatMap(globalsOfPlan).every(({ name, place }) => !isGlobalTaken(model, place, name));
  if (whole === undefined || !isFree) {
    return false;
  }
  for (const plan of plans) {
    new SettleWriter(model, plan, report.edits, objects).write();
    if (plan.neverSettles) {
      report.declare("never-settles", plan.owner.node);
    }
    for (const { call } of plan.calls.filter(({ reasons }) => mayBeDropped(reasons))) {
      report.declare("error-object", call);
    }
  }
  objects.appendTo(report.edits);
  const [gone] = dropped;
  if (gone?.call.callee.type === "MemberExpression") {
    const range = [withParentheses(model, gone.call.callee.object)[1], rangeOf(whole)[1]] as const;
    const lineBreak = lineEndingOf(model.text) + indentAt(model.text, range[0]);
    const comments = commentTexts(model, range).map((comment) => lineBreak + comment);
    report.edits.replace(range, comments.length === 0 ? "" : comments.join("") + lineBreak);
  }
  const [start, end] = withParentheses(model, whole);
  report.edits.insert(start, `${callback.name}(null, `);
  report.edits.insert(end, ")");
  return true;
}
