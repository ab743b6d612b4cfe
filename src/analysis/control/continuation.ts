import type * as ESTree from "estree";
import { isFunction, isLoop } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { isInert, isPure } from "../code/effects.ts";
import type { Model } from "../code/model.ts";

/** What runs in a function after one of its statements has ended. */
export interface Continuation {
  /** The statements that may run, finalizers included, until the function ends; empty after the last statement. */
  readonly after: readonly Node[];
  /** True when control may come back to the statement, or reach it again, by a loop. */
  readonly repeats: boolean;
}

interface Position {
  readonly after: Node[];
  repeats: boolean;
}

/** Where control goes when a statement completes: on to what follows it, or out of the function. */
type Way = "fall" | "return";

/** The way that a statement takes by itself. */
function wayOf(statement: Node): Way {
  return statement.type === "ReturnStatement" || statement.type === "ThrowStatement" ? "return" : "fall";
}

function isNeverIgnored(): boolean {
  return false;
}

/** The statement that an unlabelled `break` or a labelled one leaves. */
function breakTarget(model: Model, node: ESTree.BreakStatement): Node | null {
  let current = model.parentOf(node);
  while (current !== null && !isFunction(current)) {
    if (node.label) {
      if (current.type === "LabeledStatement" && current.label.name === node.label.name) {
        return current;
      }
    } else if (current.type === "SwitchStatement" || isLoop(current)) {
      return current;
    }
    current = model.parentOf(current);
  }
  return null;
}

/** Runs along a statement list from one of its places; says how it leaves the list. */
function followList(
  model: Model,
  list: Iterable<Node>,
  position: Position,
  isIgnored: (statement: Node) => boolean,
): Way | Node {
  for (const statement of list) {
    if (isIgnored(statement)) {
      continue;
    }
    switch (statement.type) {
      case "ReturnStatement":
        if (statement.argument && !isPure(model, statement.argument)) {
          position.after.push(statement);
        }
        return "return";
      case "BreakStatement":
        return breakTarget(model, statement) ?? "return";
      case "ContinueStatement":
        position.repeats = true;
        return "return";
      default:
        if (!isInert(model, statement)) {
          position.after.push(statement);
        }
    }
  }
  return "fall";
}

/** The lists that follow a statement directly: the rest of its own, and in a `switch` the cases below. */
function* listAfter(model: Model, statement: Node): Iterable<Node> {
  const parent = model.parentOf(statement);
  if (parent?.type === "BlockStatement" || parent?.type === "Program") {
    yield* behind<Node>(parent.body, statement);
  }
  if (parent?.type === "SwitchCase") {
    yield* behind<Node>(parent.consequent, statement);
    const owner = model.parentOf(parent);
    for (const { consequent } of owner?.type === "SwitchStatement" ? behind(owner.cases, parent) : []) {
      yield* consequent;
    }
  }
}

/** What stands behind one item of a list. Most who ask stop at the first items. */
function* behind<T>(list: readonly T[], item: T): Iterable<T> {
  for (let index = list.indexOf(item) + 1; index < list.length; index += 1) {
    yield list[index] as T;
  }
}

/**
 * Follows control from the end of a statement to the end of the function.
 *
 * @param way `return` when the statement leaves the function by itself, so that only finalizers still run; `fall` also for
 *   a `return`, where it is asked what would run if it were none
 * @param isIgnored statements that count as absent
 */
export function continuationOf(
  model: Model,
  statement: Node,
  owner: FunctionNode,
  way: Way = wayOf(statement),
  isIgnored: (statement: Node) => boolean = isNeverIgnored,
): Continuation {
  const position: Position = { after: [], repeats: false };
  let current = statement;
  // Where control is on its way to, past everything between: the function's end, or the target of a `break`.
  let leaving: Node | null = way === "return" ? owner : null;
  while (current !== owner.body && current !== owner) {
    if (leaving === current) {
      leaving = null;
    }
    if (leaving === null) {
      const next = followList(model, listAfter(model, current), position, isIgnored);
      leaving = next === "return" ? owner : next === "fall" ? null : next;
    }
    const parent = model.parentOf(current);
    if (parent === null) {
      break;
    }
    if (parent.type === "TryStatement" && parent.finalizer && current !== parent.finalizer) {
      position.after.push(parent.finalizer);
    }
    if (isLoop(parent) && leaving === null) {
      position.repeats = true;
    }
    current = parent;
  }
  return position;
}

/** True when nothing runs behind the statement: the function ends with it. */
export function isLastIn(model: Model, statement: Node, owner: FunctionNode, way: Way = wayOf(statement)): boolean {
  const { after, repeats } = continuationOf(model, statement, owner, way);
  return after.length === 0 && !repeats;
}

/** The innermost `catch` of the function that would catch an error thrown at the node. */
export function catchAround(model: Model, node: Node, owner: FunctionNode): ESTree.CatchClause | undefined {
  let current = node;
  let parent = model.parentOf(current);
  while (parent !== null && current !== owner) {
    if (parent.type === "TryStatement" && parent.block === current && parent.handler) {
      return parent.handler;
    }
    current = parent;
    parent = model.parentOf(current);
  }
  return undefined;
}

/** True for the `finally` of a `try`. */
export function isFinalizer(model: Model, node: Node): boolean {
  const parent = model.parentOf(node);
  return parent?.type === "TryStatement" && parent.finalizer === node;
}

/** The `try` of the function's own whose finalizer the node stands in. */
export function finalizerAround(model: Model, node: Node, owner: FunctionNode): Node | undefined {
  for (let current: Node | null = node; current !== null && current !== owner; current = model.parentOf(current)) {
    if (isFinalizer(model, current)) {
      return model.parentOf(current) ?? undefined;
    }
  }
  return undefined;
}

/** True for a finalizer that ends with `return;`: whatever its `try` was about to do, the function ends there. */
export function overrules(finalizer: ESTree.BlockStatement | null | undefined): boolean {
  const last = finalizer?.body.at(-1);
  return last?.type === "ReturnStatement" && !last.argument;
}

/** True when a way out of the function that is taken at the node leads through a finalizer that overrules it. */
export function isOverruled(model: Model, node: Node, owner: FunctionNode): boolean {
  let current = node;
  for (let parent = model.parentOf(current); parent !== null && current !== owner; parent = model.parentOf(current)) {
    if (parent.type === "TryStatement" && parent.finalizer !== current && overrules(parent.finalizer)) {
      return true;
    }
    current = parent;
  }
  return false;
}

/** True when a `try` of the function stands around the node. */
export function isTried(model: Model, node: Node, owner: FunctionNode): boolean {
  for (let current: Node | null = node; current !== null && current !== owner; current = model.parentOf(current)) {
    if (current.type === "TryStatement") {
      return true;
    }
  }
  return false;
}
