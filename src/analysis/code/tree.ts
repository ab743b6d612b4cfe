import { KEYS } from "eslint-visitor-keys";
import type * as ESTree from "estree";

/** Any ESTree node. */
export type Node = ESTree.Node;

/** A function in any of its three spellings. */
export type FunctionNode = ESTree.FunctionDeclaration | ESTree.FunctionExpression | ESTree.ArrowFunctionExpression;

/** Start and end offset in the source text; the end is exclusive. */
export type Range = readonly [start: number, end: number];

/** The node's range. Every parser that we use writes it; a tree without ranges is a programming error. */
export function rangeOf(node: Node | ESTree.Comment): Range {
  if (node.range === undefined) {
    throw new Error(`The ${node.type} node has no range; parse with ranges switched on.`);
  }
  return node.range;
}

/** True when a node is the other one, or a part of it. */
export function isInside(node: Node, outer: Node): boolean {
  const [[start, end], [from, to]] = [rangeOf(node), rangeOf(outer)];
  return start >= from && end <= to;
}

const VISITOR_KEYS: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(KEYS));

/** The keys of a node's children, in source order; none for a type that the language does not have. */
export function keysOf(type: string): readonly string[] {
  return VISITOR_KEYS.get(type) ?? [];
}

/** True for a type of node that the language has. */
export function isKnownType(type: string): boolean {
  return VISITOR_KEYS.has(type);
}

/** Without `in`, and without `Reflect`: whole files are walked by this, and V8 remembers where a property stands. */
function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";
}

/** What a node holds under a key. */
function partOf(node: Node, key: string): unknown {
  // eslint-disable-next-line house/no-open-lookup -- a key of that type of node, never a text of the user's
  return (node as unknown as Readonly<Record<string, unknown>>)[key];
}

/** The direct children of a node in source order. */
export function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (const key of keysOf(node.type)) {
    const value: unknown = partOf(node, key);
    if (Array.isArray(value)) {
      for (const item of value as readonly unknown[]) {
        if (isNode(item)) {
          children.push(item);
        }
      }
    } else if (isNode(value)) {
      children.push(value);
    }
  }
  return children;
}

/**
 * Visits a node and all its descendants, parents first.
 *
 * @param enter returns false to leave a subtree out; gets how many nodes stand between it and the first one
 */
export function walk(node: Node, enter: (node: Node, parent: Node | null, depth: number) => boolean | undefined): void {
  const visit = (current: Node, parent: Node | null, depth: number): void => {
    if (enter(current, parent, depth) === false) {
      return;
    }
    // As `childrenOf`, without its lists: whole files are walked this way.
    for (const key of keysOf(current.type)) {
      const child: unknown = partOf(current, key);
      if (Array.isArray(child)) {
        for (const item of child as readonly unknown[]) {
          if (isNode(item)) {
            visit(item, current, depth + 1);
          }
        }
      } else if (isNode(child)) {
        visit(child, current, depth + 1);
      }
    }
  };
  visit(node, null, 0);
}

export function isFunction(node: Node): node is FunctionNode {
  return (
    node.type === "FunctionDeclaration" || node.type === "FunctionExpression" || node.type === "ArrowFunctionExpression"
  );
}

/** The text of a string that is written out; undefined for anything else. */
export function literalText(node: Node | null | undefined): string | undefined {
  return node?.type === "Literal" && typeof node.value === "string" ? node.value : undefined;
}

/** True for `{ name }`, where the name is the key and the value. */
export function isShorthand(node: Node | null): boolean {
  return node?.type === "Property" && node.shorthand;
}

/** The name that a property or member access has in the source, `#name` for a private one; undefined when it is computed. */
export function staticName(
  node: ESTree.MemberExpression | ESTree.Property | ESTree.AssignmentProperty,
): string | undefined {
  const key = node.type === "MemberExpression" ? node.property : node.key;
  if (!node.computed && key.type === "Identifier") {
    return key.name;
  }
  if (key.type === "PrivateIdentifier") {
    return `#${key.name}`;
  }
  return literalText(key);
}

/** What a chain of members begins with: `list` in `list.items[0].name`; the node itself where it is no member. */
export function rootOf(node: Node): Node {
  let root = node;
  while (root.type === "MemberExpression" || root.type === "ChainExpression") {
    root = root.type === "MemberExpression" ? root.object : root.expression;
  }
  return root;
}

/** True for `null`, `undefined` and `void 0`: what the V1 callback takes for “no error”. */
export function isNullish(node: Node): boolean {
  return (
    (node.type === "Literal" && node.value === null && node.raw === "null") ||
    (node.type === "Identifier" && node.name === "undefined") ||
    (node.type === "UnaryExpression" && node.operator === "void" && node.argument.type === "Literal")
  );
}

/** True when a piece of code holds a `break` or `continue`, for itself or for what is around it. */
export function hasJump(code: Node): boolean {
  let isFound = false;
  walk(code, (node) => {
    isFound ||= node.type === "BreakStatement" || node.type === "ContinueStatement";
    return !isFunction(node);
  });
  return isFound;
}

/** What a statement says that is nothing but an expression, `load();` or `return load();`; any other node as it is. */
export function bareExpression(node: Node | null | undefined): Node | null | undefined {
  switch (node?.type) {
    case "ExpressionStatement":
      return node.expression;
    case "ReturnStatement":
      return node.argument;
    default:
      return node;
  }
}

/** The statements of a function, or the expression that it is. */
export function bodyPartsOf({ body }: FunctionNode): readonly Node[] {
  return body.type === "BlockStatement" ? body.body : [body];
}

export type Loop =
  ESTree.WhileStatement | ESTree.DoWhileStatement | ESTree.ForStatement | ESTree.ForInStatement | ESTree.ForOfStatement;

export function isLoop(node: Node): node is Loop {
  return /^(?:While|DoWhile|For|ForIn|ForOf)Statement$/u.test(node.type);
}
