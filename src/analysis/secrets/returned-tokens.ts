import { callOf } from "../code/called.ts";
import { rangeOf, staticName, walk } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { findHandler } from "../code/handler.ts";
import type { Model } from "../code/model.ts";
import { constantOf, readsOf } from "../code/bindings.ts";

/** A result of the function that is the whole answer of an authorization server. */
export interface ReturnedToken {
  readonly name: string;
  /** Where it is handed to the callback. */
  readonly node: Node;
}

/** True when the expression asks for a token: some object in it says which OAuth grant it uses. */
function asksForToken(node: Node): boolean {
  let found = false;
  walk(node, (current) => {
    found ||= current.type === "Property" && staticName(current) === "grant_type";
    return !found;
  });
  return found;
}

/** Finds access tokens that a V1 function gives to whoever invoked it, as some samples of the platform do. */
export function returnedTokens(model: Model): ReturnedToken[] {
  const callback = findHandler(model)?.callback?.variable;
  if (callback === undefined) {
    return [];
  }
  const results = readsOf(callback).flatMap((read) => {
    const value = callOf(model, read)?.arguments[1];
    return value?.type === "Identifier" ? [value] : [];
  });
  return results
    .filter((value) => {
      const definition = constantOf(model, value)?.defs[0];
      const init = definition?.type === "Variable" ? definition.node.init : null;
      return init?.type === "AwaitExpression" && asksForToken(init);
    })
    .map((node) => ({ name: node.name, node }))
    .toSorted((a, b) => rangeOf(a.node)[0] - rangeOf(b.node)[0]);
}
