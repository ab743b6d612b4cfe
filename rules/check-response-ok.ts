import { rangeOf } from "../src/analysis/code/tree.ts";
import type { Model } from "../src/analysis/code/model.ts";
import { findUncheckedResponses } from "../src/analysis/http/response-checks.ts";
import type { UncheckedResponse } from "../src/analysis/http/response-checks.ts";
import { isGlobalTaken } from "../src/analysis/code/names.ts";
import { EditList } from "../src/edits/text/edit-list.ts";
import { indentAt, indentUnitOf, lineEndingOf } from "../src/edits/text/layout.ts";
import { checkPossibleOption } from "../src/lint/check-possible.ts";
import type { PossibleOptions } from "../src/lint/check-possible.ts";
import { createRule } from "../src/lint/create-rule.ts";

export default createRule<"unchecked" | "possibleUnchecked" | "check", PossibleOptions>({
  id: "check-response-ok",
  meta: {
    type: "problem",
    docs: {
      description: "Require a check of the response status before the body is used",
      configs: { recommended: "error", strict: ["error", { checkPossible: true }] },
    },
    messages: {
      unchecked:
        "This uses the body of {{response}}, but nothing checks its status: `{{request}}` (line {{line}}) doesn't fail when the server answers with an error. Throw unless `ok` is true.",
      possibleUnchecked:
        "This uses the body of {{response}}, and on one path nothing checks its status: `{{request}}` (line {{line}}) doesn't fail when the server answers with an error. Check `ok` before the paths part.",
      check: "Throw unless `{{name}}.ok` is true.",
    },
    hasSuggestions: true,
    ...checkPossibleOption("Whether to report responses whose status is looked at on some paths only."),
  },
  *check({ model }, { checkPossible }) {
    for (const found of findUncheckedResponses(model)) {
      if (!found.isCertain && !checkPossible) {
        continue;
      }
      const { name, request, use } = found;
      const edits = withCheck(model, found);
      yield {
        range: rangeOf(use),
        messageId: found.isCertain ? "unchecked" : "possibleUnchecked",
        data: {
          response: name === undefined ? "the response" : `\`${name}\``,
          request: model.textOf(request.callee),
          line: String(model.placeOf(rangeOf(request)[0]).line),
        },
        suggest: edits === undefined || name === undefined ? [] : [{ messageId: "check", data: { name }, edits }],
      };
    }
  },
});

/** The function with the check that the platform's examples have, right behind the request. */
function withCheck(model: Model, { name, declaration }: UncheckedResponse): EditList | undefined {
  if (name === undefined || declaration === undefined || isGlobalTaken(model, declaration, "Error")) {
    return undefined;
  }
  const { text } = model;
  const [start, end] = rangeOf(declaration);
  const rest = /^[\t ]*(?:\/\/[^\r\n]*)?(?=\r?\n|$)/u.exec(text.slice(end));
  const [indent, unit, lineBreak] = [indentAt(text, start), indentUnitOf(text), lineEndingOf(text)];
  const fail = `throw new Error(\`Request failed with status \${${name}.status}\`);`;
  const edits = new EditList();
  if (rest === null) {
    // Something else follows on the line.
    edits.insert(end, ` if (!${name}.ok) { ${fail} }`);
  } else {
    const lines = [`if (!${name}.ok) {`, unit + fail, "}"];
    edits.insert(end + rest[0].length, lines.map((line) => lineBreak + indent + line).join(""));
  }
  return edits;
}
