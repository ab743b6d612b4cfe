import type { Model } from "./model.ts";
import { isCallOf } from "./names.ts";
import type { Node } from "./tree.ts";

/**
 * The elements of `Promise.all([…])`, whose results come out at the same places; those behind a spread are left out.
 * Empty for anything else.
 */
export function joinedPromises(model: Model, call: Node): readonly (Node | null)[] {
  const list = call.type === "CallExpression" && isCallOf(model, call, "Promise.all") ? call.arguments[0] : undefined;
  if (list?.type !== "ArrayExpression") {
    return [];
  }
  const spread = list.elements.findIndex((element) => element?.type === "SpreadElement");
  return spread < 0 ? list.elements : list.elements.slice(0, spread);
}
