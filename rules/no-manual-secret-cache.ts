import { rangeOf } from "../src/analysis/code/tree.ts";
import { findKeptSecrets } from "../src/analysis/secrets/kept-secrets.ts";
import { createRule } from "../src/lint/create-rule.ts";

export default createRule({
  id: "no-manual-secret-cache",
  meta: {
    type: "suggestion",
    docs: {
      description: "Disallow caches of secrets beside that of the SecretClient",
      configs: { strict: "error" },
    },
    messages: {
      cache:
        "This keeps the secret from line {{line}} for all invocations, and nothing renews it when it changes. V2's SecretClient keeps secrets for five minutes: read the secret where you need it.",
    },
  },
  *check({ model, runtime }) {
    for (const { node, read } of runtime === "v2" ? findKeptSecrets(model) : []) {
      const line = String(model.placeOf(rangeOf(read)[0]).line);
      yield { range: rangeOf(node), messageId: "cache", data: { line } };
    }
  },
});
