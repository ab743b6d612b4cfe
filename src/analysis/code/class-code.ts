import type { Model } from "./model.ts";
import { isFunction } from "./tree.ts";
import type { Node } from "./tree.ts";

/** True for what runs as a method of a class would, though it is not a function: a static block, the value of a field. */
export function isClassCode(model: Model, node: Node): boolean {
  const parent = model.parentOf(node);
  return node.type === "StaticBlock" || (parent?.type === "PropertyDefinition" && parent.value === node);
}

/** True for a node in class code of the function around it: there is no `return` there, and no `await`. */
export function isInClassCode(model: Model, node: Node): boolean {
  let current: Node | null = node;
  while (current !== null && !isFunction(current)) {
    if (isClassCode(model, current)) {
      return true;
    }
    current = model.parentOf(current);
  }
  return false;
}
