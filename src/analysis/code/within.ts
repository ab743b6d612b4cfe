import type { Model } from "./model.ts";
import type { Node } from "./tree.ts";

/** True when a node is the other one, or a part of it, wherever the tree has it: code that was moved keeps its places. */
export function isWithin(model: Pick<Model, "parentOf">, node: Node, outer: Node): boolean {
  for (let at: Node | null = node; at !== null; at = model.parentOf(at)) {
    if (at === outer) {
      return true;
    }
  }
  return false;
}
