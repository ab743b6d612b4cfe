import { rangeOf } from "../src/analysis/code/tree.ts";
import type { Node } from "../src/analysis/code/tree.ts";
import { findMixedLogs } from "../src/analysis/errors/logs.ts";
import type { MixedLog } from "../src/analysis/errors/logs.ts";
import type { Model } from "../src/analysis/code/model.ts";
import { isGlobalTaken } from "../src/analysis/code/names.ts";
import { EditList } from "../src/edits/text/edit-list.ts";
import { checkPossibleOption } from "../src/lint/check-possible.ts";
import type { PossibleOptions } from "../src/lint/check-possible.ts";
import { createRule } from "../src/lint/create-rule.ts";

export default createRule<"interpolated" | "possibleData" | "field", PossibleOptions>({
  id: "structured-error-logging",
  meta: {
    type: "suggestion",
    docs: {
      description: "Require errors as fields of a log entry, not as parts of its text",
      configs: { recommended: "warn", strict: ["error", { checkPossible: true }] },
    },
    messages: {
      interpolated:
        "The text of this log entry differs with each error, so you can't find or count entries by it. Log a constant text, and `{ error: {{name}}.message }` after it.",
      possibleData:
        "The text of this log entry differs with `{{value}}`, so you can't find or count entries by it. Log a constant text, and the data in an object after it.",
      field: "Log the error as a field.",
    },
    hasSuggestions: true,
    ...checkPossibleOption("Whether to report texts with data in them that is no error as well."),
  },
  *check({ model }, { checkPossible }) {
    for (const log of findMixedLogs(model)) {
      const { message, error, value } = log;
      const range = rangeOf(message);
      if (error !== undefined) {
        const edits = withField(model, log);
        const suggest = edits === undefined ? [] : [{ messageId: "field", edits } as const];
        yield { range, messageId: "interpolated", data: { name: nameOf(error) }, suggest };
      } else if (checkPossible) {
        yield { range, messageId: "possibleData", data: { value: model.textOf(value) } };
      }
    }
  },
});

/** The name of the error as the file has it: `error` for `error.stack`. */
function nameOf(node: Node): string {
  switch (node.type) {
    case "Identifier":
      return /message|stack|text/iu.test(node.name) ? "error" : node.name;
    case "MemberExpression":
      return nameOf(node.object);
    default:
      return "error";
  }
}

/** Without the marks that led over to the error. */
function withoutEnd(text: string): string {
  return text.slice(0, text.split("").findLastIndex((character) => !/[\s:;,.(=–—-]/u.test(character)) + 1);
}

/** The entry as the platform's examples write it; undefined where no words are left for its text. */
function withField(model: Model, { message, parts }: MixedLog): EditList | undefined {
  const text = withoutEnd(parts?.text ?? "");
  if (parts === undefined || text === "" || model.commentsIn(rangeOf(message)).length > 0) {
    return undefined;
  }
  const { value } = parts;
  const isWhole = value.type === "Identifier";
  if (isWhole && isGlobalTaken(model, value, "String")) {
    return undefined;
  }
  const written = isWhole ? `String(${value.name})` : model.textOf(value);
  const edits = new EditList();
  edits.replace(rangeOf(message), `${JSON.stringify(text)}, { error: ${written} }`);
  return edits;
}
