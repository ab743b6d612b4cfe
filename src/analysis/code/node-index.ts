import { MAX_DEPTH } from "./depth.ts";
import { walk } from "./tree.ts";
import type { Node } from "./tree.ts";

/** The nodes of a tree: their parents, and all of one type in source order. */
export interface NodeIndex {
  readonly parentOf: (node: Node) => Node | null;
  readonly byType: ReadonlyMap<string, readonly Node[]>;
  /** The first node below {@link MAX_DEPTH}; it and what is below it are not in the index. */
  readonly tooDeep: Node | undefined;
}

/** Where a node of our own parser keeps the node above it. */
const PARENT = Symbol("parent");

/**
 * A node of our own parser, as acorn makes it, with a place for the node above it: what is added to a node later makes
 * each of them grow.
 */
export class OwnNode {
  type = "";
  readonly start: number;
  end = 0;
  readonly range: [start: number, end: number];
  [PARENT]: Node | null = null;

  constructor(start: number) {
    this.start = start;
    this.range = [start, 0];
  }
}

type KeptNode = Node & { [PARENT]?: Node | null };

/** Finds all nodes of a tree in one walk. */
export function indexNodes(program: Node): NodeIndex {
  const parents = new Map<Node, Node | null>();
  const index = indexInto(program, (node, parent) => parents.set(node, parent));
  return { ...index, parentOf: (node) => parents.get(node) ?? null };
}

type NodeOfLinter = Node & { readonly parent?: Node | null };

/** The same for the tree of a linter, which has written into each node what is above it: no map of its own is needed. */
export function indexLintedNodes(program: Node): NodeIndex {
  let isLinked = true as boolean;
  const index = indexInto(program, (node: NodeOfLinter, parent) => {
    isLinked &&= parent === null || node.parent === parent;
  });
  return isLinked
    ? { ...index, parentOf: (node: NodeOfLinter) => (node === program ? null : (node.parent ?? null)) }
    : indexNodes(program);
}

/** The same for a tree that nobody else has: the parents are kept in its nodes, which is faster. */
export function indexOwnNodes(program: Node): NodeIndex {
  const index = indexInto(program, (node: KeptNode, parent) => {
    node[PARENT] = parent;
  });
  return { ...index, parentOf: (node: KeptNode) => node[PARENT] ?? null };
}

function indexInto(program: Node, keep: (node: Node, parent: Node | null) => void): Omit<NodeIndex, "parentOf"> {
  const byType = new Map<string, Node[]>();
  let tooDeep: Node | undefined;
  walk(program, (node, parent, depth) => {
    if (depth >= MAX_DEPTH) {
      tooDeep ??= node;
      return false;
    }
    keep(node, parent);
    const list = byType.get(node.type);
    if (list === undefined) {
      byType.set(node.type, [node]);
    } else {
      list.push(node);
    }
    return true;
  });
  return { byType, tooDeep };
}
