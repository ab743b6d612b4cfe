import { rangeOf } from "../src/analysis/code/tree.ts";
import type { Node } from "../src/analysis/code/tree.ts";
import type { Model } from "../src/analysis/code/model.ts";
import type { SecretLoop } from "../src/analysis/secrets/loops.ts";
import { findSecretLoops } from "../src/analysis/secrets/loops.ts";
import { findSecretRuns } from "../src/analysis/secrets/runs.ts";
import type { SecretRun } from "../src/analysis/secrets/runs.ts";
import type { SecretOperation } from "../src/analysis/secrets/operations.ts";
import { findSecretWaits } from "../src/analysis/secrets/waits.ts";
import type { WaitingGroup } from "../src/analysis/secrets/waits-group.ts";
import { EditList } from "../src/edits/text/edit-list.ts";
import { writeLoop, writeRun } from "../src/edits/toolbelt/secret-edits.ts";
import { createRule } from "../src/lint/create-rule.ts";
import { areUntyped, isProvable } from "../src/lint/provable-fix.ts";
import type { FunctionFile } from "../src/lint/function-file.ts";
import type { Problem } from "../src/lint/create-rule.ts";

interface Options {
  readonly fix: boolean;
}

type MessageId = "run" | "loop" | "writes" | "join";

export default createRule<MessageId, Options>({
  id: "parallel-secrets",
  meta: {
    type: "suggestion",
    docs: {
      description: "Require independent secrets to be read at the same time",
      configs: { recommended: "error", legacy: "error" },
      transform: "parallel-secrets",
    },
    isFixable: true,
    hasSuggestions: true,
    messages: {
      run: "These {{count}} secrets don't need each other, but each read waits for the one before (lines {{lines}}). Read them with `Promise.all`.",
      loop: "Each read of this list of secrets waits for the one before. Read them with `Promise.all`.",
      writes:
        "These {{count}} secrets don't need each other, but each write waits for the one before (lines {{lines}}). Write them with `Promise.all`.",
      join: "Read them with `Promise.all`; when one fails, the others have already started.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          fix: {
            type: "boolean",
            description:
              "Whether `eslint --fix` changes the reads that the command would join by itself: where it is certain that the function does the same.",
          },
        },
      },
    ],
    defaultOptions: [{ fix: false }],
  },
  *check(file, { fix }) {
    const { model } = file;
    const wayOut = wayOutOf(file, fix);
    const { runs } = findSecretRuns(model);
    const loops = findSecretLoops(model);
    yield* runs.map((run) => runProblem(model, run, wayOut));
    yield* loops.map((found) => loopProblem(model, found, wayOut));
    const reported = new Set<Node>(
      [...runs.flatMap(({ reads }) => reads), ...loops.map(({ read }) => read)].map(({ call }) => call),
    );
    const { groups, rounds } = findSecretWaits(model);
    for (const group of groups) {
      const others = group.filter(({ call }) => !reported.has(call));
      const first = others.length === group.length ? others[1] : others[0];
      if (first !== undefined) {
        yield groupProblem(model, first, group);
      }
    }
    for (const { call } of rounds) {
      if (!reported.has(call)) {
        yield { range: rangeOf(call), messageId: "loop" };
      }
    }
  },
});

/** Operations that can't be joined as they are written: nothing is suggested. */
function groupProblem(model: Model, { call, kind }: SecretOperation, group: WaitingGroup): Problem<MessageId> {
  const lines = [...new Set(group.map((each) => String(lineOf(model, each.call))))].join(", ");
  return {
    range: rangeOf(call),
    messageId: kind === "read" ? "run" : "writes",
    data: { count: String(group.length), lines },
  };
}

function runProblem(model: Model, run: SecretRun, wayOut: WayOut): Problem<MessageId> {
  const { reads } = run;
  const lines = reads.map(({ call }) => String(lineOf(model, call))).join(", ");
  return {
    // The first that waits for nothing but its turn.
    range: rangeOf(reads[1].call),
    messageId: "run",
    data: { count: String(reads.length), lines },
    ...wayOut(
      reads.map(({ statement }) => statement),
      (edits) => {
        writeRun(model, edits, run);
      },
    ),
  };
}

function loopProblem(model: Model, found: SecretLoop, wayOut: WayOut): Problem<MessageId> {
  return {
    range: rangeOf(found.read.call),
    messageId: "loop",
    ...wayOut([found.declaration, found.loop], (edits) => {
      writeLoop(model, edits, found);
    }),
  };
}

/** What an editor offers, or `eslint --fix` does, in the place of some statements: nothing where these hold types. */
type WayOut = (
  statements: readonly Node[],
  write: (edits: EditList) => void,
) => Pick<Problem<MessageId>, "fix" | "suggest">;

function wayOutOf(file: FunctionFile, isFixed: boolean): WayOut {
  return (statements, write) => {
    if (!areUntyped(file, statements)) return {};
    const edits = new EditList();
    write(edits);
    return isFixed && isProvable(file, edits) ? { fix: edits } : { suggest: [{ messageId: "join", edits }] };
  };
}

function lineOf(model: Model, call: SecretRun["reads"][0]["call"]): number {
  return model.placeOf(rangeOf(call)[0]).line;
}
