import { readsOf } from "../code/bindings.ts";
import type { Model } from "../code/model.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { writeOf } from "../code/writes.ts";

/**
 * What a function reads of an object that holds the headers of a response: some, each by its name; all of them, or by
 * names that can't be told; cookies, of which there may be several.
 */
export type HeaderUse = "named" | "whole" | "cookies";

const ORDER: readonly HeaderUse[] = ["named", "whole", "cookies"];

/** The use that asks for most. */
export function mostOf(uses: readonly HeaderUse[]): HeaderUse {
  return uses.reduce((most, use) => (ORDER.indexOf(use) > ORDER.indexOf(most) ? use : most), "named");
}

function useOfName(name: string | undefined): HeaderUse {
  return name === undefined ? "whole" : name === "set-cookie" ? "cookies" : "named";
}

/** How the headers are used that a variable or a pattern gets. */
export function useOfTarget(model: Model, target: Node): HeaderUse {
  if (target.type === "ObjectPattern") {
    return mostOf(
      target.properties.map((property) => useOfName(property.type === "Property" ? staticName(property) : undefined)),
    );
  }
  if (target.type === "AssignmentPattern") {
    return useOfTarget(model, target.left);
  }
  const variable = target.type === "Identifier" ? model.variableOf(target) : undefined;
  return variable === undefined ? "whole" : mostOf(readsOf(variable).map((read) => useOfValue(model, read)));
}

/** How the headers are used that an expression gives. */
export function useOfValue(model: Model, node: Node): HeaderUse {
  const parent = model.parentOf(node);
  if (parent?.type === "MemberExpression" && parent.object === node) {
    return writeOf(model, parent) === undefined ? useOfName(staticName(parent)) : "whole";
  }
  return parent?.type === "VariableDeclarator" && parent.init === node ? useOfTarget(model, parent.id) : "whole";
}
