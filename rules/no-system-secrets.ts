import { rangeOf } from "../src/analysis/code/tree.ts";
import { clientCallsOf } from "../src/analysis/toolbelt/client-calls.ts";
import { readObjectShape } from "../src/analysis/values/object-shape.ts";
import { textsOf } from "../src/analysis/values/texts.ts";
import { createRule } from "../src/lint/create-rule.ts";
import type { FunctionFile } from "../src/lint/function-file.ts";
import type { Node } from "../src/analysis/code/tree.ts";
import { systemSecretPrefixes } from "../src/platform/system-secrets.ts";

export default createRule({
  id: "no-system-secrets",
  meta: {
    type: "problem",
    docs: {
      description: "Disallow the use of secrets that belong to the platform",
      configs: { recommended: "error", legacy: "error" },
    },
    messages: {
      read: "The secret `{{name}}` belongs to the platform, which may change it at any time. Create a secret of your own and read that.",
      write: "The secret `{{name}}` belongs to the platform and can't be written. Create a secret of your own.",
    },
  },
  *check(file) {
    for (const { node, name, isWrite } of namedSecrets(file)) {
      if (systemSecretPrefixes.some((prefix) => name.startsWith(prefix))) {
        yield { range: rangeOf(node), messageId: isWrite ? "write" : "read", data: { name } };
      }
    }
  },
});

interface NamedSecret {
  readonly node: Node;
  readonly name: string;
  readonly isWrite: boolean;
}

/** The secrets that the file reads or writes through a SecretClient, where their names can be told. */
function namedSecrets({ model }: FunctionFile): NamedSecret[] {
  return clientCallsOf(model).flatMap(({ factory, method, given: [argument] }) => {
    const isWrite = method === "updateSecret" || method === "writeSecret";
    if (factory !== "SecretClient" || argument === undefined || !(isWrite || method === "readSecret")) {
      return [];
    }
    const nodes = isWrite ? (readObjectShape(model, argument).values.get("key") ?? []) : [argument];
    return nodes.flatMap((node) =>
      textsOf(model, node).flatMap((name) => (name === undefined ? [] : { node, name, isWrite })),
    );
  });
}
