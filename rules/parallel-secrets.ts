import { rangeOf } from "../src/analysis/code/tree.ts";
import type { Model } from "../src/analysis/code/model.ts";
import type { SecretLoop } from "../src/analysis/secrets/loops.ts";
import { findSecretLoops } from "../src/analysis/secrets/loops.ts";
import { findSecretRuns } from "../src/analysis/secrets/runs.ts";
import type { Apart, SecretRun } from "../src/analysis/secrets/runs.ts";
import { EditList } from "../src/edits/text/edit-list.ts";
import { writeLoop, writeRun } from "../src/edits/toolbelt/secret-edits.ts";
import { createRule } from "../src/lint/create-rule.ts";
import type { Problem, Suggestion } from "../src/lint/create-rule.ts";

interface Options {
  readonly checkPossible: boolean;
}

type MessageId = "run" | "loop" | "possible" | "join";

/** Reads that don't need each other, though the transform can't join them as they are written. */
const INDEPENDENT: ReadonlySet<Apart["id"]> = new Set(["other-kind", "visible-on-failure"]);

export default createRule<MessageId, Options>({
  id: "parallel-secrets",
  meta: {
    type: "suggestion",
    docs: {
      description: "Require independent secrets to be read at the same time",
      configs: { recommended: "error", legacy: "error", strict: ["error", { checkPossible: true }] },
      transform: "parallel-secrets",
    },
    hasSuggestions: true,
    messages: {
      run: "These {{count}} secrets don't need each other, but each waits for the one before (lines {{lines}}). Read them with `Promise.all`.",
      loop: "Each secret of this list waits for the one before. Read them with `Promise.all`.",
      possible:
        "This secret doesn't need the one of line {{line}}, but waits for it. Read both with `Promise.all`; as it is written, {{why}}.",
      join: "Read them with `Promise.all`; when one fails, the others have been started already.",
    },
    schema: [
      {
        type: "object",
        properties: {
          checkPossible: {
            type: "boolean",
            description: "Report independent reads as well whose variables have to be declared otherwise first.",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ checkPossible: false }],
  },
  *check({ model }, { checkPossible }) {
    const { runs, apart } = findSecretRuns(model);
    yield* runs.map((run) => runProblem(model, run));
    yield* findSecretLoops(model).map((found) => loopProblem(model, found));
    for (const { id, read, before, why } of checkPossible ? apart : []) {
      if (INDEPENDENT.has(id)) {
        const line = String(lineOf(model, before.call));
        yield { range: rangeOf(read.call), messageId: "possible", data: { line, why } };
      }
    }
  },
});

function runProblem(model: Model, run: SecretRun): Problem<MessageId> {
  const { reads } = run;
  const lines = reads.map(({ call }) => String(lineOf(model, call))).join(", ");
  return {
    // The first that waits for nothing but its turn.
    range: rangeOf(reads[1].call),
    messageId: "run",
    data: { count: String(reads.length), lines },
    suggest: suggestion((edits) => {
      writeRun(model, edits, run);
    }),
  };
}

function loopProblem(model: Model, found: SecretLoop): Problem<MessageId> {
  return {
    range: rangeOf(found.read.call),
    messageId: "loop",
    suggest: suggestion((edits) => {
      writeLoop(model, edits, found);
    }),
  };
}

function suggestion(write: (edits: EditList) => void): Suggestion<MessageId>[] {
  const edits = new EditList();
  write(edits);
  return [{ messageId: "join", edits }];
}

function lineOf(model: Model, call: SecretRun["reads"][0]["call"]): number {
  return model.placeOf(rangeOf(call)[0]).line;
}
