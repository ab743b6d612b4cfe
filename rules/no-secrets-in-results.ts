import type { Model } from "../src/analysis/code/model.ts";
import { rangeOf } from "../src/analysis/code/tree.ts";
import { findSecretResults } from "../src/analysis/secrets/secret-results.ts";
import type { SecretResult } from "../src/analysis/secrets/secret-results.ts";
import { stringOf } from "../src/analysis/values/constants.ts";
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
        "This gives the secret {{which}} to whoever calls the function, and into logs on the way. Return what was done with it.",
    },
  },
  *check({ model, handler }) {
    for (const { node, read } of handler === undefined ? [] : findSecretResults(model, handler)) {
      yield { range: rangeOf(node), messageId: "secret", data: { which: describe(model, read) } };
    }
  },
});

/** The name of a secret where it is written out, and where it is read. */
function describe(model: Model, read: SecretResult["read"]): string {
  const [argument] = read.arguments;
  const name = argument === undefined ? undefined : stringOf(model, argument);
  const line = String(model.placeOf(rangeOf(read)[0]).line);
  return name === undefined ? `that line ${line} reads` : `\`${name}\` that line ${line} reads`;
}
