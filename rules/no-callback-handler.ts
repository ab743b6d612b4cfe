import { rangeOf } from "../src/analysis/code/tree.ts";
import type { Node } from "../src/analysis/code/tree.ts";
import { createRule } from "../src/lint/create-rule.ts";
import { isMigrationDue } from "../src/lint/function-file.ts";

export default createRule({
  id: "no-callback-handler",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow handlers that take a callback",
      configs: { recommended: "error" },
      transform: "callback-to-async",
    },
    messages: {
      callback:
        "The V2 runtime calls `{{handler}}` with the input alone and hands it no {{callback}}. Return the result from an async function, and throw errors.",
    },
  },
  *check(file) {
    const { handler } = file;
    const second = handler?.node.params[1];
    if (handler !== undefined && second !== undefined && isMigrationDue(file)) {
      yield {
        range: rangeOf(second),
        messageId: "callback",
        data: { handler: handler.name.name, callback: nameOf(second) },
      };
    }
  },
});

function nameOf(parameter: Node): string {
  const target = parameter.type === "AssignmentPattern" ? parameter.left : parameter;
  return target.type === "Identifier" ? `\`${target.name}\`` : "second parameter";
}
