import { legacyToolbelt, modernToolbelt } from "../../platform/toolbelt.ts";
import { findHandler } from "../code/handler.ts";
import { findHiddenHandler } from "../code/hidden-handler.ts";
import type { Model } from "../code/model.ts";
import { usesArguments } from "../code/own-arguments.ts";
import type { FunctionNode } from "../code/tree.ts";
import { findModuleUses, findRequires } from "../modules/uses.ts";

/** The platform's generations: V1 with callbacks and CommonJS, V2 with ES modules. */
export type Runtime = "v1" | "v2";

/**
 * Tells for which runtime a file was written; undefined when it is not a function: it has no handler and takes in no
 * toolbelt. What of V1 is left in a file decides: half a migration is still to be migrated.
 */
export function runtimeOf(model: Model): Runtime | undefined {
  const handler = findHandler(model);
  const sources = new Set(findModuleUses(model).map(({ source }) => source));
  if (sources.has(legacyToolbelt) || handler?.callback !== undefined || handler?.problem !== undefined) {
    return "v1";
  }
  if (handler === undefined) {
    return hidesLegacyHandler(model) ? "v1" : sources.has(modernToolbelt) ? "v2" : undefined;
  }
  return findRequires(model).length > 0 ? "v1" : "v2";
}

/**
 * True when a function of the file is, or goes into, a handler that can't be seen, and has a sign of V1. What another
 * file or a package makes alone may be anything: `const { lambda } = require("../index")` stands in tests.
 */
function hidesLegacyHandler(model: Model): boolean {
  const involved = findHiddenHandler(model)?.involved ?? [];
  const takesCallback = (node: FunctionNode): boolean => node.params.length > 1 || usesArguments(model, node);
  const isModule = model.nodes("ImportDeclaration").length > 0;
  return involved.length > 0 && (findRequires(model).length > 0 || (!isModule && involved.some(takesCallback)));
}
