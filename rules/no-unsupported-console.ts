import { rangeOf } from "../src/analysis/code/tree.ts";
import { findMissingMethods } from "../src/analysis/runtime/console-calls.ts";
import { createRule } from "../src/lint/create-rule.ts";
import { consoleMethods } from "../src/platform/console.ts";

const known = [...consoleMethods].map((method) => `\`${method}\``).join(", ");

export default createRule({
  id: "no-unsupported-console",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow console methods that the platform does not have",
      configs: { recommended: "error", legacy: "error" },
    },
    messages: {
      unsupported: `The platform's console has no \`{{method}}\`: the function crashes here. Use one of ${known}.`,
      handed: `The platform's console has no \`{{method}}\`, so this passes on \`undefined\`. Use one of ${known}.`,
    },
  },
  *check({ model }) {
    for (const { method, node, isCall } of findMissingMethods(model)) {
      yield { range: rangeOf(node), messageId: isCall ? "unsupported" : "handed", data: { method } };
    }
  },
});
