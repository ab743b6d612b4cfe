import type * as ESTree from "estree";
import { rangeOf } from "../analysis/ast.ts";
import type { Node, Range } from "../analysis/ast.ts";
import type { ClientCreation } from "../analysis/toolbelt.ts";
import type { Model } from "../analysis/model.ts";
import { findModuleUses, readsOf } from "../analysis/modules.ts";
import { legacyToolbelt, modernToolbelt } from "../platform/toolbelt.ts";
import type { EditList } from "./edit-list.ts";
import { lineRangeOf } from "./layout.ts";

/** A comment that speaks of the HTTP client, and of no other client or secret. */
function speaksOfHttpClient(comment: string): boolean {
  return (
    /http|request|promise|\bclient\b|api docs/iu.test(comment) &&
    !/secret|\b(?:lp|sf|mtls|context\w*)[ -]?client|todo|fixme/iu.test(comment)
  );
}

function speaksOfToolbelt(comment: string): boolean {
  return /tool ?belt/iu.test(comment) && !/secret|todo|fixme/iu.test(comment);
}

/** The range of a statement with the comment in front of it and the one behind it that document it. */
function withComments(model: Model, range: Range, documents: (comment: string) => boolean): Range {
  const { text } = model;
  let [start, end] = range;
  const trailing = model.comments.find((comment) => {
    const [from, to] = rangeOf(comment);
    return from >= end && /^[\t ]*$/u.test(text.slice(end, from)) && /^[\t ]*(?:\r?\n|$)/u.test(text.slice(to));
  });
  if (trailing !== undefined && documents(trailing.value)) {
    end = rangeOf(trailing)[1];
  }
  const leading = model.comments.findLast((comment) =>
    /^[\t ]*\r?\n[\t ]*$/u.test(text.slice(rangeOf(comment)[1], start)),
  );
  if (leading !== undefined && documents(leading.value)) {
    const [from] = rangeOf(leading);
    const lineStart = text.lastIndexOf("\n", from - 1) + 1;
    start = text.slice(lineStart, from).trim() === "" ? from : start;
  }
  return [start, end];
}

/** The range that takes one declarator out of a declaration of several. */
function declaratorRange(declaration: ESTree.VariableDeclaration, declarator: ESTree.VariableDeclarator): Range {
  const index = declaration.declarations.indexOf(declarator);
  const next = declaration.declarations[index + 1];
  const previous = declaration.declarations[index - 1];
  const [start, end] = rangeOf(declarator);
  if (next !== undefined) {
    return [start, rangeOf(next)[0]];
  }
  return previous === undefined ? rangeOf(declaration) : [rangeOf(previous)[1], end];
}

/** Removes statements with their lines, and the empty line that would be left at the start of a block or twice. */
export function removeStatements(model: Model, edits: EditList, ranges: readonly Range[]): void {
  const { text } = model;
  const merged: [number, number][] = [];
  for (const [start, end] of ranges.map((range) => lineRangeOf(text, range)).toSorted((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last !== undefined && last[1] >= start) {
      last[1] = Math.max(last[1], end);
    } else {
      merged.push([start, end]);
    }
  }
  for (const [start, end] of merged) {
    const before = text.slice(0, start);
    const blank = /^(?:[\t ]*\r?\n)+/u.exec(text.slice(end));
    const isLineStart = before === "" || before.endsWith("\n");
    // A comment behind the statement that is about something else takes its place.
    const comment = /^[\t ]*(?=\/[/*])/u.exec(text.slice(end));
    const leavesGap = isLineStart && /(?:^\uFEFF?|[{\n][\t ]*\r?\n)$/u.test(before);
    const more = comment ?? (leavesGap ? blank : null);
    edits.replaceWhole([start, end + (more?.[0].length ?? 0)], "");
  }
}

/** The ranges that take away the creation of clients whose calls are all rewritten. */
export function clientRemovals(model: Model, clients: readonly ClientCreation[], taken: Set<Node>): Range[] {
  return clients.flatMap(({ declarator, call }) => {
    const toolbelt = call.callee.type === "MemberExpression" ? call.callee.object : call.callee;
    taken.add(toolbelt);
    const declaration = declarator === undefined ? null : model.parentOf(declarator);
    if (declarator === undefined || declaration?.type !== "VariableDeclaration") {
      return [];
    }
    if (declaration.declarations.length > 1) {
      return [declaratorRange(declaration, declarator)];
    }
    return [withComments(model, rangeOf(declaration), speaksOfHttpClient)];
  });
}

interface Binding {
  readonly local: ESTree.Identifier;
  /** The other names of the same import or pattern stay. */
  readonly siblings: readonly Node[];
  readonly item: Node;
  readonly statement: Node;
}

/** The names of the toolbelt object in the file, with what declares them. */
function toolbeltBindings(model: Model): Binding[] {
  const uses = findModuleUses(model).filter((use) => use.source === legacyToolbelt || use.source === modernToolbelt);
  return uses.flatMap((use): Binding[] => {
    const local = use.names?.find((name) => name.imported === "Toolbelt")?.local ?? use.whole;
    const item = local === undefined ? null : model.parentOf(local);
    if (local === undefined || item === null) {
      return [];
    }
    if (use.node.type === "ImportDeclaration") {
      return [{ local, item, siblings: use.node.specifiers, statement: use.node }];
    }
    const declaration = use.declarator === undefined ? null : model.parentOf(use.declarator);
    if (declaration?.type !== "VariableDeclaration" || use.declarator === undefined) {
      return [];
    }
    const { id } = use.declarator;
    const isOneOfMany = id.type === "ObjectPattern" && id.properties.length > 1;
    if (isOneOfMany) {
      return [{ local, item, siblings: id.properties, statement: declaration }];
    }
    return [{ local, item: use.declarator, siblings: declaration.declarations, statement: declaration }];
  });
}

/** The ranges that take away the toolbelt where nothing reads it any more; `taken` are the reads that went. */
export function toolbeltRemovals(model: Model, taken: ReadonlySet<Node>): Range[] {
  return toolbeltBindings(model).flatMap(({ local, siblings, item, statement }) => {
    const variable = model.variableOf(local);
    const reads = variable === undefined ? [] : readsOf(variable);
    // `toolbelt.Toolbelt.HTTPClient()`: the member went with the read inside it.
    const isGone = (read: Node): boolean => {
      const parent = model.parentOf(read);
      return taken.has(read) || (parent !== null && taken.has(parent));
    };
    if (reads.length === 0 || !reads.every(isGone)) {
      return [];
    }
    if (siblings.length === 1) {
      return [withComments(model, rangeOf(statement), speaksOfToolbelt)];
    }
    const index = siblings.indexOf(item);
    const next = siblings[index + 1];
    const previous = siblings[index - 1];
    if (next !== undefined) {
      return [[rangeOf(item)[0], rangeOf(next)[0]] as const];
    }
    return previous === undefined ? [] : [[rangeOf(previous)[1], rangeOf(item)[1]] as const];
  });
}
