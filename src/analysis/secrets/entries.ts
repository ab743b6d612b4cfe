import { clientMethods } from "../../platform/modern-members.ts";
import type { Model } from "../code/model.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";

/** The name of the method that a call calls. */
export function methodOf(call: Node | null): string | undefined {
  const callee = call?.type === "CallExpression" ? call.callee : undefined;
  return callee?.type === "MemberExpression" ? staticName(callee) : undefined;
}

/** True for a call that reads or writes a secret, whatever object it is a method of. */
export function isSecretCall(call: Node | null): boolean {
  return clientMethods.get("SecretClient")?.has(methodOf(call) ?? "") === true;
}

/** True for a property of an entry that is written to the secret storage: `updateSecret({ key, value })`. */
export function isWrittenEntry(model: Model, property: Node): boolean {
  const entry = model.parentOf(property);
  return entry !== null && isSecretCall(model.parentOf(entry));
}
