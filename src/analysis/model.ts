import type { Reference, Scope, Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { childrenOf, isFunction, rangeOf } from "./ast.ts";
import type { FunctionNode, Node, Range } from "./ast.ts";
import type { ParsedSource } from "./parse.ts";

/**
 * What a file means, as far as names go: the tree with parents, and every identifier with its binding.
 * Built once per parsed text; transforms and rules ask it and never walk for themselves what it already knows.
 */
export interface Model extends ParsedSource {
  /** The node above, or null for the program. */
  parentOf(node: Node): Node | null;
  /** The variable that an identifier reads or writes, or undefined when no declaration in the file binds it. */
  variableOf(identifier: Node): Variable | undefined;
  /** The reference that an identifier makes; declarations without initialiser make none. */
  referenceOf(identifier: Node): Reference | undefined;
  /** True for an identifier that names a global: nothing in the file binds it. */
  isGlobal(identifier: Node, name: string): boolean;
  /** The innermost scope that contains the node. */
  scopeAt(node: Node): Scope;
  /** The function that the node stands in, or null at module level. */
  functionOf(node: Node): FunctionNode | null;
  /** The nearest enclosing statement (the node itself if it is one). */
  statementOf(node: Node): Node;
  /** Source text of a node, without its comments. */
  textOf(node: Node): string;
  /** Comments that touch the range. */
  commentsIn(range: Range): ESTree.Comment[];
  /** All nodes of one type, in source order. */
  nodes<T extends Node["type"]>(type: T): Extract<Node, { type: T }>[];
  /** True when a name is bound anywhere in the file or used as a global. */
  isNameTaken(name: string): boolean;
  /** Line and column of an offset, both from 1. */
  placeOf(offset: number): { line: number; column: number };
}

const STATEMENT = /(?:Statement|Declaration)$/u;

/** Builds the model of a parsed file. */
export function createModel(parsed: ParsedSource): Model {
  const { program, scopeManager, text, comments } = parsed;
  const parents = new Map<Node, Node | null>();
  const byType = new Map<string, Node[]>();
  const visit = (node: Node, parent: Node | null): void => {
    parents.set(node, parent);
    const list = byType.get(node.type);
    if (list === undefined) {
      byType.set(node.type, [node]);
    } else {
      list.push(node);
    }
    for (const child of childrenOf(node)) {
      visit(child, node);
    }
  };
  visit(program, null);

  const references = new Map<Node, Reference>();
  const declared = new Map<Node, Variable>();
  const names = new Set<string>();
  for (const scope of scopeManager.scopes) {
    for (const reference of scope.references) {
      references.set(reference.identifier as Node, reference);
      names.add(reference.identifier.name);
    }
    for (const variable of scope.variables) {
      if (variable.defs.length > 0) {
        names.add(variable.name);
      }
      for (const identifier of variable.identifiers) {
        declared.set(identifier as Node, variable);
      }
    }
  }

  const parentOf = (node: Node): Node | null => parents.get(node) ?? null;
  const climb = (node: Node, stop: (node: Node) => boolean): Node | null => {
    let current: Node | null = node;
    while (current !== null && !stop(current)) {
      current = parentOf(current);
    }
    return current;
  };
  const variableOf = (identifier: Node): Variable | undefined => {
    const resolved = references.get(identifier)?.resolved ?? declared.get(identifier);
    return resolved !== undefined && resolved.defs.length > 0 ? resolved : undefined;
  };
  let lineStarts: number[] | undefined;

  return {
    ...parsed,
    parentOf,
    variableOf,
    referenceOf: (identifier) => references.get(identifier),
    isGlobal: (identifier, name) =>
      identifier.type === "Identifier" && identifier.name === name && variableOf(identifier) === undefined,
    scopeAt: (node) => {
      let current: Node | null = node;
      while (current !== null) {
        const scope = scopeManager.acquire(current as never, true);
        if (scope !== null) {
          return scope.type === "function-expression-name" && scope.childScopes[0] !== undefined
            ? scope.childScopes[0]
            : scope;
        }
        current = parentOf(current);
      }
      throw new Error("The program has no scope.");
    },
    functionOf: (node) => {
      const parent = parentOf(node);
      const found = parent === null ? null : climb(parent, isFunction);
      return found !== null && isFunction(found) ? found : null;
    },
    statementOf: (node) => climb(node, (current) => STATEMENT.test(current.type) || current.type === "Program") ?? program,
    textOf: (node) => text.slice(...rangeOf(node)),
    commentsIn: ([start, end]) =>
      comments.filter((comment) => {
        const [from, to] = rangeOf(comment);
        return from < end && to > start;
      }),
    nodes: <T extends Node["type"]>(type: T) => (byType.get(type) ?? []) as Extract<Node, { type: T }>[],
    isNameTaken: (name) => names.has(name),
    placeOf: (offset) => {
      lineStarts ??= [0, ...[...text.matchAll(/\r\n|[\n\r\u2028\u2029]/gu)].map((match) => match.index + match[0].length)];
      const line = lineStarts.findLastIndex((start) => start <= offset);
      return { line: line + 1, column: offset - (lineStarts[line] ?? 0) + 1 };
    },
  };
}
