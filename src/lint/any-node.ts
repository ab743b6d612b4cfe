import { keysOf } from "../analysis/code/tree.ts";
import type { Range } from "../analysis/code/tree.ts";

/** A node of any parser that ESLint runs: TypeScript's nodes are no ESTree nodes. */
export interface AnyNode {
  readonly type: string;
  readonly range: Range;
  readonly [key: string]: unknown;
}

/** The keys of the children of each type of node, as the parser gives them. */
export type VisitorKeys = Readonly<Record<string, readonly string[] | undefined>>;

/** True for a node with its place. */
export function isNode(value: unknown): value is AnyNode {
  return (
    typeof value === "object" &&
    value !== null &&
    "type" in value &&
    typeof value.type === "string" &&
    "range" in value &&
    Array.isArray(value.range)
  );
}

/** The nodes of a list; none when it is not a list. */
export function listOf(value: unknown): AnyNode[] {
  return Array.isArray(value) ? (value as unknown[]).filter(isNode) : [];
}

/** The direct children of a node. */
export function childrenBy(keys: VisitorKeys, node: AnyNode): AnyNode[] {
  const known = Object.hasOwn(keys, node.type) ? (keys[node.type] ?? []) : [];
  const children: AnyNode[] = [];
  // Every node of a file comes by here: no lists besides.
  for (const key of known) {
    const value = Object.hasOwn(node, key) ? node[key] : undefined;
    if (Array.isArray(value)) {
      for (const item of value as readonly unknown[]) {
        if (isNode(item)) children.push(item);
      }
    } else if (isNode(value)) {
      children.push(value);
    }
  }
  return children;
}

/**
 * The node with other children in the places that ESTree knows: the node itself when all of them stay. A child of a list
 * may become several, or none; one that stands alone becomes the first, or null.
 */
export function withChildren(node: AnyNode, change: (child: AnyNode) => readonly AnyNode[]): AnyNode {
  const changed = keysOf(node.type).flatMap((key) => {
    const value = Object.hasOwn(node, key) ? node[key] : undefined;
    const now = Array.isArray(value) ? changedList(value, change) : isNode(value) ? (change(value)[0] ?? null) : value;
    return now === value ? [] : [[key, now] as const];
  });
  return changed.length === 0 ? node : copyOf(node, Object.fromEntries(changed));
}

/** A copy of a node with other values; some parsers give places by accessors, which a spread does not see. */
export function copyOf(node: AnyNode, values: Readonly<Record<string, unknown>>): AnyNode {
  return { ...node, type: node.type, range: node.range, ...values };
}

function changedList(list: readonly unknown[], change: (child: AnyNode) => readonly AnyNode[]): readonly unknown[] {
  const changed = list.flatMap((item): readonly unknown[] => (isNode(item) ? change(item) : [item]));
  return changed.length === list.length && changed.every((item, index) => item === list[index]) ? list : changed;
}
