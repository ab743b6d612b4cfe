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
