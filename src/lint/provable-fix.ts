import { parseSource, SourceSyntaxError } from "../analysis/code/parse.ts";
import type { EditList } from "../edits/text/edit-list.ts";
import type { FunctionFile } from "./function-file.ts";

/**
 * True when what the transform does may be done by `eslint --fix`, without a look: the file is JavaScript, as all that the
 * transform was proved on, and is it still afterwards.
 */
export function isProvable({ model, isTyped }: FunctionFile, edits: EditList): boolean {
  if (isTyped) {
    return false;
  }
  try {
    parseSource(edits.applyTo(model.text).text);
    return true;
  } catch (error) {
    if (error instanceof SourceSyntaxError) {
      return false;
    }
    throw error;
  }
}
