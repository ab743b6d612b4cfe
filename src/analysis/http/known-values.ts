import { renamedVariables } from "../../platform/environment.ts";
import type { Model } from "../code/model.ts";
import { globalPath } from "../code/names.ts";
import { perModel } from "../code/per-model.ts";
import type { Node } from "../code/tree.ts";
import { isVariableKept } from "../runtime/environment.ts";
import { knownSecrets } from "../toolbelt/known-secrets.ts";
import { isDefined as isDefinedFor, isString as isStringFor, isText as isTextFor } from "../values/constants.ts";
import { memberStep } from "../values/trace-path.ts";
import type { Knowledge } from "../values/values-of-types.ts";

/**
 * What is always there, and a text: the value of a secret, and the environment variables that the V1 platform sets,
 * as long as the file leaves them alone.
 */
const knownTexts = perModel((model): Knowledge<"secret" | "variable"> => {
  const secrets = knownSecrets(model);
  const kept = [...renamedVariables.keys()].filter((name) => isVariableKept(model, name));
  const paths = new Set(kept.map((name) => [memberStep("env"), memberStep(name)].join()));
  return (made, at) => (paths.has(at.join()) && globalPath(model, made) === "process" ? "variable" : secrets(made, at));
});

/** True when the expression surely gives something else than `undefined`; the value of a secret is always there. */
export function isDefined(model: Model, node: Node): boolean {
  return isDefinedFor(model, node, knownTexts(model));
}

/** True when the expression surely gives a string, also by the JSON of a secret. */
export function isString(model: Model, node: Node): boolean {
  return isStringFor(model, node, knownSecrets(model));
}

/** True when the expression gives a string, or `undefined` as `JSON.stringify(undefined)` does. */
export function isText(model: Model, node: Node): boolean {
  return isTextFor(model, node, knownSecrets(model));
}
