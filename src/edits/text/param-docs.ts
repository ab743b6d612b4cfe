import type { Model } from "../../analysis/code/model.ts";
import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node, Range } from "../../analysis/code/tree.ts";
import type { EditList } from "./edit-list.ts";
import { spaceStart } from "./white-space.ts";

/** The text of a line of a documentation comment, without the star in front. */
function contentOf(line: string): string {
  const text = line.trimStart();
  return (text.startsWith("*") ? text.slice(1) : text).trimStart();
}

/** Where a type in braces ends; braces may stand in it. */
function typeEnd(text: string): number {
  let depth = 0;
  for (let offset = 0; offset < text.length; offset += 1) {
    const character = text.charAt(offset);
    depth += character === "{" ? 1 : character === "}" ? -1 : 0;
    if (depth === 0) {
      return offset + 1;
    }
  }
  return text.length;
}

/** The name that a line documents by `@param {Type} name`; undefined for all other lines. */
function documentedName(line: string): string | undefined {
  const content = contentOf(line);
  if (!content.startsWith("@param ")) {
    return undefined;
  }
  const rest = content.slice("@param ".length).trimStart();
  const named = rest.startsWith("{") ? rest.slice(typeEnd(rest)).trimStart() : rest;
  return /^\[?(?<name>[\p{ID_Start}$_][\p{ID_Continue}$]*)(?:[\]=\s]|$)/u.exec(named)?.groups?.["name"];
}

/** True for a line that says of a function that it returns nothing. */
function saysNothing(line: string): boolean {
  return /^@returns?\s+\{(?:void|undefined)\}/u.test(contentOf(line));
}

/** The documentation comment right in front of a function, or of what declares it. */
function documentationOf(model: Model, owner: Node): Range | undefined {
  const statement = model.statementOf(owner);
  const ends = [owner, statement].map((node) => spaceStart(model.text, rangeOf(node)[0]));
  const comment = model.comments.find(
    ({ type, value, range }) =>
      type === "Block" && value.startsWith("*") && range !== undefined && ends.includes(range[1]),
  );
  return comment === undefined ? undefined : rangeOf(comment);
}

/**
 * Takes the lines out of a function's documentation that speak of a callback which goes, and that say that nothing is
 * returned: what the callback got, is now.
 */
export function removeCallbackDoc(model: Model, edits: EditList, owner: Node, name: string): void {
  const range = documentationOf(model, owner);
  if (range === undefined) {
    return;
  }
  const [start, end] = range;
  let isGone = false;
  let offset = start;
  const lines = model.text.slice(start, end).split("\n");
  for (const [index, line] of lines.entries()) {
    const content = contentOf(line);
    const isEdge = index === 0 || index === lines.length - 1;
    const goesOn: boolean = isGone && content.trim() !== "" && !content.startsWith("@");
    isGone = !isEdge && (documentedName(line) === name || saysNothing(line) || goesOn);
    if (isGone) {
      edits.remove([offset, offset + line.length + 1]);
    }
    offset += line.length + 1;
  }
}
