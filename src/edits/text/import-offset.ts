import type { Model } from "../../analysis/code/model.ts";
import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import { attachedComments, rangeWithComments } from "./remove-statements.ts";
import { blanksStart, lineStart, textStart } from "./white-space.ts";

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
