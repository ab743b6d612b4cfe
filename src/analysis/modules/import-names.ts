import type { Scope, Variable } from "eslint-scope";
import type * as ESTree from "estree";
import type { Node } from "../code/tree.ts";
import type { Model } from "../code/model.ts";
import { isConstant } from "../code/bindings.ts";
import { variableNamed } from "../code/names.ts";
import type { ModuleUse } from "./uses.ts";

/** True for `const x = require(…)` with a binding that nothing else writes. */
export function isPlain(model: Model, use: ModuleUse, local: ESTree.Identifier): boolean {
  const declaration = use.declarator === undefined ? null : model.parentOf(use.declarator);
  const variable = model.variableOf(local);
  return declaration?.type === "VariableDeclaration" && variable !== undefined && isConstant(variable);
}

/**
 * What else a name means where an import of it would be seen: a declaration at module level or around the place, or
 * the use of a global. `own` is a declaration that goes.
 */
export function otherMeaning(model: Model, name: string, place: Node | Scope, own?: Variable): Node | undefined {
  const gone = new Set(own && [own]);
  const found = [place, model.program].flatMap((each) => variableNamed(model, name, each, gone) ?? [])[0];
  if (found !== undefined) {
    return found.identifiers[0];
  }
  const through = model.unresolved;
  return through.find(({ identifier }) => identifier.name === name)?.identifier as Node | undefined;
}

/**
 * True when a function or block around the place declares the name, so that an import of it can't be seen there;
 * `own` is a declaration that goes.
 */
export function isHiddenFrom(model: Model, place: Node, name: string, own?: Variable): boolean {
  const found = variableNamed(model, name, place, new Set(own && [own]));
  return found !== undefined && found.scope.block.type !== "Program";
}

/** A name for a package as a whole: `oauth-1.0a` gives `oauth10a`. */
export function identifierFor(source: string): string {
  const words = source
    .replace(/^node:/u, "")
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  return words.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join("");
}
