import { rangeOf, staticName } from "../src/analysis/code/tree.ts";
import { followedClients, methodCallOf } from "../src/analysis/toolbelt/client-trail.ts";
import { textsOf } from "../src/analysis/values/texts.ts";
import { createRule } from "../src/lint/create-rule.ts";
import type { FunctionFile } from "../src/lint/function-file.ts";
import type { Node } from "../src/analysis/code/tree.ts";
import { systemSecretPrefixes } from "../src/platform/system-secrets.ts";
import { legacyToolbelt, modernToolbelt } from "../src/platform/toolbelt.ts";

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
  const { uses } = followedClients(model, "SecretClient", [legacyToolbelt, modernToolbelt]);
  return uses.flatMap((use) => {
    const found = methodCallOf(model, use);
    const [argument] = found?.call.arguments ?? [];
    const isWrite = found?.method === "updateSecret" || found?.method === "writeSecret";
    if (argument === undefined || !(isWrite || found?.method === "readSecret")) {
      return [];
    }
    const node = isWrite ? keyOf(argument) : argument;
    const names = node === undefined ? [] : textsOf(model, node);
    return node === undefined ? [] : names.flatMap((name) => (name === undefined ? [] : { node, name, isWrite }));
  });
}

/** The value of `key` in the entry that is written. */
function keyOf(entry: Node): Node | undefined {
  const properties = entry.type === "ObjectExpression" ? entry.properties : [];
  const key = properties.find(
    (property) => property.type === "Property" && !property.computed && staticName(property) === "key",
  );
  return key?.type === "Property" ? key.value : undefined;
}
