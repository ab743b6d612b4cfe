import type * as ESTree from "estree";
import { keysOf } from "./tree.ts";
import type { Node, Range } from "./tree.ts";

/**
 * What takes the place of a node: several in a list of statements, a block where one statement must stand alone.
 * Undefined leaves the node, whose parts may have changed already (`inner`).
 */
export type Change = (node: Node, inner: Node) => readonly Node[] | undefined;

/**
 * The tree with other nodes in place of some. Nothing of the tree itself is changed, and what stays is the same.
 *
 * @param isLeftOut tells of what nothing changes, with all that is in it
 */
export function rewrite(node: Node, change: Change, isLeftOut: (node: Node) => boolean = () => false): Node {
  return alone(node, changed(node, change, isLeftOut));
}

/**
 * A tree of the same nodes, none of which is one of the others.
 *
 * @param tell gets each node with its copy
 */
export function copyOf(node: Node, tell: (node: Node, copy: Node) => void = () => undefined): Node {
  const copy: Node = { ...node };
  tell(node, copy);
  for (const key of keysOf(node.type)) {
    const value: unknown = Reflect.get(node, key);
    if (Array.isArray(value)) {
      Reflect.set(
        copy,
        key,
        value.map((item: unknown) => (isNode(item) ? copyOf(item, tell) : item)),
      );
    } else if (isNode(value)) {
      Reflect.set(copy, key, copyOf(value, tell));
    }
  }
  return copy;
}

/** A name in place of what was written there. */
export function nameAt(name: string, range: Range): ESTree.Identifier {
  return { type: "Identifier", name, range: [...range] };
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** Whole files come by here, and most of them stay as they are: nothing is made before something has changed. */
function changed(node: Node, change: Change, isLeftOut: (node: Node) => boolean): readonly Node[] {
  if (isLeftOut(node)) {
    return [node];
  }
  let inner = node;
  for (const key of keysOf(node.type)) {
    const value: unknown = Reflect.get(node, key);
    const now = Array.isArray(value)
      ? changedList(value, change, isLeftOut)
      : isNode(value)
        ? rewrite(value, change, isLeftOut)
        : value;
    if (now !== value) {
      inner = inner === node ? { ...node } : inner;
      Reflect.set(inner, key, now);
    }
  }
  return change(node, inner) ?? [inner];
}

function changedList(list: readonly unknown[], change: Change, isLeftOut: (node: Node) => boolean): readonly unknown[] {
  let items: unknown[] | undefined;
  for (const [index, item] of list.entries()) {
    const now = isNode(item) ? changed(item, change, isLeftOut) : [item];
    if (items === undefined && (now.length !== 1 || now[0] !== item)) {
      items = list.slice(0, index);
    }
    items?.push(...now);
  }
  return items ?? list;
}

function alone({ range }: Node, nodes: readonly Node[]): Node {
  const [first] = nodes;
  return first !== undefined && nodes.length === 1
    ? first
    : { type: "BlockStatement", body: nodes as ESTree.Statement[], ...(range === undefined ? {} : { range }) };
}
