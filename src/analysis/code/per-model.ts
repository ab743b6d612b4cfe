import type { Model } from "./model.ts";

/** Keeps what an analysis finds: many rules ask the same of a model, and a model never changes. */
export function perModel<T>(analyse: (model: Model) => T): (model: Model) => T {
  const known = new WeakMap<Model, { readonly found: T }>();
  return (model) => {
    const kept = known.get(model);
    if (kept !== undefined) {
      return kept.found;
    }
    const found = analyse(model);
    known.set(model, { found });
    return found;
  };
}
