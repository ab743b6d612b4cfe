import { EditList } from "../edits/text/edit-list.ts";
import { collect } from "./collect.ts";
import { isTypeScript, parseTyped } from "./compiler.ts";
import { exportsOf } from "./erase.ts";
import type { Blank, Neighbours } from "./found.ts";

/**
 * The JavaScript that a file of either language runs as; what stands in it stands on the line on which it stood. A text
 * that can't be read stays as it is.
 *
 * @param version of the platform: a V1 function that is written as an ES module runs as CommonJS
 * @param neighbours the files of the project that it loads
 */
export function plainJavaScript(path: string, text: string, version: "v1" | "v2", neighbours?: Neighbours): string {
  if (!isTypeScript(path)) return text;
  const source = parseTyped(text);
  if (source.error !== undefined) return text;
  const found = collect(source, version === "v2", neighbours);
  if (found.obstacles.length > 0) return text;
  const edits = new EditList();
  for (const blank of found.blanks) edits.replace(blank.range, emptied(text, blank));
  for (const { range, code } of found.standIns) {
    const lines = text.slice(...range).split("\n").length - code.split("\n").length;
    edits.replace(range, code + "\n".repeat(Math.max(0, lines)));
  }
  edits.insert(text.length, exportsOf(text, found));
  return edits.applyTo(text).text;
}

/** Blanks in the place of a text; where a line may not end, it does not. */
function emptied(text: string, { range, role }: Blank): string {
  const mayEndLine = role !== "return" && role !== "angle-cast";
  return text.slice(...range).replaceAll(mayEndLine ? /[^\n\r]/gu : /[\s\S]/gu, " ");
}
