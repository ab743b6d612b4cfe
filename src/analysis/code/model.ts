import type { Reference, Scope, ScopeManager, Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { indexNodes } from "./node-index.ts";
import { lastAtMost } from "./rising.ts";
import { isFunction, rangeOf } from "./tree.ts";
import type { FunctionNode, Node, Range } from "./tree.ts";
import type { ParsedSource } from "./parse.ts";

/**
 * What a file means, as far as names go: the tree with parents, and every identifier with its binding.
 * Built once per parsed text; transforms and rules ask it and never walk for themselves what it already knows.
 */
export interface Model extends ParsedSource {
  /** The names under which a top-level function is the handler. */
  readonly handlerNames: ReadonlySet<string>;
  /** What analyses have found, by the analysis: see `perModel`. */
  readonly facts: Map<object, unknown>;
  /** The node above, or null for the program. */
  parentOf(node: Node): Node | null;
  /** The variable that an identifier reads or writes, or undefined when no declaration in the file binds it. */
  variableOf(identifier: Node): Variable | undefined;
  /** The reference that an identifier makes; declarations without initialiser make none. */
  referenceOf(identifier: Node): Reference | undefined;
  /** The references that nothing in the file binds, as the scopes give them. */
  readonly unresolved: readonly Reference[];
  /** True for an identifier that reads or writes a global: nothing in the file binds it. Property names are none. */
  isGlobal(identifier: Node, name: string): boolean;
  /** The identifiers of a name that {@link Model.isGlobal} holds for, in source order. */
  globals(name: string): readonly ESTree.Identifier[];
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

/** The names of a file: what each identifier refers to or declares. */
interface NameIndex {
  readonly references: ReadonlyMap<Node, Reference>;
  readonly declared: ReadonlyMap<Node, Variable>;
  readonly names: ReadonlySet<string>;
}

function indexNames(scopeManager: ScopeManager): NameIndex {
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
        declared.set(identifier, variable);
      }
    }
  }
  return { references, declared, names };
}

/** The identifiers that mean something from outside, by their names and in source order. */
function indexGlobals(identifiers: readonly Node[], isGlobal: Model["isGlobal"]): Map<string, ESTree.Identifier[]> {
  const byName = new Map<string, ESTree.Identifier[]>();
  for (const identifier of identifiers) {
    if (identifier.type !== "Identifier" || !isGlobal(identifier, identifier.name)) {
      continue;
    }
    const list = byName.get(identifier.name);
    if (list === undefined) {
      byName.set(identifier.name, [identifier]);
    } else {
      list.push(identifier);
    }
  }
  return byName;
}

/** Where the lines of a text begin. */
export function lineStartsOf(text: string): number[] {
  return [0, ...[...text.matchAll(/\r\n|[\n\r\u2028\u2029]/gu)].map((match) => match.index + match[0].length)];
}

function innermostScope(scopeManager: ScopeManager, node: Node): Scope | null {
  const scope = scopeManager.acquire(node, true);
  return scope?.type === "function-expression-name" ? (scope.childScopes[0] ?? scope) : scope;
}

/** Of the scope within the global one where the file has it: a linter resolves the rest to globals of its configuration. */
function unresolvedOf({ globalScope }: ScopeManager): readonly Reference[] {
  const inner = globalScope?.childScopes.find(({ block }) => block === globalScope.block);
  return (inner ?? globalScope)?.through ?? [];
}

function touches([from, to]: Range, start: number, end: number): boolean {
  return from < end && to > start;
}

/** The name under which the platform looks the handler up. */
export const PLATFORM_HANDLER = "lambda";

/**
 * Builds the model of a parsed file.
 *
 * @param handlers names of handlers besides `lambda`, where a project calls its functions otherwise
 */
export function createModel(parsed: ParsedSource, handlers: readonly string[] = []): Model {
  const { program, scopeManager, text, comments } = parsed;
  const { parentOf, byType } = parsed.nodeIndex ?? indexNodes(program);
  const { references, declared, names } = indexNames(scopeManager);
  const climb = (node: Node | null, stop: (node: Node) => boolean): Node | null => {
    let current = node;
    while (current !== null && !stop(current)) {
      current = parentOf(current);
    }
    return current;
  };
  const variableOf = (identifier: Node): Variable | undefined => {
    const resolved = references.get(identifier)?.resolved ?? declared.get(identifier);
    return resolved !== undefined && resolved.defs.length > 0 ? resolved : undefined;
  };
  const isGlobal = (identifier: Node, name: string): boolean =>
    identifier.type === "Identifier" &&
    identifier.name === name &&
    references.has(identifier) &&
    variableOf(identifier) === undefined;
  let byName: ReadonlyMap<string, readonly ESTree.Identifier[]> | undefined;
  let lineStarts: readonly number[] | undefined;
  return {
    ...parsed,
    handlerNames: new Set([PLATFORM_HANDLER, ...handlers]),
    facts: new Map(),
    parentOf,
    unresolved: unresolvedOf(scopeManager),
    variableOf,
    referenceOf: (identifier) => references.get(identifier),
    isGlobal,
    globals: (name) => {
      byName ??= indexGlobals(byType.get("Identifier") ?? [], isGlobal);
      return byName.get(name) ?? [];
    },
    scopeAt: (node) => {
      const owner = climb(node, (current) => innermostScope(scopeManager, current) !== null) ?? program;
      const scope = innermostScope(scopeManager, owner);
      if (scope === null) {
        throw new Error("The program has no scope.");
      }
      return scope;
    },
    functionOf: (node) => {
      const found = climb(parentOf(node), isFunction);
      return found !== null && isFunction(found) ? found : null;
    },
    statementOf: (node) => climb(node, (current) => STATEMENT.test(current.type)) ?? program,
    textOf: (node) => text.slice(...rangeOf(node)),
    commentsIn: ([start, end]) => comments.filter((comment) => touches(rangeOf(comment), start, end)),
    nodes: <T extends Node["type"]>(type: T) => (byType.get(type) ?? []) as Extract<Node, { type: T }>[],
    isNameTaken: (name) => names.has(name),
    placeOf: (offset) => {
      lineStarts ??= lineStartsOf(text);
      const line = lastAtMost(lineStarts, offset);
      return { line: line + 1, column: offset - (lineStarts[line] ?? 0) + 1 };
    },
  };
}
