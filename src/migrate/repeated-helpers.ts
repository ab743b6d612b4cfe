import type { Place } from "./result.ts";
import type { Unit } from "./run-outcome.ts";
import { byPath } from "./run-result.ts";
import type { RepeatedHelper } from "./run-result.ts";

/** In fewer files, a copy is hardly worth a file of its own. */
const FEWEST_FILES = 3;

interface Found {
  readonly name: string;
  /** By path: a file counts once. */
  readonly places: Map<string, Place>;
}

/** The helper functions that stand with the same code in three files or more, those in most files first. */
export function repeatedHelpers(units: readonly Unit[]): RepeatedHelper[] {
  const found = new Map<string, Found>();
  for (const { source, outcome } of units.flat()) {
    if (outcome.kind !== "result") continue;
    for (const { name, code, line, column } of outcome.helpers ?? []) {
      const known = found.get(code) ?? { name, places: new Map<string, Place>() };
      if (!known.places.has(source.path)) known.places.set(source.path, { line, column });
      found.set(code, known);
    }
  }
  return [...found.values()]
    .filter(({ places }) => places.size >= FEWEST_FILES)
    .map(({ name, places }) => ({
      name,
      places: [...places].map(([path, place]) => ({ path, ...place })).sort(byPath),
    }))
    .sort((left, right) => right.places.length - left.places.length || byName(left, right));
}

function byName({ name: left }: RepeatedHelper, { name: right }: RepeatedHelper): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
