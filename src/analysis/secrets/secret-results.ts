import type * as ESTree from "estree";
import { callOf } from "../code/called.ts";
import { readsOf } from "../code/bindings.ts";
import { returnsOf } from "../code/functions.ts";
import type { Handler } from "../code/handler.ts";
import type { Model } from "../code/model.ts";
import { isInside } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { findShownSecrets } from "./shown-secrets.ts";
import { SensitiveValues } from "./sensitive-values.ts";

/** A secret that a function gives to its caller. */
export interface SecretResult {
  readonly node: Node;
  /** The `readSecret` call that it comes from. */
  readonly read: ESTree.SimpleCallExpression;
}

/** Finds the secrets in what the handler returns or gives to the V1 callback. */
export function findSecretResults(model: Model, { node, callback }: Handler): SecretResult[] {
  const values = new SensitiveValues(model);
  const handed = (callback === undefined ? [] : readsOf(callback.variable)).flatMap((read) => {
    const given = callOf(model, read)?.arguments[1];
    return given === undefined || given.type === "SpreadElement" ? [] : [given];
  });
  // V1 ignores what a handler with a callback returns.
  const results = callback === undefined ? returnsOf(model, node) : handed;
  const found = results.flatMap((result) => {
    const read = values.of(result)?.read;
    return read === undefined ? [] : [{ node: result, read }];
  });
  const followed = findShownSecrets(model).filter(({ where }) => where === "result");
  return [...found, ...followed.filter((shown) => !found.some((other) => isInside(shown.node, other.node)))];
}
