import type * as ESTree from "estree";
import { legacyToolbelt, modernToolbelt } from "../../platform/toolbelt.ts";
import { rangeOf, staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { clientCallsOf } from "../toolbelt/client-calls.ts";
import { followedClients, methodCallOf } from "../toolbelt/client-trail.ts";
import type { MethodCall } from "../toolbelt/client-trail.ts";
import type { Model } from "../code/model.ts";
import { perModel } from "../code/per-model.ts";
import { findChange } from "./changes.ts";
import type { ClientCreation } from "../toolbelt/creations.ts";

/** One call of a SecretClient's `readSecret`. */
export interface SecretRead {
  readonly call: ESTree.SimpleCallExpression;
  /** The `const … = await client.readSecret(…)` around it, when the read makes up its whole initialiser. */
  readonly declarator: ESTree.VariableDeclarator | undefined;
}

/** One call of a SecretClient's `updateSecret`. */
export interface SecretUpdate {
  readonly call: ESTree.SimpleCallExpression;
}

/** How a file uses its SecretClients. */
export interface SecretUse {
  readonly clients: readonly ClientCreation[];
  readonly reads: readonly SecretRead[];
  readonly updates: readonly SecretUpdate[];
  /** True when a client goes where its calls can't be seen. */
  readonly isOpen: boolean;
}

/** All uses of the SecretClients of a file, of both platforms, in source order. */
export const secretUseOf = perModel((model): SecretUse => {
  const { clients, uses, escapes } = followedClients(model, "SecretClient", [legacyToolbelt, modernToolbelt]);
  const calls = uses.map((use) => methodCallOf(model, use));
  const ofMethod = (name: string): ESTree.SimpleCallExpression[] =>
    calls
      .filter((found): found is MethodCall => found?.method === name)
      .map(({ call }) => call)
      .toSorted((a, b) => rangeOf(a)[0] - rangeOf(b)[0]);
  return {
    clients,
    reads: ofMethod("readSecret").map((call) => ({ call, declarator: declaratorOf(model, call) })),
    updates: ofMethod("updateSecret").map((call) => ({ call })),
    isOpen: escapes.length > 0 || calls.includes(undefined),
  };
});

function declaratorOf(model: Model, call: Node): ESTree.VariableDeclarator | undefined {
  const awaited = model.parentOf(call);
  const declarator = awaited?.type === "AwaitExpression" ? model.parentOf(awaited) : null;
  return declarator?.type === "VariableDeclarator" ? declarator : undefined;
}

/** All secret reads of a file whose client can be followed, in source order. */
export function findSecretReads(model: Model): readonly SecretRead[] {
  return secretUseOf(model).reads;
}

/** Every call that reads a secret, also by way of fields, destructured and bound methods, and what else may hold a client. */
export const readCallsOf = perModel((model): readonly ESTree.SimpleCallExpression[] => {
  const calls = new Set(findSecretReads(model).map(({ call }) => call));
  for (const { factory, method, call } of clientCallsOf(model)) {
    if (factory === "SecretClient" && method === "readSecret") {
      calls.add(call);
    }
  }
  return [...calls];
});

/** True for `structuredClone(await client.readSecret(…))` and `client.readSecret(…).then(structuredClone)`. */
function isCopied(model: Model, { call }: SecretRead): boolean {
  const parent = model.parentOf(call);
  const user = parent === null ? null : model.parentOf(parent);
  const copier =
    parent?.type === "MemberExpression" && staticName(parent) === "then" && user?.type === "CallExpression"
      ? user.arguments[0]
      : user?.type === "CallExpression"
        ? user.callee
        : undefined;
  return copier !== undefined && model.isGlobal(copier, "structuredClone");
}

/** The place where an object that came out of a secret read is changed, if there is one and nobody copied it before. */
export function findSecretMutation(model: Model, read: SecretRead): Node | undefined {
  return isCopied(model, read) ? undefined : findChange(model, read.call);
}
