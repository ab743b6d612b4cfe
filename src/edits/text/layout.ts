import { parse as acornParse } from "acorn";
import type { Token } from "acorn";
import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node, Range } from "../../analysis/code/tree.ts";
import type { Model } from "../../analysis/code/model.ts";
import { perModel } from "../../analysis/code/per-model.ts";
import { gapEnd, gapStart } from "./gaps.ts";
import { blanksEnd, endsLine, lineBreakLength, lineStart, startsLine } from "./white-space.ts";

/** The line ending that the file uses most at its start: `\r\n` or `\n`. */
export function lineEndingOf(text: string): "\n" | "\r\n" {
  const first = text.indexOf("\n");
  return first > 0 && text[first - 1] === "\r" ? "\r\n" : "\n";
}

/** Nobody indents a level by more spaces; what stands further in is aligned with something. */
const MAX_UNIT = 8;

/** One level of indentation as the file writes it: a tab or some spaces. */
export function indentUnitOf(text: string): string {
  const indents = [...text.matchAll(/^(\t+| {2,})(?=[^\s*])/gmu)].map((match) => match[1] ?? "");
  if (indents.some((indent) => indent.startsWith("\t"))) {
    return "\t";
  }
  const smallest = indents.reduce((least, { length }) => Math.min(least, length), MAX_UNIT + 1);
  return " ".repeat(smallest > MAX_UNIT ? 2 : smallest);
}

/** The same of a file, found once. */
export const unitOf = perModel((model) => indentUnitOf(model.text));

/** What a statement begins with that would be read as the continuation of the one before it. */
export const CONTINUING = /^[([`/+-]/u;

/**
 * The range of a statement without a semicolon that opens the line of another one: in code without semicolons that one
 * protects the next statement.
 */
export function statementRange(model: Model, statement: Node): Range {
  const { text } = model;
  const [start, end] = rangeOf(statement);
  if (text[end - 1] !== ";") {
    return [start, end];
  }
  const last = gapStart(model, end - 1);
  const next = gapEnd(model, end);
  const isGuard =
    text.slice(last, end).includes("\n") && !text.slice(end, next).includes("\n") && CONTINUING.test(text.charAt(next));
  return isGuard ? [start, last] : [start, end];
}

/** Text that ends in a line comment gets a line break when something else follows on the line it is put into. */
export function closedLine(code: string, rest: string, lineBreak: string): string {
  return endsInLineComment(code) && !endsLine(rest, 0) ? code + lineBreak : code;
}

/** True when the last line of a code may end in a line comment; slashes in a string are none. */
function endsInLineComment(code: string): boolean {
  const line = code.slice(code.lastIndexOf("\n") + 1);
  let quote = "";
  for (let offset = 0; offset < line.length; offset += 1) {
    const character = line.charAt(offset);
    if (quote === "" && line.startsWith("//", offset)) {
      return true;
    }
    if (character === "\\") {
      offset += 1;
    } else if (quote === "" ? /["'`]/u.test(character) : character === quote) {
      quote = quote === "" ? character : "";
    }
  }
  // The line may have begun inside of a template.
  return quote !== "" && line.includes("//");
}

/** The white space in front of the first thing on the line that holds the offset. */
export function indentAt(text: string, offset: number): string {
  const start = lineStart(text, offset);
  return text.slice(start, Math.min(blanksEnd(text, start), Math.max(offset, start)));
}

/**
 * The range of a statement with the line that it fills: its indentation and line break go along when nothing else,
 * no comment either, stands on its lines. For removing or moving a statement without leaving an empty line.
 */
export function lineRangeOf(text: string, [start, end]: Range): Range {
  if (!startsLine(text, start) || !endsLine(text, end)) {
    return [start, end];
  }
  const blanks = blanksEnd(text, end);
  return [lineStart(text, start), blanks + lineBreakLength(text, blanks)];
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

/** Tells the offsets of lines that belong to a template literal or a string, and keep their indentation. */
export function dataLinesOf(model: Model): (offset: number) => boolean {
  const data = [...model.nodes("TemplateElement"), ...model.nodes("Literal")].map(rangeOf);
  return (offset) => data.some(([start, end]) => offset > start && offset <= end);
}

/**
 * Shifts code from one indentation to another, whatever edits made of it: the text inside its template literals and
 * strings stays. Code that can't be read by itself stays as it is.
 */
export function reindentCode(code: string, from: string, to: string): string {
  if (from === to || !code.includes("\n")) {
    return code;
  }
  const data = mayGoOn(code) ? dataRanges(code) : [];
  return data === undefined
    ? code
    : reindent(code, from, to, (offset) => data.some(([start, end]) => offset > start && offset <= end));
}

/**
 * A template that ends on its line, whatever stands in front of it: without quotes and slashes it lies as a whole in the
 * string, comment or regular expression in which it begins, if it begins in one.
 */
const SHORT_TEMPLATE = /`(?:[^"$'/\\`\r\n\u2028\u2029]|\$(?!\{)|\$\{[^"'/\\`{}\r\n\u2028\u2029]*\})*`/gu;

/** Whether a text may go on in the next line: only a template, and a string with an escaped line break, do. */
function mayGoOn(code: string): boolean {
  return /`|\\[\r\n]/u.test(code.replaceAll(SHORT_TEMPLATE, ""));
}

/**
 * The ranges of the texts of template literals, and of strings, in a piece of code: some statements, or an expression.
 * A line that begins at the end of one belongs to it.
 */
function dataRanges(code: string): Range[] | undefined {
  const labels = new Set(
    Array.from(
      code.matchAll(/\b(?:break|continue) ([\p{ID_Start}$_][\p{ID_Continue}$]*)/gu),
      ([, name = ""]) => `${name}: `,
    ),
  );
  for (const [before, after] of [
    ["async function code() { for (;;) {", "\n}}"],
    [`async function code() { ${[...labels].join("")}for (;;) {`, "\n}}"],
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
      // It may be another kind, or leave a statement around it.
    }
  }
  return undefined;
}
