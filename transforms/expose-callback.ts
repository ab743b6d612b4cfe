import { findHandler } from "../src/analysis/code/handler.ts";
import { exposedOwners } from "../src/analysis/contract/exposed-owners.ts";
import { asTransform } from "../src/edits/step/as-transform.ts";
import { dropUnusedName, replaceAlias, replaceWrapper } from "../src/edits/contract/alias.ts";
import { boundCallback, dropDefault, plainCall } from "../src/edits/contract/callback-forms.ts";
import { certainCallback } from "../src/edits/contract/certain-callback.ts";
import { dropOnceGuard } from "../src/edits/contract/once-guard.ts";
import { promiseOfCallback } from "../src/edits/contract/callback-call.ts";
import { promiseOfHelper } from "../src/edits/contract/callback-helper.ts";
import { openCall } from "../src/edits/contract/called-in-place.ts";
import { catchInside } from "../src/edits/contract/caught.ts";
import { leaveByCatch } from "../src/edits/contract/leave-by-catch.ts";
import { throwInGuard } from "../src/edits/contract/guard-helper.ts";
import { inlineFunction } from "../src/edits/contract/inline.ts";
import { callInTimer } from "../src/edits/contract/timer-arguments.ts";
import { waitForTimer } from "../src/edits/contract/timer.ts";
import { moveChainOutOfTry } from "../src/edits/contract/try.ts";
import { bodyOfArrow, unfoldExpression } from "../src/edits/contract/unfold.ts";
import { adoptChain } from "../src/edits/contract/adopt.ts";
import { dropUnheard } from "../src/edits/contract/unheard.ts";
import { StepReport } from "../src/edits/step/step.ts";
import type { Step } from "../src/edits/step/step.ts";

/** Each rewrites what it understands and what is apart from each other, the first such place at least, and tells whether it did. */
const REWRITES = [
  dropDefault,
  plainCall,
  boundCallback,
  certainCallback,
  callInTimer,
  dropOnceGuard,
  replaceAlias,
  replaceWrapper,
  dropUnusedName,
  bodyOfArrow,
  unfoldExpression,
  leaveByCatch,
  catchInside,
  openCall,
  throwInGuard,
  inlineFunction,
  promiseOfCallback,
  promiseOfHelper,
  waitForTimer,
  moveChainOutOfTry,
  adoptChain,
  dropUnheard,
];

/**
 * Rewrites calls of the callback, in the handler or in a helper that settles for it, so that each is its own statement:
 * aliases are replaced, conditional expressions become `if`, an inner function that is called once takes the place of its
 * call. The function keeps its callback and behaves as before under the V1 contract.
 */
export const step: Step = (model) => {
  const report = new StepReport();
  const handler = findHandler(model);
  if (handler?.callback === undefined || handler.problem !== undefined) {
    return report.finish();
  }
  const owners = exposedOwners(model, handler);
  for (const rewrite of REWRITES) {
    if (owners.some((owner) => rewrite({ ...owner, report }))) {
      return report.finish();
    }
  }
  return report.finish();
};

export { parser } from "../src/edits/step/as-transform.ts";
export default asTransform(step);
