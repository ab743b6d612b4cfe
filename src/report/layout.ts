import stringWidth from "string-width";
import wrapAnsi from "wrap-ansi";

/** A part of the overview: a heading, and items of one or more lines below it. */
export interface Section {
  readonly heading: string;
  readonly items: readonly Item[];
  /** The line for the items that found no room. */
  readonly rest: (left: readonly Item[]) => string;
}

/** What is told of one thing: in full, and in as few lines as it can be told in. */
export interface Item {
  readonly full: readonly string[];
  readonly brief: readonly string[];
}

/** Breaks a text at spaces; the lines behind the first are indented. A word that is longer than a line stays whole. */
export function wrap(text: string, width: number, indent = 0): string[] {
  const [first = "", ...rest] = wrapAnsi(text, width, { trim: false }).split("\n");
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

/**
 * The lines of all sections, with an empty line behind each. As long as they are not more than `limit`, items are told in
 * full, those of the first sections first; when even their short forms are too much, sections end with a line for their
 * rest.
 */
export function layOut(sections: readonly Section[], limit: number): string[] {
  const shown = sections.filter(({ items }) => items.length > 0);
  const room = limit - 2 * shown.length;
  const texts = shown.map(({ items }) => items.map((item) => item.brief));
  for (const [index, { items }] of shown.entries()) {
    const full = items.map((item) => item.full);
    const others = texts.filter((_, other) => other !== index);
    if (linesIn(full) + linesIn(others.flat()) <= room) texts[index] = full;
  }
  const needs = texts.map((items) => linesIn(items));
  const shares = shareOut(needs, room);
  return shown.flatMap((section, index) => {
    const lines = fill(section, texts[index] ?? [], shares[index] ?? 0);
    return [section.heading, ...lines, ""];
  });
}

function linesIn(items: readonly (readonly string[])[]): number {
  return items.reduce((sum, lines) => sum + lines.length, 0);
}

/** Who needs little gets it; what is left over is shared by the others. */
function shareOut(needs: readonly number[], room: number): number[] {
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

function fill(section: Section, texts: readonly (readonly string[])[], room: number): string[] {
  if (linesIn(texts) <= room) return texts.flat();
  const lines: string[] = [];
  let taken = 0;
  for (const item of texts) {
    if (lines.length + item.length > room - 1) break;
    lines.push(...item);
    taken += 1;
  }
  return [...lines, section.rest(section.items.slice(taken))];
}
