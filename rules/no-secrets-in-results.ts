import { rangeOf } from "../src/analysis/code/tree.ts";
import { readCallsOf } from "../src/analysis/secrets/reads.ts";
import { describeRead, findShown } from "../src/analysis/secrets/shown-secrets.ts";
import { createRule } from "../src/lint/create-rule.ts";

export default createRule({
  id: "no-secrets-in-results",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow secrets in what a function gives to its caller",
      configs: { recommended: "error", legacy: "error" },
    },
    messages: {
      secret:
        "This gives the secret {{which}} to the caller of the function, and to logs on the way. Return a result without the secret.",
    },
  },
  *check({ model }) {
    for (const { node, flow, method } of readCallsOf(model).length > 0 ? findShown(model) : []) {
      if (method === undefined && flow.read !== undefined) {
        yield { range: rangeOf(node), messageId: "secret", data: { which: describeRead(model, flow.read) } };
      }
    }
  },
});
