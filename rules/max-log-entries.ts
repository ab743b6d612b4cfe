import { rangeOf } from "../src/analysis/code/tree.ts";
import { loggedInLoops, longestLog } from "../src/analysis/runtime/log-entries.ts";
import { createRule } from "../src/lint/create-rule.ts";
import { maxLogEntries } from "../src/platform/console.ts";

interface Options {
  readonly max: number;
  readonly checkPossible: boolean;
}

export default createRule<"tooMany" | "possible", Options>({
  id: "max-log-entries",
  meta: {
    type: "problem",
    docs: {
      description: "Enforce that an invocation logs no more entries than the platform keeps",
      configs: { recommended: "error", legacy: "error", strict: ["error", { checkPossible: true }] },
    },
    messages: {
      tooMany:
        "An invocation can log {{count}} entries or more on this path, and the platform keeps {{max}}. This is entry {{next}}: put several entries into one.",
      possible:
        "This logs an entry in every round of a loop, and the platform keeps {{max}} per invocation. Collect the data, and log it once after the loop.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          max: { type: "integer", minimum: 1, description: "How many entries an invocation may log." },
          checkPossible: {
            type: "boolean",
            description: "Whether to report entries in loops whose number of rounds is not known.",
          },
        },
      },
    ],
    defaultOptions: [{ max: maxLogEntries, checkPossible: false }],
  },
  *check({ model }, { max, checkPossible }) {
    const entries = longestLog(model);
    const first = entries[max];
    if (first !== undefined) {
      const data = { count: String(entries.length), max: String(max), next: String(max + 1) };
      yield { range: rangeOf(first), messageId: "tooMany", data };
    }
    for (const call of checkPossible ? loggedInLoops(model, max) : []) {
      yield { range: rangeOf(call), messageId: "possible", data: { max: String(max) } };
    }
  },
});
