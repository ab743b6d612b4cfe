import { parseSource, SourceSyntaxError } from "../analysis/code/parse.ts";
import { rangeOf } from "../analysis/code/tree.ts";
import type { Node } from "../analysis/code/tree.ts";
import type { EditList } from "../edits/text/edit-list.ts";
import type { FunctionFile } from "./function-file.ts";

/**
 * True when what the transform does may be done by `eslint --fix`, without a look: the file is JavaScript, as all that the
 * transform was proved on, and is it still afterwards.
 */
export function isProvable({ model, isTyped }: FunctionFile, edits: EditList): boolean {
  return !isTyped && isJavaScript(edits.applyTo(model.text).text);
}

/** True for statements that hold no types: what an edit writes anew would lose them. */
export function areUntyped({ model, isTyped }: FunctionFile, statements: readonly Node[]): boolean {
  return !isTyped || statements.every((statement) => isJavaScript(model.text.slice(...rangeOf(statement))));
}

function isJavaScript(text: string): boolean {
  try {
    parseSource(text);
    return true;
  } catch (error) {
    if (error instanceof SourceSyntaxError) {
      return false;
    }
    throw error;
  }
}
