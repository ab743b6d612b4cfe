import { rangeOf } from "../src/analysis/ast.ts";
import type { Model } from "../src/analysis/model.ts";
import { findSecretLoops } from "../src/analysis/secret-loops.ts";
import { findSecretRuns } from "../src/analysis/secret-runs.ts";
import type { Apart, SecretRun } from "../src/analysis/secret-runs.ts";
import { EditList } from "../src/edits/edit-list.ts";
import { canMoveComments, writeLoop, writeRun } from "../src/edits/secret-edits.ts";
import { createRule } from "../src/lint/create-rule.ts";
import type { Problem } from "../src/lint/create-rule.ts";

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
    const { runs, apart } = findSecretRuns(model, (last, between, read) => canMoveComments(model, last, between, read));
    yield* runs.map((run) => runProblem(model, run));
    for (const found of findSecretLoops(model)) {
      const edits = new EditList();
      writeLoop(model, edits, found);
      yield { range: rangeOf(found.read.call), messageId: "loop", suggest: [{ messageId: "join", edits }] };
    }
    for (const { id, read, before, why } of checkPossible ? apart : []) {
      if (INDEPENDENT.has(id)) {
        const line = String(lineOf(model, before.call));
        yield { range: rangeOf(read.call), messageId: "possible", data: { line, why } };
      }
    }
  },
});

function runProblem(model: Model, run: SecretRun): Problem<MessageId> {
  const edits = new EditList();
  writeRun(model, edits, run);
  const { reads } = run;
  const lines = reads.map(({ call }) => String(lineOf(model, call))).join(", ");
  return {
    // The first that waits for nothing but its turn.
    range: rangeOf(reads[1].call),
    messageId: "run",
    data: { count: String(reads.length), lines },
    suggest: [{ messageId: "join", edits }],
  };
}

function lineOf(model: Model, call: SecretRun["reads"][0]["call"]): number {
  return model.placeOf(rangeOf(call)[0]).line;
}
