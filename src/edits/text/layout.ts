import { parse as acornParse } from "acorn";
import type { Token } from "acorn";
import type { Range } from "../../analysis/code/tree.ts";

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

/**
 * The range of a statement without a semicolon that stands on a later line: in code without semicolons that one
 * protects the next statement.
 */
export function statementRange(text: string, [start, end]: Range): Range {
  const guard = /\s*\n\s*;$/u.exec(text.slice(start, end));
  return guard === null ? [start, end] : [start, end - guard[0].length];
}

/** Text that ends in a line comment gets a line break when something else follows on the line it is put into. */
export function closedLine(code: string, rest: string, lineBreak: string): string {
  const isOpen = /\/\/[^\n]*$/u.test(code) && !/^[\t ]*(?:\r?\n|$)/u.test(rest);
  return isOpen ? code + lineBreak : code;
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

/**
 * Shifts code from one indentation to another, whatever edits made of it: the text inside its template literals and
 * strings stays. Code that can't be read by itself stays as it is.
 */
export function reindentCode(code: string, from: string, to: string): string {
  if (from === to || !code.includes("\n")) {
    return code;
  }
  const data = dataRanges(code);
  return data === undefined
    ? code
    : reindent(code, from, to, (offset) => data.some(([start, end]) => offset > start && offset < end));
}

/** The ranges of template literals and strings in a piece of code: some statements, or an expression. */
function dataRanges(code: string): Range[] | undefined {
  for (const [before, after] of [
    ["async function code() { for (;;) {", "\n}}"],
    ["async () => (", "\n)"],
  ] as const) {
    const ranges: Range[] = [];
    const onToken = ({ type, start, end }: Token): void => {
      if (type.label === "template" || type.label === "string") {
        ranges.push([start - before.length, end - before.length]);
      }
    };
    try {
      acornParse(before + code + after, { ecmaVersion: 2024, sourceType: "script", onToken });
      return ranges;
    } catch {
      // It may be the other kind.
    }
  }
  return undefined;
}
