import type * as ESTree from "estree";
import { isFunction, isInside, rangeOf, staticName, walk } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { pathFromHandler } from "../control/call-path.ts";
import type { Model } from "../code/model.ts";
import { writeOf } from "../code/writes.ts";
import { globalObjects } from "../code/names.ts";
import { RequestData } from "./request-data.ts";

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

/** What is written, and the value. */
interface Write {
  readonly node: Node;
  readonly name: string;
  readonly value: Node;
  readonly isAdded: boolean;
}

const CONDITIONAL =
  /^(?:If|Switch|For|ForOf|ForIn|While)Statement$|^SwitchCase$|^CatchClause$|^LogicalExpression$|^ConditionalExpression$/u;

/** What outlives an invocation: a variable of the module, or a property of the global object. */
interface SharedPlace {
  readonly name: string;
  /** Every expression in the file that means it, without its declaration. */
  readonly nodes: readonly Node[];
}

/** Finds what the handler, and the functions that it calls, write of the request into what outlives the invocation. */
export function findSharedWrites(model: Model): SharedWrite[] {
  const input = new RequestData(model);
  const places = [...moduleVariables(model), ...globalProperties(model)];
  const changing = places.filter((place) => place.nodes.some((node) => isOnlySet(model, node)));
  return places.flatMap((place) => {
    const writes = writesOf(model, place).filter(({ node }) => pathFromHandler(model, node) !== undefined);
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

/** True where the expression only gets a value, and gives none. */
function isOnlySet(model: Model, node: Node): boolean {
  const by = writeOf(model, node)?.by;
  return by?.type === "AssignmentExpression" && by.operator === "=";
}

function moduleVariables(model: Model): SharedPlace[] {
  return model.scopeManager.scopes
    .filter(({ block }) => block.type === "Program")
    .flatMap(({ variables }) => variables)
    .filter(({ defs }) => defs.length === 1 && defs[0]?.type === "Variable")
    .map(({ name, references }) => ({
      name,
      nodes: references.filter(({ init }) => init !== true).map(({ identifier }) => identifier as Node),
    }));
}

/** `globalThis.user`, and `user` that is assigned but declared nowhere. */
function globalProperties(model: Model): SharedPlace[] {
  const found = new Map<string, Node[]>();
  const add = (name: string, node: Node): unknown => found.set(name, [...(found.get(name) ?? []), node]);
  for (const { identifier } of model.scopeManager.globalScope?.through ?? []) {
    add(identifier.name, identifier as Node);
  }
  for (const object of globalObjects.flatMap((name) => model.globals(name))) {
    const member = model.parentOf(object);
    const name = member?.type === "MemberExpression" && member.object === object ? staticName(member) : undefined;
    if (member !== null && name !== undefined) {
      add(name, member);
    }
  }
  return [...found]
    .map(([name, nodes]) => ({ name, nodes }))
    .filter(({ nodes }) => nodes.some((node) => isOnlySet(model, node)));
}

/** The writes into a place, its members and its lists. A key that is made up at run time is that of a cache. */
function writesOf(model: Model, place: SharedPlace): Write[] {
  return place.nodes
    .filter((node) => model.functionOf(node) !== null)
    .flatMap((node) => {
      let target = node;
      let { name } = place;
      for (let above = model.parentOf(target); above?.type === "MemberExpression" && above.object === target;) {
        const member = staticName(above);
        const call = model.parentOf(above);
        if (member === undefined) {
          return [];
        }
        if (call?.type === "CallExpression" && call.callee === above) {
          return addedBy(call, member, name);
        }
        [target, name, above] = [above, `${name}.${member}`, call];
      }
      const assignment = model.parentOf(target);
      if (assignment?.type !== "AssignmentExpression" || assignment.left !== target) {
        return [];
      }
      const { operator, right } = assignment;
      const isAdded = operator === "+=";
      return operator === "=" || isAdded ? [{ node: assignment, name, value: right, isAdded }] : [];
    });
}

function addedBy(call: ESTree.SimpleCallExpression, method: string, name: string): Write[] {
  const [value] = call.arguments;
  return (method === "push" || method === "unshift") && value !== undefined
    ? [{ node: call, name, value, isAdded: true }]
    : [];
}

function kindOf(
  model: Model,
  reads: readonly Node[],
  write: Write,
  writes: readonly Write[],
  input: RequestData,
): SharedWrite["kind"] {
  const others = writes.filter(({ node }) => node !== write.node);
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
      condition !== undefined &&
      model.functionOf(read) === owner &&
      !isInside(read, condition) &&
      conditionAround(model, read) === undefined &&
      rangeOf(read)[0] > rangeOf(condition)[1],
  );
  const isSkipped = condition !== undefined && canBeSkipped(condition, input);
  return others.length === 0 && isReadInAnyCase && isSkipped ? "stale" : "other";
}

/** True for `const before = last;` in front of the only write: it gives what the request before has left. */
function isReadEarlier(model: Model, read: Node, write: Write, writes: readonly Write[]): boolean {
  const owner = model.functionOf(write.node);
  return (
    model.functionOf(read) === owner &&
    isReadAs(model, read, write.name) &&
    loopAround(model, read) === undefined &&
    writes.every(({ node }) => model.functionOf(node) === owner && rangeOf(read)[1] < rangeOf(node)[0])
  );
}

/** True when the read gives what was written under that name, and is no look whether there is something. */
function isReadAs(model: Model, read: Node, written: string): boolean {
  let node = read;
  const [, ...members] = written.split(".");
  for (const member of members) {
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
    // Whoever gets the list may empty it.
    return parent?.type === "CallExpression" && parent.callee !== read;
  });
}

/** True when the function asks for what is there before it writes: a value that is kept on purpose. */
function isRemembered(model: Model, asked: readonly Node[], write: Node): boolean {
  const owner = model.functionOf(write);
  return asked.some((read) => {
    if (model.functionOf(read) !== owner) {
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
