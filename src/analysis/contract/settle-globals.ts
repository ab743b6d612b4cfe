import type { Node } from "../code/tree.ts";
import type { ErrorKind } from "../errors/kind.ts";
import type { Model } from "../code/model.ts";
import { isGlobalTaken } from "../secrets/runs.ts";
import type { OwnerPlan, SettlePlan } from "./settle-types.ts";

/** A global that the code written at a place names. */
export interface NeededGlobal {
  readonly name: string;
  readonly place: Node;
}

/** The globals in what stands around an error that is none. */
export function globalsOfError(kind: ErrorKind | "delegate", place: Node): NeededGlobal[] {
  const names = kind === "text" ? ["Error"] : kind === "object" ? ["Error", "Object"] : [];
  return names.map((name) => ({ name, place }));
}

/** The globals in the text that stands for the calls and the returns of a function that gives up its callback. */
export function globalsOfPlan({ calls, returns, isCaught }: OwnerPlan): NeededGlobal[] {
  const isHeld = calls.some(({ mode }) => mode === "held");
  const isRejecting = ({ kind, mustReject, statement }: SettlePlan): boolean =>
    kind !== "delegate" && (mustReject || (isHeld && isCaught(statement)));
  const rejecting = [
    ...calls.filter(isRejecting).map(({ call }) => call),
    ...[...returns.keys()].filter((statement) => isHeld && isCaught(statement)),
  ];
  return [
    ...calls.filter(({ mode }) => mode !== "dead").flatMap(({ kind, call }) => globalsOfError(kind, call)),
    ...rejecting.map((place) => ({ name: "Promise", place })),
  ];
}

/** Those of the globals that the file binds for itself at their place; the first place for each. */
export function takenOf(model: Model, needed: readonly NeededGlobal[]): NeededGlobal[] {
  const taken = needed.filter(({ name, place }) => isGlobalTaken(model, place, name));
  return taken.filter(({ name }, index) => taken.findIndex((other) => other.name === name) === index);
}
