import { rangeOf } from "../src/analysis/code/tree.ts";
import { findErrorLogs } from "../src/analysis/errors/logs.ts";
import type { ErrorLog } from "../src/analysis/errors/logs.ts";
import type { Model } from "../src/analysis/code/model.ts";
import { isGlobalTaken } from "../src/analysis/secrets/runs.ts";
import { EditList } from "../src/edits/text/edit-list.ts";
import { createRule } from "../src/lint/create-rule.ts";

export default createRule({
  id: "structured-error-logging",
  meta: {
    type: "suggestion",
    docs: {
      description: "Require errors as fields of a log entry, not as parts of its text",
      configs: { recommended: "warn", strict: "error" },
    },
    messages: {
      interpolated:
        "The text of this log entry differs with each error, so entries can't be found or counted by it. Log a constant text, and `{ error: {{name}}.message }` behind it.",
      field: "Log the error as a field.",
    },
    hasSuggestions: true,
  },
  *check({ model }) {
    for (const log of findErrorLogs(model)) {
      const edits = withField(model, log);
      yield {
        range: rangeOf(log.message),
        messageId: "interpolated",
        data: { name: log.name },
        suggest: edits === undefined ? [] : [{ messageId: "field", edits }],
      };
    }
  },
});

/** Without the marks that led over to the error. */
function withoutEnd(text: string): string {
  return text.slice(0, text.split("").findLastIndex((character) => !/[\s:;,.(=–—-]/u.test(character)) + 1);
}

/** The entry as the platform's examples write it; undefined where no words are left for its text. */
function withField(model: Model, { message, parts }: ErrorLog): EditList | undefined {
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
