import type { Model } from "./model.ts";
import type { Node } from "./tree.ts";

const LISTS: ReadonlySet<string> = new Set(["BlockStatement", "ClassBody", "Program", "StaticBlock", "SwitchCase"]);

/** True for what holds any number of statements, or of members of a class. */
export function isList(node: Node | null): boolean {
  return node !== null && LISTS.has(node.type);
}

/** True where something can go and leave nothing behind, or be followed by more; elsewhere there must be one statement. */
export function isInList(model: Model, node: Node): boolean {
  return isList(model.parentOf(node));
}
