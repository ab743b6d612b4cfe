import { PLATFORM_HANDLER } from "../src/analysis/code/model.ts";
import type { Model } from "../src/analysis/code/model.ts";
import { argumentReads } from "../src/analysis/code/own-arguments.ts";
import { rangeOf } from "../src/analysis/code/tree.ts";
import type { FunctionNode, Node } from "../src/analysis/code/tree.ts";
import { createRule } from "../src/lint/create-rule.ts";
import { isMigrationDue } from "../src/lint/function-file.ts";

export default createRule({
  id: "no-callback-handler",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow handlers that take a callback",
      configs: { strict: "error" },
      transform: "callback-to-async",
    },
    messages: {
      callback:
        "The V2 runtime calls `{{handler}}` with the input only, without a {{callback}}. Return the result from an async function, and throw errors.",
    },
  },
  *check(file) {
    const { model, handler, hidden } = file;
    const functions = handler === undefined ? (hidden?.functions ?? []) : [handler.node];
    if (!isMigrationDue(file) || (handler === undefined && file.runtime !== "v1")) {
      return;
    }
    for (const { second, name } of functions.flatMap((node) => callbackOf(model, node) ?? [])) {
      yield {
        range: rangeOf(second),
        messageId: "callback",
        data: {
          handler: handler?.name ?? PLATFORM_HANDLER,
          callback: name === undefined ? "second parameter" : `\`${name}\``,
        },
      };
    }
  },
});

/** What takes the second argument of a function: a parameter, or `arguments[1]`. */
function callbackOf(
  model: Model,
  node: FunctionNode,
): { readonly second: Node; readonly name: string | undefined } | undefined {
  const [, parameter] = node.params;
  if (parameter === undefined) {
    const [read] = argumentReads(model, node, 1);
    return read === undefined ? undefined : { second: read, name: "callback" };
  }
  const target = parameter.type === "AssignmentPattern" ? parameter.left : parameter;
  return { second: parameter, name: target.type === "Identifier" ? target.name : undefined };
}
