import { rangeOf } from "../src/analysis/code/tree.ts";
import type { Node } from "../src/analysis/code/tree.ts";
import type { Model } from "../src/analysis/code/model.ts";
import { isGlobalTaken } from "../src/analysis/secrets/runs.ts";
import { findThrownValues } from "../src/analysis/errors/thrown-values.ts";
import type { PlainKind } from "../src/analysis/errors/thrown-values.ts";
import { EditList } from "../src/edits/text/edit-list.ts";
import { createRule } from "../src/lint/create-rule.ts";

const WORDS: Readonly<Record<PlainKind, string>> = {
  text: "a text",
  object: "an object",
  array: "an array",
  number: "a number",
  boolean: "a boolean",
  nothing: "nothing",
};

export default createRule({
  id: "throw-error-object",
  meta: {
    type: "problem",
    docs: {
      description: "Require errors wherever a function fails",
      configs: { recommended: "error", legacy: "error" },
    },
    messages: {
      throw: "This throws {{what}}, which says nothing about where it came from. Throw an `Error`.",
      reject: "This rejects with {{what}}, which says nothing about where it came from. Reject with an `Error`.",
      callback:
        "The callback gets {{what}} as its error, which says nothing about where it came from. Give it an `Error`.",
      wrap: "Make it the message of an `Error`.",
    },
    hasSuggestions: true,
  },
  *check({ model, handler }) {
    for (const { how, kind, value, range } of findThrownValues(model, handler)) {
      const edits = kind === "text" && value !== undefined ? wrapped(model, value) : undefined;
      yield {
        range,
        messageId: how,
        data: { what: WORDS[kind] },
        suggest: edits === undefined ? [] : [{ messageId: "wrap", edits }],
      };
    }
  },
});

function wrapped(model: Model, text: Node): EditList | undefined {
  if (isGlobalTaken(model, text, "Error")) {
    return undefined;
  }
  const edits = new EditList();
  edits.insert(rangeOf(text)[0], "new Error(");
  edits.insert(rangeOf(text)[1], ")");
  return edits;
}
