import type { Model } from "./model.ts";

/** Keeps what an analysis finds: many rules ask the same of a model, and a model never changes. */
export function perModel<T>(analyse: (model: Model) => T): (model: Model) => T {
  return (model) => {
    // In the model, not in a weak map of each analysis: those are what the garbage collector takes longest for.
    const kept = model.facts.get(analyse) as { readonly found: T } | undefined;
    if (kept !== undefined) {
      return kept.found;
    }
    const found = analyse(model);
    model.facts.set(analyse, { found });
    return found;
  };
}
