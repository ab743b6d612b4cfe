import { MAX_DEPTH } from "./depth.ts";
import { walk } from "./tree.ts";
import type { Node } from "./tree.ts";

/** The nodes of a tree: their parents, and all of one type in source order. */
export interface NodeIndex {
  readonly parents: ReadonlyMap<Node, Node | null>;
  readonly byType: ReadonlyMap<string, readonly Node[]>;
  /** The first node below {@link MAX_DEPTH}; it and what is below it are not in the index. */
  readonly tooDeep: Node | undefined;
}

/** Finds all nodes of a tree in one walk. */
export function indexNodes(program: Node): NodeIndex {
  const parents = new Map<Node, Node | null>();
  const byType = new Map<string, Node[]>();
  let tooDeep: Node | undefined;
  walk(program, (node, parent, depth) => {
    if (depth >= MAX_DEPTH) {
      tooDeep ??= node;
      return false;
    }
    parents.set(node, parent);
    const list = byType.get(node.type);
    if (list === undefined) {
      byType.set(node.type, [node]);
    } else {
      list.push(node);
    }
    return true;
  });
  return { parents, byType, tooDeep };
}
