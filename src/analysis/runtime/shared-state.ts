import { isFunction, isInside, rangeOf, staticName, walk } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { isRunByHandler } from "../control/invocations.ts";
import type { Model } from "../code/model.ts";
import { globalPath } from "../code/names.ts";
import { RequestData } from "./request-data.ts";
import { isOnlySet, sharedPlaces } from "./shared-places.ts";
import { writesOf } from "./shared-writes.ts";
import type { Write } from "./shared-writes.ts";

/** A place where data of one request gets into a variable that all requests share. */
export interface SharedWrite {
  readonly node: Node;
  /** What is written, as it is called: `orders`, `state.user`. */
  readonly name: string;
  /**
   * `grows`: it is added to what is there. `stale`: it is only written under a condition, and read in any case.
   * `earlier`: it is read before it is written. `other`: whether another request can see it does not show.
   */
  readonly kind: "grows" | "stale" | "earlier" | "other";
}

const CONDITIONAL =
  /^(?:If|Switch|For|ForOf|ForIn|While)Statement$|^SwitchCase$|^CatchClause$|^LogicalExpression$|^ConditionalExpression$/u;

/** Finds what the handler, and the functions that it calls, write of the request into what outlives the invocation. */
export function findSharedWrites(model: Model): SharedWrite[] {
  const input = new RequestData(model);
  const places = sharedPlaces(model);
  const changing = places.filter((place) => place.nodes.some((node) => isOnlySet(model, node)));
  return places.flatMap((place) => {
    const writes = writesOf(model, place).filter(({ node }) => isRunByHandler(model, node));
    const ofRequest = writes.filter(({ value }) => input.isIn(value));
    const reads = place.nodes.filter((node) => !isOnlySet(model, node));
    const isRead = reads.some((read) => !writes.some(({ node }) => isInside(read, node)));
    const asked = [place, ...changing].flatMap(({ nodes }) => nodes);
    if (!isRead || ofRequest.some(({ node }) => isRemembered(model, asked, node))) {
      return [];
    }
    return ofRequest.map((write) => ({
      node: write.node,
      name: write.name,
      kind: kindOf(model, reads, write, writes, input),
    }));
  });
}

function kindOf(
  model: Model,
  reads: readonly Node[],
  write: Write,
  writes: readonly Write[],
  input: RequestData,
): SharedWrite["kind"] {
  const others = writes.filter(({ node, name }) => node !== write.node && mayMeet(name, write.name));
  if (write.isAdded) {
    return others.every(({ isAdded }) => isAdded) && !isEmptied(model, reads) ? "grows" : "other";
  }
  const condition = conditionAround(model, write.node);
  const owner = model.functionOf(write.node);
  if (reads.some((read) => isReadEarlier(model, read, write, writes))) {
    return "earlier";
  }
  const isReadInAnyCase = reads.some(
    (read) =>
      model.functionOf(read) === owner &&
      mayGive(model, read, write.members) &&
      (condition === undefined || !isInside(read, condition)) &&
      conditionAround(model, read) === undefined &&
      rangeOf(read)[0] > rangeOf(condition ?? write.node)[1],
  );
  const isSkipped = write.mayStay || (condition !== undefined && canBeSkipped(condition, input));
  return others.length === 0 && isReadInAnyCase && isSkipped ? "stale" : "other";
}

