import type { Variable } from "eslint-scope";
import { isShorthand, rangeOf } from "../../analysis/code/tree.ts";
import type { FunctionNode, Node } from "../../analysis/code/tree.ts";
import type { Model } from "../../analysis/code/model.ts";
import type { EditList } from "./edit-list.ts";

/** All variables that a function declares for itself: parameters, and whatever stands in its body's own scopes. */
export function ownVariables(model: Model, node: FunctionNode): Variable[] {
  const scope = model.scopeAt(node);
  const scopes = [scope, ...scope.childScopes.filter((child) => child.type === "block" && child.block === node.body)];
  return scopes.flatMap((one) => one.variables.filter((variable) => variable.defs.length > 0));
}

/** Renames a variable at its declaration and all its uses. */
export function renameVariable(model: Model, edits: EditList, variable: Variable, name: string): void {
  const identifiers = new Set<Node>([
    ...(variable.identifiers as Node[]),
    ...variable.references.map(({ identifier }) => identifier as Node),
  ]);
  for (const identifier of identifiers) {
    replaceName(model, edits, identifier, name);
  }
}

/** Writes something in the place of a name, which is kept where it is a key as well. */
export function replaceName(model: Model, edits: EditList, identifier: Node, text: string): void {
  edits.replace(
    rangeOf(identifier),
    isShorthand(model.parentOf(identifier)) ? `${model.textOf(identifier)}: ${text}` : text,
  );
}
