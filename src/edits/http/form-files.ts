import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import type { FormDataFacts } from "../../analysis/http/form-data.ts";
import { commentTexts, inFrontOf } from "../text/comments.ts";
import { indentAt, lineEndingOf } from "../text/layout.ts";
import type { HttpWriter } from "./writer.ts";

/** Writes the files of a multipart form as `FormData` takes them. */
export function writeFiles({ edits, model }: HttpWriter, { files }: FormDataFacts): void {
  const textOf = (node: Node): string => edits.textOf(model.text, rangeOf(node));
  for (const { literal, value, filename, contentType } of files) {
    const file = `new File([${textOf(value)}], ${textOf(filename)}, { type: ${textOf(contentType)} })`;
    const range = rangeOf(literal);
    const comments = commentTexts(model, range).filter((comment) => !file.includes(comment));
    edits.replaceWhole(range, inFrontOf(comments, lineEndingOf(model.text) + indentAt(model.text, range[0])) + file);
  }
}
