import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import type { Model } from "../../analysis/code/model.ts";
import { lineEndingOf } from "../text/layout.ts";
import { attachedComments, rangeWithComments } from "../text/remove-statements.ts";
import { blanksStart, lineStart, textStart } from "../text/white-space.ts";

/** One import to write: `import X from "m";` or `import { a, b } from "m";`, with the comments that belong to it. */
export interface ImportLine {
  readonly source: string;
  /** Imports are sorted by rank, then stay in the order of the file. */
  readonly rank: number;
  readonly defaultName: string | undefined;
  readonly names: readonly string[];
  readonly leading: readonly string[];
  readonly trailing: string | undefined;
}

/** The import in the only spellings that the platform's command line leaves intact. */
function spell({ source, defaultName, names }: ImportLine): string[] {
  return [
    ...(defaultName === undefined ? [] : [`import ${defaultName} from "${source}";`]),
    ...(names.length === 0 ? [] : [`import { ${names.join(", ")} } from "${source}";`]),
  ];
}

/** The text of a block of imports, one a line, each line with its line break. */
export function importBlock(model: Model, lines: readonly ImportLine[]): string {
  const newline = lineEndingOf(model.text);
  return lines
    .toSorted((a, b) => a.rank - b.rank)
    .flatMap((line) => {
      const spelled = spell(line);
      const last = spelled.at(-1) ?? "";
      return [
        ...line.leading,
        ...spelled.slice(0, -1),
        line.trailing === undefined ? last : `${last} ${line.trailing}`,
      ];
    })
    .map((text) => text + newline)
    .join("");
}

const HEADER = /licen[cs]e|copyright|@file|@preserve|eslint-|prettier-|@ts-/iu;

function isDirective(node: Node): boolean {
  return node.type === "ExpressionStatement" && "directive" in node && typeof node.directive === "string";
}

/**
 * Where imports go: behind hashbang, directives and licence comment, in front of the first statement and the comments
 * that speak of it.
 */
export function importOffset(model: Model): number {
  const { text, program } = model;
  const first = program.body.find((statement) => !isDirective(statement));
  const directive = program.body.filter(isDirective).at(-1);
  const floor = directive === undefined ? afterHashbang(text) : behind(text, rangeOf(directive)[1], first);
  if (first === undefined) {
    return floor;
  }
  const header = attachedComments(model, first).leading.findLast(([start, end]) => HEADER.test(text.slice(start, end)));
  const start = header === undefined ? rangeWithComments(model, first, floor)[0] : behind(text, header[1], first);
  // With its indentation, which goes when the statement is taken away.
  return Math.max(floor, lineStart(text, start), blanksStart(text, start));
}

/** The line behind an offset, or the offset itself when a statement begins on its line. */
function behind(text: string, offset: number, first: Node | undefined): number {
  const next = nextLine(text, offset);
  return first === undefined || rangeOf(first)[0] >= next ? next : offset;
}

function afterHashbang(text: string): number {
  const start = textStart(text);
  return text.startsWith("#!", start) ? nextLine(text, start) : start;
}

function nextLine(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end === -1 ? text.length : end + 1;
}
