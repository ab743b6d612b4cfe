import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import type { FormDataFacts } from "../../analysis/http/form-data.ts";
import type { HttpWriter } from "./writer.ts";

/** Writes the files of a multipart form as `FormData` takes them. */
export function writeFiles({ edits, model }: HttpWriter, { files }: FormDataFacts): void {
  const textOf = (node: Node): string => edits.textOf(model.text, rangeOf(node));
  for (const { literal, value, filename, contentType } of files) {
    const file = `new File([${textOf(value)}], ${textOf(filename)}, { type: ${textOf(contentType)} })`;
    edits.replaceWhole(rangeOf(literal), file);
  }
}
