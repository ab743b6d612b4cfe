import type * as ESTree from "estree";
import { readsOf, variablesIn } from "../code/bindings.ts";
import { isElementCallback } from "../code/builtins.ts";
import { callOf } from "../code/called.ts";
import { isPlainValue, isPure } from "../code/effects.ts";
import type { Model } from "../code/model.ts";
import { rangeOf, staticName } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { overrules } from "../control/continuation.ts";
import { isWritten, wholeMember } from "../code/writes.ts";
import { findObjectChanges } from "../values/object-changes.ts";
import { holds } from "./settle-statements.ts";
import { mayBeSettled } from "./settle-types.ts";
import type { Obstacle, SettlePlan } from "./settle-types.ts";

/** What keeping an outcome in a variable can't express. */
export function holdingProblem(
  model: Model,
  owner: FunctionNode,
  calls: readonly SettlePlan[],
  mustReject: (call: Node) => boolean,
): Obstacle | undefined {
  if (owner.body.type !== "BlockStatement") {
    return { why: "More code runs after the callback", at: owner.body };
  }
  const computing = calls.find(({ mode, before, kind, value }) => {
    const isOpen = kind === "either" && (mode === "held" || mayBeSettled(before));
    return isOpen && value !== undefined && !isPure(model, value);
  });
  if (computing !== undefined) {
    return { why: "A second callback computes its arguments", at: computing.call };
  }
  // While a finalizer waits, a rejected promise that is returned would have nobody to take care of it.
  const isFloating = calls.some(({ call, kind }) => kind !== "absent" && mustReject(call));
  const leaving = model
    .nodes("TryStatement")
    .flatMap(({ finalizer }) => (finalizer && model.functionOf(finalizer) === owner ? [finalizer] : []))
    .find(
      (finalizer) =>
        (isFloating && holds(finalizer, /^AwaitExpression$/u)) ||
        holds(finalizer, /^(?:Break|Continue)Statement$/u) ||
        (holds(finalizer, /^ReturnStatement$/u) && !isPlainlyLeft(finalizer)),
    );
  return leaving && { why: "More code runs after the callback", at: leaving };
}

/** True for a finalizer with no other `return` than the one that overrules all others. */
function isPlainlyLeft(finalizer: ESTree.BlockStatement): boolean {
  return (
    overrules(finalizer) && finalizer.body.slice(0, -1).every((statement) => !holds(statement, /^ReturnStatement$/u))
  );
}

/** A promise that is kept while the function waits for something else would float, and its rejection kill the run. */
export function waitingProblem(model: Model, calls: readonly SettlePlan[]): Obstacle | undefined {
  const held = calls.filter(({ mode }) => mode === "held");
  const changed = held.find((plan) => isChangedLater(model, plan));
  if (changed !== undefined) {
    return { why: "The result is changed after the callback, while more code is waited for", at: changed.call };
  }
  const promise = held.find(({ value }) => value !== undefined && !isPlainValue(model, value));
  return promise && { why: "The callback may get a promise while more code is waited for", at: promise.call };
}

/** What was handed to the callback is written to further down, or by a function that may run while the rest waits. */
function isChangedLater(model: Model, { call, value }: SettlePlan): boolean {
  const [, end] = rangeOf(call);
  const owner = model.functionOf(call);
  const mayBeLater = (read: Node): boolean => rangeOf(read)[0] > end || !runsWith(model, read, owner);
  return (
    value !== undefined &&
    [...variablesIn(model, value)].some((variable) =>
      readsOf(variable).some((read) => mayBeLater(read) && changes(model, read)),
    )
  );
}

/** True where the code runs at the place where it stands: in the function itself, or for each element of a list. */
function runsWith(model: Model, node: Node, owner: FunctionNode | null): boolean {
  const around = model.functionOf(node);
  if (around === owner || around === null) {
    return true;
  }
  const taker = model.parentOf(around);
  const isOfList =
    taker?.type === "CallExpression" &&
    taker.callee.type === "MemberExpression" &&
    isElementCallback(staticName(taker.callee)) &&
    around.async !== true;
  return isOfList && runsWith(model, taker, owner);
}

function changes(model: Model, read: Node): boolean {
  const member = wholeMember(model, read);
  const isChange = isWritten(model, member) || callOf(model, member) !== undefined;
  return (isChange && member !== read) || findObjectChanges(model, [{ node: read }]).length > 0;
}
