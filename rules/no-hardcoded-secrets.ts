import { findHardcodedSecrets } from "../src/analysis/secrets/hardcoded.ts";
import { checkPossibleOption } from "../src/lint/check-possible.ts";
import type { PossibleOptions } from "../src/lint/check-possible.ts";
import { createRule } from "../src/lint/create-rule.ts";

export default createRule<"certain" | "possible", PossibleOptions>({
  id: "no-hardcoded-secrets",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow secrets that are written out in the code",
      configs: { recommended: "error", legacy: "error", strict: ["error", { checkPossible: true }] },
    },
    messages: {
      certain:
        "This looks like {{what}}: {{masked}}. Everyone who reads the code has it: move it to the secret storage, and replace it where it was issued.",
      possible: "This looks like {{what}}: {{masked}}. If it is one, move it to the secret storage.",
    },
    ...checkPossibleOption("Whether to report what may be a password."),
  },
  *check({ model }, { checkPossible }) {
    for (const { confidence, what, masked, range } of findHardcodedSecrets(model, checkPossible)) {
      if (checkPossible || confidence === "certain") {
        yield { range, messageId: confidence, data: { what, masked } };
      }
    }
  },
});
