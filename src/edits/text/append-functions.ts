import type { Model } from "../../analysis/code/model.ts";
import type { EditList } from "./edit-list.ts";
import { unitOf, lineEndingOf } from "./layout.ts";

/**
 * Writes functions to the end of the file, each behind an empty line, in the file's line ending and indentation.
 *
 * @param texts indented by two spaces a level, with `\n`
 */
export function appendFunctions(model: Model, texts: readonly string[], edits: EditList): void {
  if (texts.length === 0) {
    return;
  }
  const { text } = model;
  const newline = lineEndingOf(text);
  const unit = unitOf(model);
  const lines = texts
    .flatMap((code) => ["", ...code.split("\n")])
    .map((line) => line.replace(/^(?: {2})+/u, (spaces) => unit.repeat(spaces.length / 2)));
  const gap = text === "" || text.endsWith("\n") ? "" : newline;
  // A file without a line break at its end stays one.
  edits.insert(text.length, `${gap}${lines.join(newline)}${gap === "" ? newline : ""}`);
}
