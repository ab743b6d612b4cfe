import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import type { Model } from "../code/model.ts";
import { constantOf } from "../code/bindings.ts";
import { findModuleUses } from "../modules/uses.ts";

/** True for a constant that holds a signer of the package oauth-1.0a, made with `new OAuth(…)` or `OAuth(…)`. */
function isSigner(model: Model, node: Node): boolean {
  const definition = constantOf(model, node)?.defs[0];
  const made = node.type === "Identifier" ? (definition?.type === "Variable" ? definition.node.init : undefined) : node;
  const factory = made?.type === "CallExpression" || made?.type === "NewExpression" ? made.callee : undefined;
  const signer = factory === undefined ? undefined : model.variableOf(factory);
  return (
    signer !== undefined &&
    findModuleUses(model).some(
      (use) => use.source === "oauth-1.0a" && use.whole !== undefined && model.variableOf(use.whole) === signer,
    )
  );
}

/** True for a method of a signer: `authorize` changes nothing that the request has. Source: oauth-1.0a 2.2.6. */
export function isSignerMethod(model: Model, callee: Node, ...names: readonly string[]): boolean {
  return (
    callee.type === "MemberExpression" && names.includes(staticName(callee) ?? "") && isSigner(model, callee.object)
  );
}
