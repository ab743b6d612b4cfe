import { rangeOf } from "../src/analysis/code/tree.ts";
import type { Range } from "../src/analysis/code/tree.ts";
import { findUnhandledErrors } from "../src/analysis/errors/unhandled.ts";
import type { UnhandledError } from "../src/analysis/errors/silent-chains.ts";
import { findUnansweredErrors } from "../src/analysis/contract/unanswered-errors.ts";
import { EditList } from "../src/edits/text/edit-list.ts";
import { checkPossibleOption } from "../src/lint/check-possible.ts";
import type { PossibleOptions } from "../src/lint/check-possible.ts";
import { createRule } from "../src/lint/create-rule.ts";

const MESSAGES = {
  floating: "floating",
  each: "each",
  truthy: "truthy",
  later: "later",
  returned: "returned",
  unsettled: "unsettled",
  chain: "chain",
  silent: "silent",
  unguarded: "unguarded",
  parameter: "parameter",
  dropped: "dropped",
  swallowed: "possibleSwallowed",
  answered: "possibleAnswered",
  uncaught: "possibleUncaught",
} as const satisfies Record<UnhandledError["kind"], string>;

export default createRule<(typeof MESSAGES)[UnhandledError["kind"]] | "await", PossibleOptions>({
  id: "require-error-handling",
  meta: {
    type: "problem",
    docs: {
      description: "Require that errors of promises and callbacks reach someone",
      configs: { recommended: "error", strict: ["error", { checkPossible: true }], legacy: "error" },
    },
    messages: {
      floating:
        "Nothing waits for `{{name}}` here, and nothing handles its errors: nobody notices when it fails. Await it, or end it with a `.catch`.",
      each: "`{{name}}` does not wait for promises: the function continues before this is done, and nobody notices when it fails. Use `for … of` with `await`, or `await Promise.all(….map(…))`.",
      chain:
        "An error of `{{name}}` never reaches the callback, and V1 ignores the promise that is returned. End the chain with a `.catch` that calls back.",
      truthy:
        "`{{name}}` does not wait for this function, and a promise is always true: the test never says no, and errors are lost. Wait with `Promise.all` first.",
      later: "`{{name}}` does not wait for promises: nobody notices when this function fails. Put a `try` into it.",
      returned:
        "The `catch` around this never sees an error of `{{name}}`: the promise is returned before it fails. Write `return await`.",
      unsettled:
        "When `{{name}}` fails, this handles the error, but the promise never settles: code that awaits it waits until the time limit. Reject here.",
      silent:
        "When `{{name}}` fails, this handles the error, but nothing calls back: V1 then waits until its time limit. Call back with the error here.",
      unguarded:
        "Nothing in `{{handler}}` catches errors, for example those of `{{name}}`. Wrap the body in a `try` whose `catch` calls back with the error.",
      parameter: "Nothing checks `{{name}}`: the code treats a failure as a result. Handle it first.",
      dropped:
        "When `{{name}}` fails, this `catch` drops the error. Log it, throw it again, or write in a comment why it does not matter.",
      possibleAnswered:
        "When `{{name}}` fails, this only logs the error, and the function answers as if it had worked. Throw the error again, or return another answer.",
      possibleSwallowed:
        "This `catch` drops the error. Log it, throw it again, or write in a comment why it does not matter.",
      possibleUncaught:
        "Nothing in `{{handler}}` catches errors, for example those of `{{name}}`, so the log does not say what failed. Wrap the body in a `try` whose `catch` logs the error and throws it again.",
      await: "Await it.",
    },
    hasSuggestions: true,
    ...checkPossibleOption(
      "Whether to report all empty `catch` blocks, answers behind a `catch` that only logs, and handlers without any `try`.",
    ),
  },
  *check({ model, handler }, { checkPossible }) {
    const unanswered = findUnansweredErrors(model);
    // A `catch` that does not call back is told of as such, whatever else it does not do.
    const told = new Set(unanswered.map(({ at }) => rangeOf(at)[0]));
    const others = findUnhandledErrors(model, handler).filter(
      ({ kind, at }) => kind !== "dropped" || !told.has(rangeOf(at)[0]),
    );
    for (const found of [...others, ...unanswered]) {
      const messageId = MESSAGES[found.kind];
      if (checkPossible || !messageId.startsWith("possible")) {
        const edits = new EditList();
        if (found.awaitable !== undefined) {
          edits.insert(rangeOf(found.awaitable)[0], "await ");
        }
        yield {
          range: placeOf(found),
          messageId,
          data: dataOf(found, handler?.name ?? ""),
          suggest: edits.isEmpty ? [] : [{ messageId: "await", edits }],
        };
      }
    }
  },
});

function placeOf({ at }: UnhandledError): Range {
  const [start, end] = rangeOf(at);
  return at.type === "CatchClause" ? [start, start + "catch".length] : [start, end];
}

function dataOf({ kind, name }: UnhandledError, handler: string): Readonly<Record<string, string>> {
  return kind === "swallowed" ? {} : kind === "uncaught" || kind === "unguarded" ? { name, handler } : { name };
}
