import { rangeOf } from "../src/analysis/code/tree.ts";
import { findSharedWrites } from "../src/analysis/runtime/shared-state.ts";
import { createRule } from "../src/lint/create-rule.ts";

interface Options {
  readonly checkPossible: boolean;
}

const messageIds = { grows: "grows", stale: "stale", earlier: "earlier", other: "possible" } as const;

export default createRule<"grows" | "stale" | "earlier" | "possible", Options>({
  id: "no-shared-state",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow data of a request in variables that all requests share",
      configs: { recommended: "error", legacy: "error", strict: ["error", { checkPossible: true }] },
    },
    messages: {
      grows:
        "`{{name}}` outlives the invocation: it keeps what this request adds, and later requests find it there. Declare it in the function.",
      stale:
        "`{{name}}` outlives the invocation: a request that doesn't get here reads what another one has left. Declare it in the function.",
      earlier:
        "`{{name}}` outlives the invocation, and is read before this writes it: a request reads what another one has left. Declare it in the function.",
      possible:
        "`{{name}}` is shared by all requests of an instance, and this writes data of one of them into it. Declare it in the function, or hand it on as a parameter.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          checkPossible: {
            type: "boolean",
            description: "Whether to report data that perhaps no other request can see.",
          },
        },
      },
    ],
    defaultOptions: [{ checkPossible: false }],
  },
  *check({ model }, { checkPossible }) {
    for (const { node, name, kind } of findSharedWrites(model)) {
      if (checkPossible || kind !== "other") {
        yield { range: rangeOf(node), messageId: messageIds[kind], data: { name } };
      }
    }
  },
});
