import { isInClassCode } from "../code/class-code.ts";
import { isFunction, walk } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import type { Model } from "../code/model.ts";

/** The statement that a settle call makes up; undefined when the call is part of a larger expression. */
export function settleStatement(model: Model, call: Node): Node | undefined {
  if (isInClassCode(model, call)) {
    return undefined;
  }
  let parent = model.parentOf(call);
  if (parent?.type === "AwaitExpression") {
    parent = model.parentOf(parent);
  }
  if (parent !== null && isFunction(parent)) {
    return call;
  }
  return parent?.type === "ExpressionStatement" || parent?.type === "ReturnStatement" ? parent : undefined;
}

export function nextSibling(model: Model, statement: Node): Node | undefined {
  const parent = model.parentOf(statement);
  const list: readonly Node[] =
    parent?.type === "BlockStatement" ? parent.body : parent?.type === "SwitchCase" ? parent.consequent : [];
  const index = list.indexOf(statement);
  return index === -1 ? undefined : list[index + 1];
}

/** True when a statement of the function itself, or an expression in it, is of the type. */
export function holds(node: Node, type: RegExp): boolean {
  let isFound = false;
  walk(node, (current) => {
    isFound ||= type.test(current.type);
    return !isFound && !isFunction(current);
  });
  return isFound;
}

/** True for what the function waits for where a finalizer runs as soon as that is done, and no earlier. */
export function isWaitedForByFinalizer(model: Model, node: Node, owner: FunctionNode): boolean {
  let current = node;
  let parent = model.parentOf(current);
  const isAwaited = parent?.type === "AwaitExpression";
  for (; isAwaited && parent !== null && current !== owner; parent = model.parentOf(current)) {
    if (parent.type === "TryStatement" && parent.finalizer && parent.finalizer !== current) {
      return true;
    }
    current = parent;
  }
  return false;
}
