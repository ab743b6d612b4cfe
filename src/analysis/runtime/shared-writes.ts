import type * as ESTree from "estree";
import type { Model } from "../code/model.ts";
import { isCallOf } from "../code/names.ts";
import { literalText, staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { plainProperties } from "../values/literal-argument.ts";
import type { SharedPlace } from "./shared-places.ts";

/** What is written, and the value. */
export interface Write {
  readonly node: Node;
  readonly name: string;
  /** The members of the place on the way to what is written: `["user"]`. */
  readonly members: readonly string[];
  readonly value: Node;
  /** The value is added to what is there. */
  readonly isAdded: boolean;
  /** What is added is text, which nobody can empty. */
  readonly isText: boolean;
  /** What is there may stay: `language = input.language || language`. */
  readonly mayStay: boolean;
}

/** The writes into a place, its members and its lists. A key that is made up at run time is that of a cache. */
export function writesOf(model: Model, place: SharedPlace): Write[] {
  const found = place.nodes
    .filter((node) => model.functionOf(node) !== null)
    .flatMap((node) => {
      let target = node;
      let { name } = place;
      for (let above = model.parentOf(target); above?.type === "MemberExpression" && above.object === target;) {
        const member = isNextIndex(model, above) ? undefined : staticName(above);
        const call = model.parentOf(above);
        if (member === undefined) {
          return isNextIndex(model, above) ? assignedTo(model, above, name, true) : keyedBy(model, above, name, place);
        }
        if (call?.type === "CallExpression" && call.callee === above) {
          return [...addedBy(model, call, member, name, place), ...setByKey(call, member, name)];
        }
        [target, name, above] = [above, `${name}.${member}`, call];
      }
      return [...mergedInto(model, target, name, place), ...assignedTo(model, target, name, false)];
    });
  return found.map((write) => {
    const members = write.name.slice(place.name.length).split(".");
    return { ...write, members: members.filter((member) => member !== "") };
  });
}

type Found = Omit<Write, "members">;

function assignedTo(model: Model, target: Node, name: string, isIndex: boolean): Found[] {
  const assignment = assignmentOf(model, target);
  if (assignment === undefined) {
    return [];
  }
  const { operator, right, left } = assignment;
  const isOwn = (node: Node): boolean => left === target && model.textOf(node) === model.textOf(target);
  // `state.list = state.list || []` makes it where there is none, and is no other value.
  if (right.type === "LogicalExpression" && isOwn(right.left) && isEmptyLiteral(right.right)) {
    return [];
  }
  const isAdded = isIndex || operator === "+=" || addsTo(right, isOwn);
  const mayStay = branchesOf(right).some(isOwn);
  const isText =
    !isIndex && (operator === "+=" || right.type === "BinaryExpression" || right.type === "TemplateLiteral");
  const isWritten = operator === "=" || operator === "??=" || operator === "||=" || isAdded;
  return isWritten && !isEmptyLiteral(operator === "=" ? undefined : right)
    ? [{ node: assignment, name, value: right, isAdded, mayStay, isText }]
    : [];
}

function isEmptyLiteral(node: Node | undefined): boolean {
  return (
    (node?.type === "ArrayExpression" && node.elements.length === 0) ||
    (node?.type === "ObjectExpression" && node.properties.length === 0)
  );
}

/** The assignment that sets a target, alone or in a pattern. */
function assignmentOf(model: Model, target: Node): ESTree.AssignmentExpression | undefined {
  let node = target;
  let above = model.parentOf(node);
  while (
    above !== null &&
    (above.type === "ObjectPattern" ||
      above.type === "ArrayPattern" ||
      above.type === "RestElement" ||
      (above.type === "Property" && above.value === node && model.parentOf(above)?.type === "ObjectPattern") ||
      (above.type === "AssignmentPattern" && above.left === node))
  ) {
    [node, above] = [above, model.parentOf(above)];
  }
  return above?.type === "AssignmentExpression" && above.left === node ? above : undefined;
}

/** `[...list, item]`, `list.concat(item)`, `text + line`, `{ ...state, ...more }`: what was there, and more. */
function addsTo(value: Node, isOwn: (node: Node) => boolean): boolean {
  switch (value.type) {
    case "ArrayExpression":
      return value.elements.some((each) => each?.type === "SpreadElement" && isOwn(each.argument));
    case "ObjectExpression":
      return value.properties.some((each) => each.type === "SpreadElement" && isOwn(each.argument));
    case "BinaryExpression":
      return value.operator === "+" && [value.left, value.right].some((each) => isOwn(each) || addsTo(each, isOwn));
    case "TemplateLiteral":
      return value.expressions.some(isOwn);
    case "CallExpression":
      return (
        value.callee.type === "MemberExpression" && staticName(value.callee) === "concat" && isOwn(value.callee.object)
      );
    default:
      return false;
  }
}

function branchesOf(value: Node): Node[] {
  switch (value.type) {
    case "ConditionalExpression":
      return [...branchesOf(value.consequent), ...branchesOf(value.alternate)];
    case "LogicalExpression":
      return branchesOf(value.right);
    default:
      return [value];
  }
}

/** `list[list.length]` */
function isNextIndex(model: Model, { object, property, computed }: ESTree.MemberExpression): boolean {
  return (
    computed &&
    property.type === "MemberExpression" &&
    staticName(property) === "length" &&
    model.textOf(property.object) === model.textOf(object)
  );
}

/** `Object.assign(state, input.payload)` */
function mergedInto(model: Model, target: Node, name: string, place: SharedPlace): Found[] {
  const call = model.parentOf(target);
  const isMerged =
    call?.type === "CallExpression" && isCallOf(model, call, "Object.assign") && call.arguments[0] === target;
  const [, ...values] = isMerged ? call.arguments : [];
  // What the new values lack stays: who takes the whole object gets that of other requests as well.
  const isAdded = isMerged && isTakenWhole(model, place);
  const written = { node: call as Node, mayStay: false, isText: false };
  return values.flatMap((value): Found[] => {
    // What is written out takes the place of what was there under its name.
    const properties = value.type === "ObjectExpression" ? plainProperties(value) : undefined;
    return properties === undefined
      ? [{ ...written, name, value, isAdded }]
      : [...properties].map(([key, each]) => ({
          ...written,
          name: `${name}.${key}`,
          value: each.value,
          isAdded: false,
        }));
  });
}

/** `state[input.payload.id] = …` of an object that somebody lists as a whole: of a cache, members are asked for. */
function keyedBy(model: Model, member: ESTree.MemberExpression, name: string, place: SharedPlace): Found[] {
  return isListed(model, place) ? assignedTo(model, member, name, true) : [];
}

const LISTING = new Set(["entries", "forEach", "keys", "values"]);
const ASKING = new Set(["clear", "delete", "get", "has"]);

/** True for a collection that code of a function goes through as a whole, and never asks for a member of. */
function isListed(model: Model, { nodes }: SharedPlace): boolean {
  const uses = nodes.map((node) => ({ node, user: model.parentOf(node) }));
  const isAsked = uses.some(
    ({ node, user }) =>
      (user?.type === "MemberExpression" && user.object === node && ASKING.has(staticName(user) ?? "")) ||
      (user?.type === "MemberExpression" && user.computed && !isSet(model, user)) ||
      (user?.type === "UnaryExpression" && user.operator === "delete") ||
      (user?.type === "BinaryExpression" && user.operator === "in"),
  );
  return isTakenWhole(model, { nodes }) && !isAsked;
}

/** True where code of a function takes a collection with all that is in it: lists it, returns it, writes it out. */
function isTakenWhole(model: Model, { nodes }: Pick<SharedPlace, "nodes">): boolean {
  return nodes.some((node) => {
    const user = model.parentOf(node);
    const isMethod = user?.type === "MemberExpression" && user.object === node && LISTING.has(staticName(user) ?? "");
    const isGiven =
      user?.type === "CallExpression" &&
      isCallOf(
        model,
        user,
        "Array.from",
        "JSON.stringify",
        "Object.entries",
        "Object.fromEntries",
        "Object.keys",
        "Object.values",
      );
    const isLoop = user?.type === "ForOfStatement" && user.right === node;
    const isResult = user?.type === "ReturnStatement" || (user?.type === "Property" && user.value === node);
    const isSpread = user?.type === "SpreadElement";
    return model.functionOf(node) !== null && (isMethod || isGiven || isLoop || isSpread || isResult);
  });
}

function isSet(model: Model, member: Node): boolean {
  const parent = model.parentOf(member);
  return parent?.type === "AssignmentExpression" && parent.left === member;
}

function addedBy(
  model: Model,
  call: ESTree.SimpleCallExpression,
  method: string,
  name: string,
  place: SharedPlace,
): Found[] {
  const [first, second] = call.arguments;
  const isList = method === "push" || method === "unshift";
  const isKept = (method === "add" || (method === "set" && literalText(first) === undefined)) && isListed(model, place);
  // Of an object of somebody else `append` may do anything.
  const isAppended = method === "append" && place.made?.type === "NewExpression" && isForm(model, place.made);
  const value = method === "set" || isAppended ? second : first;
  return (isList || isKept || isAppended) && value !== undefined
    ? [{ node: call, name, value, isAdded: true, mayStay: false, isText: false }]
    : [];
}

function isForm(model: Model, { callee }: ESTree.NewExpression): boolean {
  return ["FormData", "Headers", "URLSearchParams"].some((name) => model.isGlobal(callee, name));
}

/** `context.set("user", user)` is `context.user = user` in another form: of a cache, keys are made up at run time. */
function setByKey(call: ESTree.SimpleCallExpression, method: string, name: string): Found[] {
  const [first, value] = call.arguments;
  // What is set under a key that is written out takes the place of what was there.
  const key = method === "set" ? literalText(first) : undefined;
  return key !== undefined && value !== undefined
    ? [{ node: call, name: `${name}.${key}`, value, isAdded: false, mayStay: false, isText: false }]
    : [];
}

/** What a read gives of a place: the members on the way, undefined where a name is made up, and the expressions. */
export interface ReadPath {
  readonly members: readonly (string | undefined)[];
  readonly nodes: readonly Node[];
}

/** The members that follow on a read of a place: `["user", "name"]` of `state.user.name` and `state.get("user").name`. */
export function readPathOf(model: Model, read: Node): ReadPath {
  const [members, nodes]: [(string | undefined)[], Node[]] = [[], [read]];
  let node = read;
  for (let above = model.parentOf(node); above !== null; above = model.parentOf(node)) {
    if (above.type === "ChainExpression") {
      nodes[nodes.length - 1] = above;
      node = above;
      continue;
    }
    if (above.type !== "MemberExpression" || above.object !== node) {
      break;
    }
    const call = model.parentOf(above);
    const [key] = call?.type === "CallExpression" && call.callee === above ? call.arguments : [];
    const isGet = staticName(above) === "get" && key?.type === "Literal" && call !== null;
    members.push(isGet ? String(key.value) : staticName(above));
    node = isGet ? call : above;
    nodes.push(node);
  }
  return { members, nodes };
}
