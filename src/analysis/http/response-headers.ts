import type * as ESTree from "estree";
import { readsOf } from "../code/bindings.ts";
import type { Model } from "../code/model.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { writeOf } from "../code/writes.ts";

/**
 * What a function reads of an object that holds the headers of a response: one by its name, one by a name that can't be
 * told, all of them, or cookies, of which there may be several.
 */
export type HeaderUse = "named" | "computed" | "whole" | "cookies";

/** A use of the headers, with its place. */
export interface HeaderPlace {
  readonly use: HeaderUse;
  readonly node: Node;
}

const ORDER: readonly HeaderUse[] = ["named", "computed", "whole", "cookies"];

/** `headers["set-cookie"] || []`, which is what `getSetCookie()` of a fetch Response gives. */
export function cookieListAt(model: Model, headers: Node): Node | undefined {
  const member = model.parentOf(headers);
  const isCookies =
    member?.type === "MemberExpression" && member.object === headers && staticName(member) === "set-cookie";
  const list = isCookies && !member.optional ? model.parentOf(member) : null;
  const isList = list?.type === "LogicalExpression" && list.left === member && list.operator !== "&&";
  const isEmpty = isList && list.right.type === "ArrayExpression" && list.right.elements.length === 0;
  return isEmpty ? list : undefined;
}

/** A read of one header by its name. */
export interface HeaderRead {
  readonly member: ESTree.MemberExpression;
  readonly name: string;
  /** True where `null` for a header that is not there would be something else than `undefined`. */
  readonly tellsNull: boolean;
}

/** Names that fetch takes, in the letters in which V1's object has them. */
const HEADER_NAME = /^[a-z0-9!#$%&'*+.^_`|~-]+$/u;

function isInherited(name: string): boolean {
  return Object.hasOwn(Object.prototype, name);
}

/**
 * `response.headers.etag`, told from `response.headers`, where `response.headers.get("etag")` can stand without
 * parentheses.
 */
export function headerReadAt(model: Model, headers: Node): HeaderRead | undefined {
  const member = model.parentOf(headers);
  const isMember = member?.type === "MemberExpression" && member.object === headers && !member.optional;
  const name = isMember ? staticName(member) : undefined;
  if (
    !isMember ||
    name === undefined ||
    !HEADER_NAME.test(name) ||
    isInherited(name) ||
    writeOf(model, member) !== undefined
  ) {
    return undefined;
  }
  const parent = model.parentOf(member);
  if (isSameForNull(parent, member)) {
    return { member, name, tellsNull: false };
  }
  return isWholeValue(parent, member) ? { member, name, tellsNull: true } : undefined;
}

/** Where `null` does what `undefined` does. */
function isSameForNull(parent: Node | null, node: Node): boolean {
  switch (parent?.type) {
    case "LogicalExpression":
      return parent.left === node && parent.operator !== "&&";
    case "UnaryExpression":
      return parent.operator === "!";
    case "IfStatement":
    case "ConditionalExpression":
      return parent.test === node;
    case "BinaryExpression": {
      const other = parent.left === node ? parent.right : parent.left;
      return /^[!=]==$/u.test(parent.operator) && other.type === "Literal" && typeof other.value === "string";
    }
    default:
      return false;
  }
}

/** Where a value stands for itself, so that an operator in it needs no parentheses. */
function isWholeValue(parent: Node | null, node: Node): boolean {
  switch (parent?.type) {
    case "VariableDeclarator":
      return parent.init === node && parent.id.type === "Identifier";
    case "Property":
      return parent.value === node && !parent.shorthand;
    case "CallExpression":
      return parent.callee !== node;
    case "ReturnStatement":
      return true;
    default:
      return false;
  }
}

/** The use that asks for most. */
export function mostOf(places: readonly HeaderPlace[]): HeaderUse {
  const rank = ({ use }: HeaderPlace): number => ORDER.indexOf(use);
  return places.reduce<HeaderUse>((most, place) => (rank(place) > ORDER.indexOf(most) ? place.use : most), "named");
}

/** How the headers are used that a variable or a pattern gets. */
export function usesOfTarget(model: Model, target: Node, seen: ReadonlySet<Node> = new Set()): readonly HeaderPlace[] {
  if (target.type === "ObjectPattern") {
    return target.properties.map((node) => ({
      use: node.type === "Property" ? useOfName(staticName(node)) : "whole",
      node,
    }));
  }
  if (target.type === "AssignmentPattern") {
    return usesOfTarget(model, target.left, seen);
  }
  const variable = target.type === "Identifier" ? model.variableOf(target) : undefined;
  if (variable === undefined) {
    return [{ use: "whole", node: target }];
  }
  // `var a = headers; var b = a; var a = b;` leads back to itself.
  return readsOf(variable).flatMap((read) =>
    seen.has(read) ? [] : usesOfValue(model, read, new Set([...seen, read])),
  );
}

/** How the headers are used that an expression gives. */
export function usesOfValue(model: Model, node: Node, seen?: ReadonlySet<Node>): readonly HeaderPlace[] {
  const parent = model.parentOf(node);
  if (parent?.type === "VariableDeclarator" && parent.init === node) {
    return usesOfTarget(model, parent.id, seen);
  }
  return [{ use: useIn(model, parent, node), node }];
}

function useIn(model: Model, parent: Node | null, node: Node): HeaderUse {
  if (parent?.type === "MemberExpression" && parent.object === node) {
    return writeOf(model, parent) === undefined ? useOfName(staticName(parent)) : "whole";
  }
  return parent?.type === "BinaryExpression" && parent.operator === "in" && parent.right === node
    ? "computed"
    : "whole";
}

function useOfName(name: string | undefined): HeaderUse {
  return name === undefined ? "computed" : name === "set-cookie" ? "cookies" : "named";
}
