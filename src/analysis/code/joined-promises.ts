import type * as ESTree from "estree";
import type { Model } from "./model.ts";
import { staticName } from "./tree.ts";
import type { Node } from "./tree.ts";

/** True for a call of `Promise.all` itself: its siblings, and functions of other names, give something else. */
export function isPromiseAll(model: Model, call: Node): call is ESTree.SimpleCallExpression {
  return (
    call.type === "CallExpression" &&
    call.callee.type === "MemberExpression" &&
    model.isGlobal(call.callee.object, "Promise") &&
    staticName(call.callee) === "all"
  );
}

/**
 * The elements of `Promise.all([…])`, whose results come out at the same places; those behind a spread are left out.
 * Empty for anything else.
 */
export function joinedPromises(model: Model, call: Node): readonly (Node | null)[] {
  const list = isPromiseAll(model, call) ? call.arguments[0] : undefined;
  if (list?.type !== "ArrayExpression") {
    return [];
  }
  const spread = list.elements.findIndex((element) => element?.type === "SpreadElement");
  return spread < 0 ? list.elements : list.elements.slice(0, spread);
}
