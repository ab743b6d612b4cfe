import type { ts } from "ts-morph";
import type { Range } from "../analysis/code/tree.ts";
import { parseTyped } from "./compiler.ts";

/** What a text of TypeScript is made of. */
export interface TypedTokens {
  /** Where tokens begin and end, one after another. */
  readonly tokens: readonly number[];
  readonly comments: readonly Range[];
  readonly imports: readonly Range[];
}

/** The tokens and comments of a text of TypeScript; undefined where it is not one. */
export function typedTokens(text: string): TypedTokens | undefined {
  const { ts, file, error } = parseTyped(text);
  if (error !== undefined) return undefined;
  const tokens: number[] = [];
  const comments: Range[] = [];
  const visit = (node: ts.Node): void => {
    if (!ts.isTokenKind(node.kind)) {
      // Comments of documentation are children as well.
      for (const child of node.getChildren(file)) if (!ts.isJSDoc(child)) visit(child);
      return;
    }
    const start = node.getStart(file);
    comments.push(...commentsIn(text, node.pos, start));
    if (node.end > start) tokens.push(start, node.end);
  };
  visit(file);
  const imports = file.statements.filter((each) => ts.isImportDeclaration(each));
  return { tokens, comments, imports: imports.map((each) => [each.getStart(file), each.end]) };
}

/** The comments between two tokens. */
function commentsIn(text: string, from: number, to: number): Range[] {
  const gap =
    from === 0 ? text.slice(0, to).replace(/^#!.*/u, ({ length }) => " ".repeat(length)) : text.slice(from, to);
  return [...gap.matchAll(/\/\/[^\n\r\u2028\u2029]*|\/\*[^]*?\*\//gu)].map((found): Range => [
    from + found.index,
    from + found.index + found[0].length,
  ]);
}
