import type { Node } from "../code/tree.ts";
import type { Model } from "../code/model.ts";
import { isGlobalTaken } from "../code/names.ts";
import type { OwnerPlan, SettlePlan } from "./settle-types.ts";

/** A global that the code written at a place names. */
export interface NeededGlobal {
  readonly name: string;
  readonly place: Node;
}

/** The globals besides those of its errors in what stands for the calls and returns of a function without callback. */
export function globalsOfPlan({ calls, returns, isCaught }: OwnerPlan): NeededGlobal[] {
  const isHeld = calls.some(({ mode }) => mode === "held");
  const isRejecting = ({ kind, mustReject, statement }: SettlePlan): boolean =>
    kind !== "delegate" && (mustReject || (isHeld && isCaught(statement)));
  const rejecting = [
    ...calls.filter(isRejecting).map(({ call }) => call),
    ...[...returns.keys()].filter((statement) => isHeld && isCaught(statement)),
  ];
  return rejecting.map((place) => ({ name: "Promise", place }));
}

/** Those of the globals that the file binds for itself at their place; the first place for each. */
export function takenOf(model: Model, needed: readonly NeededGlobal[]): NeededGlobal[] {
  const taken = needed.filter(({ name, place }) => isGlobalTaken(model, place, name));
  return taken.filter(({ name }, index) => taken.findIndex((other) => other.name === name) === index);
}
