import { rangeOf } from "../src/analysis/code/tree.ts";
import type { Node, Range } from "../src/analysis/code/tree.ts";
import { findCallbackProblems } from "../src/analysis/contract/final-callbacks.ts";
import type { MissingCall, SecondCall } from "../src/analysis/contract/callback-problems.ts";
import type { Model } from "../src/analysis/code/model.ts";
import { EditList } from "../src/edits/text/edit-list.ts";
import { checkPossibleOption } from "../src/lint/check-possible.ts";
import type { PossibleOptions } from "../src/lint/check-possible.ts";
import { createRule } from "../src/lint/create-rule.ts";
import type { Problem } from "../src/lint/create-rule.ts";

const ADVICE = "V1 then waits until its time limit. Call it on every path.";

type MessageId =
  | "twice"
  | "inRounds"
  | "possibleTwice"
  | "never"
  | "neverAfterError"
  | "neverAtReturn"
  | "neverAtEnd"
  | "possibleNever"
  | "late"
  | "possibleLate"
  | "return";

export default createRule<MessageId, PossibleOptions>({
  id: "single-final-callback",
  meta: {
    type: "problem",
    docs: {
      description: "Require one call of the callback on every path of a V1 function, as its last act",
      configs: { legacy: "error" },
    },
    messages: {
      twice:
        "`{{callback}}` is called again here: this call always follows that in line {{line}}, so the platform ignores it. Return after the call in line {{line}}.",
      inRounds:
        "`{{callback}}` is called in each round: the platform ignores all calls but the first, and without a round nothing calls back. Call it once, after the rounds.",
      possibleTwice:
        "`{{callback}}` may be called again here, after its call in line {{line}}; the platform ignores all calls but the first. Return after the call in line {{line}}, or make sure that only one of them runs.",
      never: `No path of the function calls \`{{callback}}\`: ${ADVICE}`,
      neverAfterError: `After the error that this catches, nothing calls \`{{callback}}\`: ${ADVICE}`,
      neverAtReturn: `The function returns here, and nothing has called \`{{callback}}\`: ${ADVICE}`,
      neverAtEnd: `The function can end here, and nothing has called \`{{callback}}\`: ${ADVICE}`,
      possibleNever: `The function may end without a call of \`{{callback}}\`: ${ADVICE}`,
      late: "This request is sent after `{{callback}}` was called in line {{line}}; from then on the platform ignores what the function does, and may stop it at any time. Call back last.",
      possibleLate:
        "This runs after `{{callback}}` was called in line {{line}}; from then on the platform may stop the function at any time. Call back last.",
      return: "Return after the call in line {{line}}.",
    },
    hasSuggestions: true,
    ...checkPossibleOption("Whether to report what happens only if certain conditions meet, and code behind the call."),
  },
  *check({ model }, { checkPossible }) {
    const { callback, problems } = findCallbackProblems(model) ?? { callback: "", problems: [] };
    for (const problem of problems) {
      if (problem.kind === "twice") {
        if (problem.isCertain || checkPossible) {
          yield secondCall(model, problem);
        }
      } else if (problem.kind === "never") {
        if (problem.isCertain || checkPossible) {
          yield { ...missingCall(problem), data: { callback } };
        }
      } else if (problem.isCertain || checkPossible) {
        yield {
          range: rangeOf(problem.at),
          messageId: problem.isCertain ? "late" : "possibleLate",
          data: { callback: nameOf(model, problem.first), line: lineOf(model, problem.first) },
        };
      }
    }
  },
});

function lineOf(model: Model, node: Node): string {
  return String(model.placeOf(rangeOf(node)[0]).line);
}

/** The name under which the function at hand knows the callback. */
function nameOf(model: Model, call: Node): string {
  return call.type === "CallExpression" ? model.textOf(call.callee) : model.textOf(call);
}

function secondCall(model: Model, { call, first, isCertain, returnable }: SecondCall): Problem<MessageId> {
  const line = lineOf(model, first);
  const edits = new EditList();
  if (returnable !== undefined) {
    edits.insert(rangeOf(returnable)[0], "return ");
  }
  return {
    range: rangeOf(call),
    messageId: !isCertain ? "possibleTwice" : first === call ? "inRounds" : "twice",
    data: { callback: nameOf(model, call), line },
    suggest: edits.isEmpty ? [] : [{ messageId: "return", data: { line }, edits }],
  };
}

function missingCall({ at, how, isCertain }: MissingCall): { readonly range: Range; readonly messageId: MessageId } {
  const [start, end] = rangeOf(at);
  switch (how) {
    case "handler":
      return { range: [start, end], messageId: "never" };
    case "return":
      return { range: [start, end], messageId: "neverAtReturn" };
    case "catch":
      return { range: [start, start + "catch".length], messageId: "neverAfterError" };
    case "chain":
      return { range: [start, end], messageId: "neverAfterError" };
    case "end":
      return { range: [end - 1, end], messageId: isCertain ? "neverAtEnd" : "possibleNever" };
  }
}
