import type { Model } from "../code/model.ts";
import type { Node } from "../code/tree.ts";
import { knownSecrets } from "../toolbelt/known-secrets.ts";
import { isDefined as isDefinedFor, isString as isStringFor, isText as isTextFor } from "../values/constants.ts";

/** True when the expression surely gives something else than `undefined`; the value of a secret is always there. */
export function isDefined(model: Model, node: Node): boolean {
  return isDefinedFor(model, node, knownSecrets(model));
}

/** True when the expression surely gives a string, also by the JSON of a secret. */
export function isString(model: Model, node: Node): boolean {
  return isStringFor(model, node, knownSecrets(model));
}

/** True when the expression gives a string, or `undefined` as `JSON.stringify(undefined)` does. */
export function isText(model: Model, node: Node): boolean {
  return isTextFor(model, node, knownSecrets(model));
}
