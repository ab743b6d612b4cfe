import { findNamedFunctions } from "../code/named-functions.ts";
import { perModel } from "../code/per-model.ts";
import { firstAtLeast, hasBetween } from "../code/rising.ts";
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
export interface Matters {
  readonly isIn: (node: Node) => boolean;
  /** The first of some statements, from an index on, that has to do with it; their number when none has. */
  readonly nextIn: (statements: readonly Node[], from: number) => number;
}

export function mattersFor(model: Model, name: string): Matters {
  const mentions = model.globals(name).map((node) => rangeOf(node)[0]);
  const turns = turnsOf(model);
  return {
    isIn: (node) => hasBetween(mentions, rangeOf(node)) || hasBetween(turns, rangeOf(node)),
    nextIn: (statements, from) => {
      const [first] = statements.slice(from, from + 1);
      const start = first === undefined ? Infinity : rangeOf(first)[0];
      const offset = Math.min(firstAtLeast(mentions, start), firstAtLeast(turns, start));
      // Not one by one: a name is asked for in lists of thousands.
      let [low, high] = [from, statements.length];
      while (low < high) {
        const middle = Math.floor((low + high) / 2);
        const [node] = statements.slice(middle, middle + 1);
        if (node !== undefined && rangeOf(node)[1] <= offset) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    },
  };
}
