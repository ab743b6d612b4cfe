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

/** The direct children of a node. */
export function childrenBy(keys: VisitorKeys, node: AnyNode): AnyNode[] {
  const known = Object.hasOwn(keys, node.type) ? (keys[node.type] ?? []) : [];
  return known.flatMap((key) => {
    const value = Object.hasOwn(node, key) ? node[key] : undefined;
    return (Array.isArray(value) ? (value as unknown[]) : [value]).filter(isNode);
  });
}
