import { EditList } from "../edits/text/edit-list.ts";
import { lineEndingOf } from "../edits/text/layout.ts";
import { blanksEnd, endsLine, lineBreakLength, lineStart, startsLine, textStart } from "../edits/text/white-space.ts";
import { printable } from "../platform/printable.ts";
import { placeAt } from "./json-text.ts";
import { codeOf } from "./commented-code.ts";
import type { CommentedCode } from "./commented-code.ts";
import { linesBefore } from "./line-map.ts";
import type { Remark } from "./result.ts";

const form = /^ TODO\(faas-migrate:(?<id>[\w-]+)\): (?<message>.*)$/u;

/** Whether a text may hold such a comment; without a look at what is a comment. */
export function mayHoldTodo(text: string): boolean {
  return text.includes("TODO(faas-migrate:");
}

/** The comments that ask a person to do something, in the order of the text; none where it does not parse. */
export function todosIn(path: string, text: string): Remark[] {
  if (!mayHoldTodo(text)) return [];
  const code = codeOf(path, text);
  if (code === undefined) return [];
  return todoComments(code).map(({ value, range: [start] }) => {
    const { id = "", message = "" } = form.exec(value)?.groups ?? {};
    return { id, message, ...placeAt(text, start) };
  });
}

/**
 * Brings the comments of a text up to date: one above the place of each reason, and no others.
 *
 * @param text what is to be written
 * @param original the text that the reasons' lines count in
 * @returns the text with them; undefined where it can't be shown that nothing but comments changes
 */
export function withTodos(
  path: string,
  text: string,
  original: string,
  reasons: readonly Remark[],
): string | undefined {
  const code = codeOf(path, text);
  if (code === undefined) return undefined;
  const bare = withoutTodos(code);
  const base = bare === text ? code : codeOf(path, bare);
  if (base === undefined) return undefined;
  const first = commented(base, original, reasons, (line) => line);
  // A message may name another line, which has moved by what was written.
  const result = commented(base, original, reasons, linesBefore(first, original));
  const other = codeOf(path, result);
  return other !== undefined && isSameCode(code, other) ? result : undefined;
}

/** The text with comments; lines that messages name are those of `moved`. */
function commented(
  base: CommentedCode,
  original: string,
  reasons: readonly Remark[],
  moved: (line: number) => number,
): string {
  const bare = base.text;
  const lineIn = linesBefore(bare, original);
  const placeAbove = placesIn(base);
  const edits = new EditList();
  const places = new Map<number, Set<string>>();
  for (const { id, message, line } of reasons) {
    const offset = placeAbove(lineIn(line));
    const told = message.replaceAll(/(?<=\bline )\d+/gu, (number) => String(moved(Number(number))));
    const comment = `// TODO(faas-migrate:${id}): ${printable(told)}`;
    places.set(offset, (places.get(offset) ?? new Set()).add(comment));
  }
  const lineBreak = lineEndingOf(bare);
  for (const [offset, comments] of places) {
    const indent = bare.slice(offset, blanksEnd(bare, offset));
    edits.insert(offset, [...comments].map((comment) => indent + comment + lineBreak).join(""));
  }
  return edits.isEmpty ? bare : edits.applyTo(bare).text;
}

interface TodoComment {
  /** What follows the slashes. */
  readonly value: string;
  readonly range: readonly [number, number];
}

function todoComments({ text, comments }: CommentedCode): TodoComment[] {
  return comments.flatMap(([start, end]): TodoComment[] => {
    const value = text.startsWith("//", start) ? text.slice(start + 2, end) : "";
    const isAlone = startsLine(text, start) && endsLine(text, end);
    return isAlone && form.test(value) ? [{ value, range: [start, end] }] : [];
  });
}

function withoutTodos(code: CommentedCode): string {
  const { text } = code;
  const edits = new EditList();
  for (const { range } of todoComments(code)) {
    const [start, end] = range;
    edits.remove([lineStart(text, start), end + lineBreakLength(text, end)]);
  }
  return edits.isEmpty ? text : edits.applyTo(text).text;
}

/** Where comments may stand, by the line that they are about. */
function placesIn({ text, comments, tokens }: CommentedCode): (line: number) => number {
  const starts = lineStarts(text);
  const first = text.startsWith("#!", textStart(text)) ? 2 : 1;
  // A template may end where a line begins; a comment does not.
  const inside = [
    ...tokens.flatMap((start, index) => (index % 2 === 0 ? [[start, tokens[index + 1] ?? start] as const] : [])),
    ...comments.map(([start, end]) => [start, end - 1] as const),
  ].filter(([start, end]) => text.slice(start, end).includes("\n"));
  const isInside = (offset: number): boolean => inside.some(([start, end]) => start < offset && offset <= end);
  const commented = new Set(
    comments
      .map(([start]) => start)
      .filter((start) => startsLine(text, start))
      .map((start) => lineStart(text, start)),
  );
  /** The line itself, or one above it: a comment that is there already stands directly above its code. */
  return (line) => {
    for (let at = Math.min(line, starts.length); at > first; at -= 1) {
      const offset = starts[at - 1] ?? 0;
      if (!isInside(offset) && !commented.has(starts[at - 2] ?? 0)) return offset;
    }
    return first === 1 ? textStart(text) : (starts[1] ?? text.length);
  };
}

function lineStarts(text: string): number[] {
  return [0, ...[...text.matchAll(/\n/gu)].map(({ index }) => index + 1)];
}

/** Whether two texts are the same to the language, and to the platform's command line, which reads comments as well. */
function isSameCode(code: CommentedCode, other: CommentedCode): boolean {
  return (
    JSON.stringify(tokensOf(code)) === JSON.stringify(tokensOf(other)) &&
    JSON.stringify(otherComments(code)) === JSON.stringify(otherComments(other)) &&
    code.importLike === other.importLike
  );
}

/** The tokens, each with whether a line ends before it. */
function tokensOf({ text, tokens }: CommentedCode): string[] {
  return tokens.flatMap((start, index) => {
    if (index % 2 === 1) return [];
    const gap = text.slice(tokens[index - 1] ?? 0, start);
    return [/[\n\r\u2028\u2029]/u.test(gap) && index > 0 ? "\n" : "", text.slice(start, tokens[index + 1])];
  });
}

function otherComments(code: CommentedCode): string[] {
  const own = new Set(todoComments(code).map(({ range: [start] }) => start));
  return code.comments.flatMap(([start, end]) => (own.has(start) ? [] : [code.text.slice(start, end)]));
}
