import { lineEndingOf } from "../edits/text/layout.ts";
import { EditList } from "../edits/text/edit-list.ts";
import { modernToolbelt } from "../platform/toolbelt.ts";
import { collect } from "./collect.ts";
import { parseTyped } from "./compiler.ts";
import type { TypedSyntaxError } from "./compiler.ts";
import type { BlankRole, Found, Neighbours, Obstacle, TypeImport } from "./found.ts";
import { Marks } from "./marks.ts";

/** What a mark stands for. */
export interface Piece {
  readonly role: BlankRole | "stand-in";
  /** What stood there, and where. */
  readonly text: string;
  readonly start: number;
  /** The JavaScript that stands behind the mark instead. */
  readonly code: string;
  /** True for what stands at the module level. */
  readonly isTop: boolean;
  /** True behind an empty line. */
  readonly isBehindGap: boolean;
}

/** A text of TypeScript as the JavaScript that it runs as, with marks where its types were. */
export interface Erased {
  readonly text: string;
  readonly marks: Marks;
  /** What the marks stand for, by their numbers. */
  readonly pieces: readonly Piece[];
  readonly typeImports: readonly TypeImport[];
  readonly obstacles: readonly Obstacle[];
  /** The first place at which the JavaScript is a CommonJS module and the TypeScript none; undefined where both are. */
  readonly convertedAt: number | undefined;
  /** The place in the TypeScript that a place in the JavaScript comes from. */
  readonly originalOffset: (offset: number) => number;
  /** A text of the migration for people: with the types in the place of their marks. */
  readonly readable: (text: string) => string;
}

const LONGEST_MARK = 40;
const BLOCK_ROLES: ReadonlySet<BlankRole | "stand-in"> = new Set(["statement", "member", "stand-in"]);

/** How types are taken off a text. */
export interface ErasingOptions {
  /** True where the text shall stay the ES module that it is; else it is what V1 runs, a CommonJS module. */
  readonly isModule?: boolean;
  /** Marks of several texts that become one, and the number of the first one of this text. */
  readonly shared?: { readonly marks: Marks; readonly first: number };
  /** The files of the project that it loads. */
  readonly neighbours?: Neighbours | undefined;
}

/**
 * Takes the types off a text.
 *
 * @returns an error where it is no TypeScript
 */
export function eraseTypes(
  text: string,
  { isModule = false, shared, neighbours }: ErasingOptions = {},
): Erased | TypedSyntaxError {
  const source = parseTyped(text);
  if (source.error !== undefined) return source.error;
  const found = collect(source, isModule || isModern(text), neighbours);
  const marks = shared?.marks ?? Marks.for(text);
  const obstacles = marks === undefined ? [...found.obstacles, { ...UNUSUAL, offset: 0 }] : found.obstacles;
  return write(text, { ...found, obstacles }, marks ?? Marks.any(), shared?.first ?? 0);
}

/** A V2 function is an ES module, and runs as one. */
function isModern(text: string): boolean {
  return [`"${modernToolbelt}"`, `'${modernToolbelt}'`].some((name) => text.includes(name));
}

export const UNUSUAL = { what: "white space of many unusual kinds", advice: "write plain blanks" };

function write(text: string, found: Found, marks: Marks, base: number): Erased {
  const edits = new EditList();
  const pieces: Piece[] = [];
  const next = (): number => base + pieces.length;
  for (const { role, range } of found.blanks) {
    const mark = BLOCK_ROLES.has(role)
      ? marks.block(next())
      : marks.inline(next(), Math.min(range[1] - range[0], LONGEST_MARK));
    pieces.push({ role, text: text.slice(...range), code: "", ...placeOf(text, range[0]) });
    edits.replace(range, mark);
  }
  for (const { range, code, comesBack } of found.standIns) {
    edits.replace(range, comesBack ? marks.block(next()) + code : code);
    if (comesBack) pieces.push({ role: "stand-in", text: text.slice(...range), code, ...placeOf(text, range[0]) });
  }
  const exporting = exportsOf(text, found);
  edits.insert(text.length, exporting);
  const erased = edits.applyTo(text);
  const [firstExport] = found.exported;
  const exportsAt = erased.text.length - exporting.length;
  return {
    text: erased.text,
    marks,
    pieces,
    typeImports: found.typeImports,
    obstacles: found.obstacles,
    convertedAt: found.standIns.find(({ comesBack }) => !comesBack)?.range[0],
    originalOffset: (offset) =>
      firstExport !== undefined && offset >= exportsAt ? firstExport.offset : erased.originalOffset(offset),
    readable: (told) => replaceMarks(told, marks, (number) => pieces[number - base]?.text ?? ""),
  };
}

function placeOf(text: string, start: number): Pick<Piece, "start" | "isTop" | "isBehindGap"> {
  const isTop = start === 0 || text.charAt(start - 1) === "\n";
  return { start, isTop, isBehindGap: isTop && /\n\r?\n$/u.test(text.slice(Math.max(0, start - 3), start)) };
}

/** What an ES module exports, as a CommonJS module does, at the end of the text. */
export function exportsOf(text: string, { exported }: Found): string {
  if (exported.length === 0) return "";
  const names = exported.map(({ name, local }) => (name === local ? name : `${name}: ${local}`));
  const lineBreak = lineEndingOf(text);
  const code = `module.exports = { ${[...new Set(names)].join(", ")} };`;
  return text.endsWith("\n") ? `${lineBreak}${code}${lineBreak}` : `${lineBreak}${lineBreak}${code}`;
}

/** Writes other texts in the place of marks. */
function replaceMarks(text: string, marks: Marks, textOf: (number: number) => string): string {
  const edits = new EditList();
  for (const { start, end, number } of marks.read(text)) edits.replace([start, end], textOf(number));
  return edits.applyTo(text).text;
}
