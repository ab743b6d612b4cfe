import { rangeOf } from "../analysis/ast.ts";
import type { Node, Range } from "../analysis/ast.ts";
import type { Model } from "../analysis/model.ts";

/** The line ending that the file uses most at its start: `\r\n` or `\n`. */
export function lineEndingOf(text: string): "\n" | "\r\n" {
  const first = text.indexOf("\n");
  return first > 0 && text[first - 1] === "\r" ? "\r\n" : "\n";
}

/** One level of indentation as the file writes it: a tab or some spaces. */
export function indentUnitOf(text: string): string {
  const indents = [...text.matchAll(/^(\t+| {2,})(?=[^\s*])/gmu)].map((match) => match[1] ?? "");
  if (indents.some((indent) => indent.startsWith("\t"))) {
    return "\t";
  }
  return indents.toSorted((a, b) => a.length - b.length)[0] ?? "  ";
}

/** Where the text begins: behind the byte order mark, which no edit may touch. */
export function textStart(text: string): number {
  return text.startsWith("\uFEFF") ? 1 : 0;
}

/** The white space in front of the first thing on the line that holds the offset. */
export function indentAt(text: string, offset: number): string {
  const lineStart = Math.max(text.lastIndexOf("\n", offset - 1) + 1, textStart(text));
  return /^[\t ]*/u.exec(text.slice(lineStart, offset))?.[0] ?? "";
}

/**
 * The range of a statement with the line that it fills: its indentation and line break go along when nothing else,
 * no comment either, stands on its lines. For removing or moving a statement without leaving an empty line.
 */
export function lineRangeOf(text: string, [start, end]: Range): Range {
  const lineStart = Math.max(text.lastIndexOf("\n", start - 1) + 1, textStart(text));
  const before = text.slice(lineStart, start);
  const after = /^[\t ]*(?:\r\n|\n|$)/u.exec(text.slice(end));
  return /^[\t ]*$/u.test(before) && after !== null ? [lineStart, end + after[0].length] : [start, end];
}

/**
 * Shifts all lines of a piece of text but the first from one indentation to another.
 * Lines inside template literals are part of the program's data and stay; `dataLines` tells which.
 */
export function reindent(piece: string, from: string, to: string, isDataLine: (offset: number) => boolean): string {
  if (from === to) {
    return piece;
  }
  return piece.replaceAll(/(\r\n|\n)([\t ]*)/gu, (whole: string, lineBreak: string, indent: string, offset: number) => {
    if (!indent.startsWith(from) || isDataLine(offset + lineBreak.length)) {
      return whole;
    }
    return lineBreak + to + indent.slice(from.length);
  });
}

/** Tells for a piece of source text which of its lines begin inside a template literal. */
export function templateLines(model: Model, pieceStart: number): (offset: number) => boolean {
  const ranges = model.nodes("TemplateElement").map((element: Node) => rangeOf(element));
  return (offset) => ranges.some(([start, end]) => pieceStart + offset > start && pieceStart + offset <= end);
}
