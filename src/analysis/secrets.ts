import type * as ESTree from "estree";
import { staticName } from "./ast.ts";
import type { Node } from "./ast.ts";
import type { Model } from "./model.ts";
import { readsOf } from "./modules.ts";
import { toolbeltUseOf } from "./toolbelt.ts";

/** One call of a SecretClient's `readSecret`. */
export interface SecretRead {
  readonly call: ESTree.SimpleCallExpression;
  /** The `const … = await client.readSecret(…)` around it, when the read makes up its whole initialiser. */
  readonly declarator: ESTree.VariableDeclarator | undefined;
}

function methodCall(model: Model, client: Node): { call: ESTree.SimpleCallExpression; method: string } | undefined {
  const member = model.parentOf(client);
  const call = member === null ? null : model.parentOf(member);
  if (member?.type !== "MemberExpression" || member.object !== client || call?.type !== "CallExpression" || call.callee !== member) {
    return undefined;
  }
  const method = staticName(member);
  return method === undefined ? undefined : { call, method };
}

/** All secret reads of a file whose client can be followed, in source order. */
export function findSecretReads(model: Model): SecretRead[] {
  const reads: SecretRead[] = [];
  for (const client of toolbeltUseOf(model).clients) {
    if (client.factory !== "SecretClient") {
      continue;
    }
    for (const use of client.variable === undefined ? [client.call] : readsOf(client.variable)) {
      const found = methodCall(model, use);
      if (found?.method === "readSecret") {
        const awaited = model.parentOf(found.call);
        const declarator = awaited?.type === "AwaitExpression" ? model.parentOf(awaited) : null;
        reads.push({ call: found.call, declarator: declarator?.type === "VariableDeclarator" ? declarator : undefined });
      }
    }
  }
  return reads.toSorted((a, b) => (a.call.range?.[0] ?? 0) - (b.call.range?.[0] ?? 0));
}

/** The place where an object that came out of a secret read is changed, if there is one. */
export function findSecretMutation(model: Model, { declarator }: SecretRead): Node | undefined {
  const variable = declarator?.id.type === "Identifier" ? model.variableOf(declarator.id) : undefined;
  for (const read of variable === undefined ? [] : readsOf(variable)) {
    let target: Node = read;
    let parent = model.parentOf(target);
    while (parent?.type === "MemberExpression" && parent.object === target) {
      target = parent;
      parent = model.parentOf(target);
    }
    const isChanged =
      target !== read &&
      ((parent?.type === "AssignmentExpression" && parent.left === target) ||
        parent?.type === "UpdateExpression" ||
        (parent?.type === "UnaryExpression" && parent.operator === "delete"));
    if (isChanged) {
      return target;
    }
  }
  return undefined;
}
