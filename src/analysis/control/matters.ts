import { findNamedFunctions } from "../code/named-functions.ts";
import { perModel } from "../code/per-model.ts";
import { hasBetween } from "../code/rising.ts";
import { rangeOf } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import type { Model } from "../code/model.ts";

const JUMPS = ["ReturnStatement", "ThrowStatement", "BreakStatement", "ContinueStatement"] as const;

/** Where a file mentions functions that have names, and where it jumps; in source order. */
const turnsOf = perModel((model) => {
  const functions = new Set(findNamedFunctions(model).variables);
  const mentions = model.nodes("Identifier").filter((node) => {
    const variable = model.variableOf(node);
    return variable !== undefined && functions.has(variable);
  });
  const jumps = JUMPS.flatMap((type): Node[] => model.nodes(type));
  return [...mentions, ...jumps].map((node) => rangeOf(node)[0]).toSorted((a, b) => a - b);
});

/** Tells code that has nothing to do with a global: it neither mentions it or a function, nor goes somewhere else. */
export function mattersFor(model: Model, name: string): (node: Node) => boolean {
  const mentions = model.globals(name).map((node) => rangeOf(node)[0]);
  const turns = turnsOf(model);
  return (node) => hasBetween(mentions, rangeOf(node)) || hasBetween(turns, rangeOf(node));
}