/** True for two names of which one is a part of the other: `state` and `state.user`. */
function mayMeet(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}.`) || other.startsWith(`${one}.`);
}

/** False for the read of another member than the one that was written. */
function mayGive(model: Model, read: Node, written: readonly string[]): boolean {
  let node = read;
  for (const member of written) {
    const above = model.parentOf(node);
    if (above?.type !== "MemberExpression" || above.object !== node) {
      return true;
    }
    if ((staticName(above) ?? member) !== member) {
      return false;
    }
    node = above;
  }
  return true;
}

/** True for `const before = last;` in front of the only write: it gives what the request before has left. */
function isReadEarlier(model: Model, read: Node, write: Write, writes: readonly Write[]): boolean {
  const owner = model.functionOf(write.node);
  return (
    model.functionOf(read) === owner &&
    isReadAs(model, read, write.members) &&
    loopAround(model, read) === undefined &&
    writes.every(({ node }) => model.functionOf(node) === owner && rangeOf(read)[1] < rangeOf(node)[0])
  );
}

/** True when the read gives what was written under that name, and is no look whether there is something. */
function isReadAs(model: Model, read: Node, written: readonly string[]): boolean {
  let node = read;
  for (const member of written) {
    const above = model.parentOf(node);
    if (above?.type !== "MemberExpression" || above.object !== node || staticName(above) !== member) {
      return false;
    }
    node = above;
  }
  const user = model.parentOf(node);
  const isAsked =
    user === null ||
    /^(?:If|While|Switch)Statement$/u.test(user.type) ||
    /^(?:Unary|Binary|Logical|Conditional|Update)Expression$/u.test(user.type);
  return !isAsked;
}

function loopAround(model: Model, node: Node): Node | undefined {
  for (let above = model.parentOf(node); above !== null && !isFunction(above); above = model.parentOf(above)) {
    if (/^(?:For|ForOf|ForIn|While|DoWhile)Statement$/u.test(above.type)) {
      return above;
    }
  }
  return undefined;
}

/** True when the code behind a condition or a loop can be reached without what is in it. */
function canBeSkipped(condition: Node, input: RequestData): boolean {
  if (condition.type === "ForOfStatement") {
    return input.isIn(condition.right);
  }
  let mayEnd = /^(?:For|ForIn|While)Statement$/u.test(condition.type);
  walk(condition, (inner) => {
    mayEnd ||= inner.type === "ReturnStatement" || inner.type === "ThrowStatement";
    return !isFunction(inner);
  });
  return !mayEnd;
}

/** The outermost condition or loop around a node in its function. */
function conditionAround(model: Model, node: Node): Node | undefined {
  let found: Node | undefined;
  for (let above = model.parentOf(node); above !== null && !isFunction(above); above = model.parentOf(above)) {
    found = CONDITIONAL.test(above.type) ? above : found;
  }
  return found;
}

/** `list.length = 0`, `list.splice(…)`, `list.shift()`: somebody takes care of what is there. */
function isEmptied(model: Model, reads: readonly Node[]): boolean {
  return reads.some((read) => {
    let member = model.parentOf(read);
    while (member?.type === "MemberExpression") {
      if (/^(?:splice|shift|pop)$/u.test(staticName(member) ?? "")) {
        return true;
      }
      const above = model.parentOf(member);
      if (above?.type === "AssignmentExpression" && above.left === member && staticName(member) === "length") {
        return true;
      }
      member = above;
    }
    const parent = model.parentOf(read);
    // Whoever gets the list may empty it, but for what the language has.
    const isGiven = parent?.type === "CallExpression" && parent.callee !== read;
    return isGiven && globalPath(model, parent.callee) === undefined;
  });
}

/** True when the function asks for what is there before it writes: a value that is kept on purpose. */
function isRemembered(model: Model, asked: readonly Node[], write: Node): boolean {
  const owner = model.functionOf(write);
  return asked.some((read) => {
    // Who asks behind the write asks for what it has written, or for what is still there from another request.
    if (model.functionOf(read) !== owner || rangeOf(read)[0] > rangeOf(write)[1]) {
      return false;
    }
    let inner: Node = read;
    for (let above = model.parentOf(read); above !== null && !isFunction(above); above = model.parentOf(above)) {
      const isTest = "test" in above && above.test === inner;
      if (isTest || (above.type === "LogicalExpression" && above.left === inner)) {
        return true;
      }
      inner = above;
    }
    return false;
  });
}
