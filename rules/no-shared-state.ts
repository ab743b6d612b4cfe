import { rangeOf } from "../src/analysis/code/tree.ts";
import { findSharedWrites } from "../src/analysis/runtime/shared-state.ts";
import { checkPossibleOption } from "../src/lint/check-possible.ts";
import type { PossibleOptions } from "../src/lint/check-possible.ts";
import { createRule } from "../src/lint/create-rule.ts";

const messageIds = {
  grows: "grows",
  stale: "stale",
  earlier: "earlier",
  first: "first",
  meanwhile: "meanwhile",
  other: "possible",
} as const;

export default createRule<(typeof messageIds)[keyof typeof messageIds], PossibleOptions>({
  id: "no-shared-state",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow data of a request in variables that all requests share",
      configs: { recommended: "error", legacy: "error", strict: ["error", { checkPossible: true }] },
    },
    messages: {
      grows:
        "`{{name}}` outlives the invocation: it keeps what this request adds, and later requests see it. Declare it in the function.",
      stale:
        "`{{name}}` outlives the invocation: a request that doesn't get here reads the value of another request. Declare it in the function.",
      earlier:
        "`{{name}}` outlives the invocation, and is read before this write: a request reads the value of another request. Declare it in the function.",
      first:
        "`{{name}}` outlives the invocation: it keeps the value of the first request, and all later requests get that one. Declare it in the function.",
      meanwhile:
        "All requests of an instance share `{{name}}`, and V1 runs other requests before this one reads it again. Declare it in the function, or pass it as a parameter.",
      possible:
        "All requests of an instance share `{{name}}`, and this writes data of one request into it. Declare it in the function, or pass it as a parameter.",
    },
    ...checkPossibleOption("Whether to report data that perhaps no other request can see."),
  },
  *check({ model }, { checkPossible }) {
    for (const { node, name, kind } of findSharedWrites(model)) {
      if (checkPossible || kind !== "other") {
        yield { range: rangeOf(node), messageId: messageIds[kind], data: { name } };
      }
    }
  },
});
