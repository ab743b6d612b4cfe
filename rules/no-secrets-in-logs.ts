import { rangeOf } from "../src/analysis/code/tree.ts";
import { findConsoleCalls } from "../src/analysis/runtime/console-calls.ts";
import { stringOf } from "../src/analysis/values/constants.ts";
import type { Model } from "../src/analysis/code/model.ts";
import { SensitiveValues } from "../src/analysis/secrets/sensitive-values.ts";
import { findShownSecrets } from "../src/analysis/secrets/shown-secrets.ts";
import type { Sensitive } from "../src/analysis/secrets/sensitive-parts.ts";
import { createRule } from "../src/lint/create-rule.ts";
import { consoleMethods } from "../src/platform/console.ts";

interface Options {
  readonly checkPossible: boolean;
}

export default createRule<"secret" | "possibleInput", Options>({
  id: "no-secrets-in-logs",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow secrets in what a function logs",
      configs: { recommended: "error", legacy: "error", strict: ["error", { checkPossible: true }] },
    },
    messages: {
      secret:
        "This logs the secret {{which}}, and logs are kept and read by others. Log what happened, not what it was done with.",
      possibleInput:
        "This logs {{what}}, with the credentials and the personal data in it. Log the fields that you need.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          checkPossible: {
            type: "boolean",
            description: "Whether to report logs of the whole input or of its headers.",
          },
        },
      },
    ],
    defaultOptions: [{ checkPossible: false }],
  },
  *check({ model }, { checkPossible }) {
    const values = new SensitiveValues(model);
    const followed = new Map(findShownSecrets(model).map(({ node, read }) => [node, read]));
    for (const { call, method } of findConsoleCalls(model).filter((found) => consoleMethods.has(found.method))) {
      for (const argument of call.arguments) {
        const value = values.of(argument.type === "SpreadElement" ? argument.argument : argument);
        const shown = value?.isPromise === true ? undefined : value;
        const read = shown?.read ?? followed.get(argument);
        const range = rangeOf(argument);
        if (read !== undefined) {
          yield { range, messageId: "secret", data: { which: describe(model, read) } };
        } else if (shown !== undefined && checkPossible && method !== "debug") {
          const what = shown.shape === "input" ? "the whole input" : "the input or its headers";
          yield { range, messageId: "possibleInput", data: { what } };
        }
      }
    }
  },
});

/** The name of a secret where it is written out, and where it is read. */
function describe(model: Model, read: NonNullable<Sensitive["read"]>): string {
  const [argument] = read.arguments;
  const name = argument === undefined ? undefined : stringOf(model, argument);
  const line = String(model.placeOf(rangeOf(read)[0]).line);
  return name === undefined ? `that line ${line} reads` : `\`${name}\` that line ${line} reads`;
}
