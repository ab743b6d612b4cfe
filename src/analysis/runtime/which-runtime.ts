import { legacyToolbelt, modernToolbelt } from "../../platform/toolbelt.ts";
import { findHandler } from "../code/handler.ts";
import type { Model } from "../code/model.ts";
import { findModuleUses, findRequires } from "../modules/uses.ts";

/** The platform's generations: V1 with callbacks and CommonJS, V2 with ES modules. */
export type Runtime = "v1" | "v2";

/**
 * Tells for which runtime a file was written; undefined when it is no function: it has no handler and takes in no
 * toolbelt. What of V1 is left in a file decides: half a migration is still to be migrated.
 */
export function runtimeOf(model: Model): Runtime | undefined {
  const handler = findHandler(model);
  const sources = new Set(findModuleUses(model).map(({ source }) => source));
  if (sources.has(legacyToolbelt) || handler?.callback !== undefined || handler?.problem !== undefined) {
    return "v1";
  }
  if (handler === undefined) {
    return sources.has(modernToolbelt) ? "v2" : undefined;
  }
  return findRequires(model).length > 0 ? "v1" : "v2";
}
