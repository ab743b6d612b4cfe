import { rangeOf } from "../src/analysis/code/tree.ts";
import { readCallsOf } from "../src/analysis/secrets/reads.ts";
import { describeRead, findShown } from "../src/analysis/secrets/shown-secrets.ts";
import { checkPossibleOption } from "../src/lint/check-possible.ts";
import type { PossibleOptions } from "../src/lint/check-possible.ts";
import { createRule } from "../src/lint/create-rule.ts";

export default createRule<"secret" | "possibleInput", PossibleOptions>({
  id: "no-secrets-in-logs",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow secrets in what a function logs",
      configs: { recommended: "error", legacy: "error", strict: ["error", { checkPossible: true }] },
    },
    messages: {
      secret: "This logs the secret {{which}}, and other people read logs. Log what happened, without the secret.",
      possibleInput:
        "This logs {{what}}, with the credentials and personal data in it. Log only the fields that you need.",
    },
    ...checkPossibleOption("Whether to report logs of the whole input or of its headers."),
  },
  *check({ model }, { checkPossible }) {
    const isAnyWanted = checkPossible || readCallsOf(model).length > 0;
    for (const { node, flow, isItself, method } of isAnyWanted ? findShown(model) : []) {
      const range = rangeOf(node);
      if (method !== undefined && flow.read !== undefined) {
        yield { range, messageId: "secret", data: { which: describeRead(model, flow.read) } };
      } else if (method !== undefined && method !== "debug" && checkPossible) {
        const what = flow.shape === "input" && isItself ? "the whole input" : "the input or its headers";
        yield { range, messageId: "possibleInput", data: { what } };
      }
    }
  },
});
