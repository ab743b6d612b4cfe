import { rangeOf } from "../src/analysis/code/tree.ts";
import type { Node } from "../src/analysis/code/tree.ts";
import type { Model } from "../src/analysis/code/model.ts";
import { isGlobalTaken } from "../src/analysis/code/names.ts";
import { findLostReasons } from "../src/analysis/errors/lost-reasons.ts";
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
  response: "a response",
  function: "a function",
  class: "a class",
  promise: "a promise",
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
      throw: "This throws {{what}}, which does not show where it came from. Throw an `Error`.",
      reject: "This rejects with {{what}}, which does not show where it came from. Reject with an `Error`.",
      callback: "The callback gets {{what}} as its error, which does not show where it came from. Give it an `Error`.",
      wrap: "Make it the message of an `Error`.",
    },
    isFixable: true,
    hasSuggestions: true,
  },
  *check({ model, handler }) {
    const thrown = findThrownValues(model, handler);
    // What no code of the file looks at before it leaves the function.
    const unseen = new Set(
      (handler === undefined || thrown.length === 0 ? [] : findLostReasons(model, handler)).flatMap(
        ({ reason, isUnseen }) => (isUnseen ? [reason] : []),
      ),
    );
    for (const { how, kind, value, range, mayBeEmpty } of thrown) {
      const edits = kind === "text" && value !== undefined ? wrapped(model, value) : undefined;
      const isSafe = value !== undefined && unseen.has(value) && mayBeEmpty !== true;
      const wayOut = edits === undefined ? [] : ([{ messageId: "wrap", edits }] as const);
      const data = { what: WORDS[kind] };
      yield { range, messageId: how, data, ...(isSafe ? { fix: edits } : { suggest: wayOut }) };
    }
  },
});

function wrapped(model: Model, text: Node): EditList | undefined {
  if (isGlobalTaken(model, text, "Error")) {
    return undefined;
  }
  const edits = new EditList();
  const [start] = rangeOf(text);
  // `throw"text"` needs no space, a word does.
  const [open, close] = text.type === "SequenceExpression" ? ["new Error((", "))"] : ["new Error(", ")"];
  edits.insert(start, /\w/u.test(model.text[start - 1] ?? "") ? ` ${open}` : open);
  edits.insert(rangeOf(text)[1], close);
  return edits;
}
