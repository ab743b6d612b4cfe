import { findHandlerProblems } from "../src/analysis/contract/handler-problems.ts";
import type { HandlerProblem } from "../src/analysis/contract/handler-problems.ts";
import { PLATFORM_HANDLER } from "../src/analysis/code/model.ts";
import type { Model } from "../src/analysis/code/model.ts";
import { rangeOf } from "../src/analysis/code/tree.ts";
import type { Range } from "../src/analysis/code/tree.ts";
import { EditList } from "../src/edits/text/edit-list.ts";
import { checkPossibleOption } from "../src/lint/check-possible.ts";
import type { PossibleOptions } from "../src/lint/check-possible.ts";
import { createRule } from "../src/lint/create-rule.ts";

type MessageId =
  | "misnamed"
  | "defaultExport"
  | "possibleMissing"
  | "secondParameter"
  | "returnedError"
  | "lostFailure"
  | "throw"
  | "rename";

export default createRule<MessageId, PossibleOptions>({
  id: "valid-handler",
  meta: {
    type: "problem",
    docs: {
      description: "Require a handler that the platform finds, and that fails when it fails",
      configs: { recommended: "error", strict: ["error", { checkPossible: true }] },
    },
    messages: {
      misnamed: `The platform calls the function \`${PLATFORM_HANDLER}\`, and nothing calls \`{{name}}\`. Name it \`${PLATFORM_HANDLER}\`.`,
      defaultExport: `The platform finds the handler by its name and not by an export. Declare it as \`async function ${PLATFORM_HANDLER}(input)\`.`,
      possibleMissing: `The platform calls the function \`${PLATFORM_HANDLER}\`, and this file has none. Give the handler this name.`,
      secondParameter:
        "The V2 runtime calls the handler with the input only, so this is undefined. Return the result, and throw errors.",
      returnedError: "The platform treats this error as a result, and the invocation as a success. Throw it.",
      lostFailure:
        "The failure ends here, and the caller gets an empty success. Throw the error, or return a result that tells of the failure.",
      throw: "Throw it.",
      rename: `Name it \`${PLATFORM_HANDLER}\`.`,
    },
    hasSuggestions: true,
    ...checkPossibleOption("Whether to report files in which nothing looks like a handler."),
  },
  *check({ model, settings }, { checkPossible }) {
    for (const problem of settings.runtime === "v1" ? [] : findHandlerProblems(model)) {
      if (problem.kind !== "missing" || checkPossible) {
        yield { range: placeOf(problem), ...messageFor(model, problem) };
      }
    }
  },
});

/** Of a long part of the text, the beginning. */
function placeOf(problem: HandlerProblem): Range {
  const [start, end] = rangeOf(problem.node);
  switch (problem.kind) {
    case "lost-failure":
      return [start, start + "catch".length];
    case "default-export":
      return [start, start + "export default".length];
    default:
      return [start, end];
  }
}

function messageFor(model: Model, problem: HandlerProblem) {
  switch (problem.kind) {
    case "misnamed": {
      const edits = new EditList();
      edits.replace(rangeOf(problem.node), PLATFORM_HANDLER);
      const suggest = model.isNameTaken(PLATFORM_HANDLER) ? [] : [{ messageId: "rename", edits } as const];
      return { messageId: "misnamed", data: { name: problem.node.name }, suggest } as const;
    }
    case "default-export":
      return { messageId: "defaultExport" } as const;
    case "missing":
      return { messageId: "possibleMissing" } as const;
    case "second-parameter":
      return { messageId: "secondParameter" } as const;
    case "returned-error":
      return { messageId: "returnedError", suggest: throwing(problem.statement) } as const;
    case "lost-failure":
      return { messageId: "lostFailure" } as const;
  }
}

function throwing(statement: Extract<HandlerProblem, { kind: "returned-error" }>["statement"]) {
  if (statement === undefined) {
    return [];
  }
  const [start] = rangeOf(statement);
  const edits = new EditList();
  edits.replace([start, start + "return".length], "throw");
  return [{ messageId: "throw", edits } as const];
}
