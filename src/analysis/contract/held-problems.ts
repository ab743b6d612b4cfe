import type * as ESTree from "estree";
import { callOf } from "../code/called.ts";
import { isPlainValue, isPure } from "../code/effects.ts";
import type { Model } from "../code/model.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { overrules } from "../control/continuation.ts";
import { isWritten, wholeMember } from "../code/writes.ts";
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

/** The object that was handed to the callback is written to further down. */
function isChangedLater(model: Model, { call, value }: SettlePlan): boolean {
  const variable = value?.type === "Identifier" ? model.variableOf(value) : undefined;
  const reads = variable?.references.map(({ identifier }) => identifier as Node) ?? [];
  return reads.some((read) => {
    const member = wholeMember(model, read);
    const isChange = isWritten(model, member) || callOf(model, member) !== undefined;
    return isChange && member !== read && (read.range?.[0] ?? 0) > (call.range?.[1] ?? 0);
  });
}
