import type { Scope, Variable } from "eslint-scope";
import type * as ESTree from "estree";
import type { Model } from "./model.ts";
import { isConstant } from "./modules.ts";
import type { ModuleUse } from "./modules.ts";

/** True for `const x = require(…)` alone in its declaration, with a binding that nothing else writes. */
export function isPlain(model: Model, use: ModuleUse, local: ESTree.Identifier): boolean {
  const declaration = use.declarator === undefined ? null : model.parentOf(use.declarator);
  const variable = model.variableOf(local);
  return (
    declaration?.type === "VariableDeclaration" &&
    declaration.declarations.length === 1 &&
    variable !== undefined &&
    isConstant(variable)
  );
}

/**
 * True when a function or block around the place declares the name, so that an import of it can't be seen there;
 * `own` is a declaration that goes.
 */
export function isHiddenFrom(place: Scope, name: string, own?: Variable): boolean {
  for (let scope: Scope | null = place; scope !== null && scope.block.type !== "Program"; scope = scope.upper) {
    const variable = scope.set.get(name);
    if (variable !== undefined && variable.defs.length > 0 && variable !== own) {
      return true;
    }
  }
  return false;
}

/** A name for a package as a whole: `oauth-1.0a` gives `oauth10a`. */
export function identifierFor(source: string): string {
  const words = source
    .replace(/^node:/u, "")
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  return words.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join("");
}
