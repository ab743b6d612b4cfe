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

/** The same for what an analysis finds of each node, or of anything else that is asked for. */
export function perKey<K, T>(analyse: (model: Model, key: K) => T): (model: Model, key: K) => T {
  const kept = perModel(() => new Map<K, { readonly found: T }>());
  return (model, key) => {
    const byKey = kept(model);
    const known = byKey.get(key);
    if (known !== undefined) {
      return known.found;
    }
    const found = analyse(model, key);
    byKey.set(key, { found });
    return found;
  };
}
