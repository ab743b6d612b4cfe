import { rangeOf } from "../src/analysis/code/tree.ts";
import { findMutatedSecrets } from "../src/analysis/secrets/mutated-secrets.ts";
import { createRule } from "../src/lint/create-rule.ts";

export default createRule({
  id: "no-secret-mutation",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow changes of the objects that `readSecret` gives",
      configs: { recommended: "error" },
    },
    messages: {
      mutation:
        "This changes the object that line {{line}} reads. The SecretClient keeps that object, so the next invocation gets the change. Change a copy: `{ ...secret }` or `structuredClone(secret)`.",
    },
  },
  *check({ model, runtime }) {
    for (const { change, read } of runtime === "v2" ? findMutatedSecrets(model) : []) {
      const line = String(model.placeOf(rangeOf(read)[0]).line);
      yield { range: rangeOf(change), messageId: "mutation", data: { line } };
    }
  },
});
