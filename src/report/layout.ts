import stringWidth from "string-width";
import wrapAnsi from "wrap-ansi";

/** A part of the overview: a heading, and items of one or more lines below it. */
export interface Section {
  readonly heading: string;
  readonly items: readonly Item[];
  /** The line for the items that found no room. */
  readonly rest: (left: readonly Item[]) => string;
}

/** What is told of one thing: in full, in few lines, and in one line where that is another one. */
export interface Item {
  readonly full: readonly string[];
  readonly brief: readonly string[];
  readonly line?: readonly string[];
}

/** Breaks a text at spaces; the lines behind the first are indented. A word that is longer than a line stays whole. */
export function wrap(text: string, width: number, indent = 0): string[] {
  if (stringWidth(text) <= width) return [text.trimEnd()];
  const body = text.trimStart();
  const start = text.length - body.length;
  const [head = "", ...rest] = wrapAnsi(body, Math.max(width - start, 20), { trim: false }).split("\n");
  const first = " ".repeat(start) + head;
  if (rest.length === 0) return [first.trimEnd()];
  const others = wrapAnsi(rest.join("").trimStart(), Math.max(width - indent, 20)).split("\n");
  return [first.trimEnd(), ...others.map((line) => `${" ".repeat(indent)}${line.trim()}`)];
}

/** As much of a text as a line holds, up to the end of a word. */
export function cut(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  const [first = ""] = wrapAnsi(text, Math.max(width - 2, 1), { trim: false, hard: true }).split("\n");
  return `${first.trimEnd()} …`;
}

/** Fills a text with blanks up to a width on the screen. */
export function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - stringWidth(text)));
}

/** How much room the sections have. */
export interface Room {
  /** Lines in all. */
  readonly lines: number;
  /** Columns of a line. */
  readonly columns: number;
}

/**
 * The lines of all sections, with an empty line behind each. As long as they are not more than there is room for, items are
 * told in full, those of the first sections first; when even their short forms are too much, items take one line each, and
 * sections end with a line for their rest. The first section may take half of the room.
 */
export function layOut(sections: readonly Section[], { lines: limit, columns }: Room): string[] {
  const shown = sections.filter(({ items }) => items.length > 0).map((section) => fitted(section, columns));
  const room = limit - shown.reduce((sum, { heading }) => sum + heading.length + 1, 0);
  const texts = shown.map(({ items }) => items.map((item) => item.brief));
  for (const [index, { items }] of shown.entries()) {
    const full = items.map((item) => item.full);
    const others = texts.filter((_, other) => other !== index);
    if (linesIn(full) + linesIn(others.flat()) <= room) texts[index] = full;
  }
  for (const [index, { items }] of shown.entries()) {
    if (linesIn(texts.flat()) <= room) break;
    texts[index] = items.map(({ brief, line }) => line ?? brief);
  }
  const needs = texts.map((items) => linesIn(items));
  const shares = shareOut(needs, room);
  return shown.flatMap((section, index) => {
    const lines = fill(section, texts[index] ?? [], shares[index] ?? 0);
    return [...section.heading, ...lines, ""];
  });
}

/** A section whose lines fit the columns; only a word that is longer, a path for one, goes over the edge. */
interface Fitted {
  readonly heading: readonly string[];
  readonly items: readonly Item[];
  readonly rest: (left: readonly Item[]) => readonly string[];
}

function fitted({ heading, items, rest }: Section, columns: number): Fitted {
  const fit = (lines: readonly string[]): string[] =>
    lines.flatMap((line) => wrap(line, columns, line.length - line.trimStart().length + 2));
  return {
    heading: fit([heading]),
    items: items.map(({ full, brief, line }) => ({
      full: fit(full),
      brief: fit(brief),
      ...(line && { line: fit(line) }),
    })),
    rest: (left) => fit([rest(left)]),
  };
}

function linesIn(items: readonly (readonly string[])[]): number {
  return items.reduce((sum, lines) => sum + lines.length, 0);
}

/** Half of the room is the first section's; who needs little gets it; what is left over is shared by the others. */
function shareOut(needs: readonly number[], room: number): number[] {
  const [first = 0] = needs;
  const reserved = Math.min(first, Math.floor(room / 2));
  const others = sharedEvenly(needs.slice(1), room - reserved);
  return [Math.min(first, room - others.reduce((sum, share) => sum + share, 0)), ...others].slice(0, needs.length);
}

function sharedEvenly(needs: readonly number[], room: number): number[] {
  const shares = needs.map(() => 0);
  let left = room;
  const bySize = needs.map((_, index) => index).toSorted((a, b) => (needs[a] ?? 0) - (needs[b] ?? 0));
  for (const [done, index] of bySize.entries()) {
    const share = Math.min(needs[index] ?? 0, Math.floor(left / (bySize.length - done)));
    shares[index] = share;
    left -= share;
  }
  return shares;
}

function fill(section: Fitted, texts: readonly (readonly string[])[], room: number): string[] {
  if (linesIn(texts) <= room) return texts.flat();
  const last = section.rest(section.items).length;
  const lines: string[] = [];
  let taken = 0;
  for (const item of texts) {
    if (lines.length + item.length > room - last) break;
    lines.push(...item);
    taken += 1;
  }
  return [...lines, ...section.rest(section.items.slice(taken))];
}
