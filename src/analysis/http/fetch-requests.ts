import type * as ESTree from "estree";
import { modernToolbelt } from "../../platform/toolbelt.ts";
import type { Model } from "../code/model.ts";
import { globalPath } from "../code/names.ts";
import { perModel } from "../code/per-model.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { followConstant } from "../values/constants.ts";
import { originsOf } from "../values/origins.ts";
import { PROMISE } from "../values/trace-path.ts";
import { followedClients } from "../toolbelt/client-trail.ts";

/** The calls of the platform's own `fetch`, also by another name and bound. */
export const findFetchCalls = perModel((model): readonly ESTree.SimpleCallExpression[] =>
  model.nodes("CallExpression").filter(({ callee }) => callee.type !== "Super" && isFetch(model, callee)),
);

function isFetch(model: Model, callee: Node): boolean {
  const node = followConstant(model, callee);
  const bound = node.type === "CallExpression" && node.callee.type === "MemberExpression" ? node.callee : undefined;
  return bound === undefined
    ? globalPath(model, node) === "fetch"
    : staticName(bound) === "bind" && globalPath(model, bound.object) === "fetch";
}

/** The calls that answer with fetch's Response, and don't fail for an error status: those of V2's LpClient as well. */
export const findResponseCalls = perModel((model): ReadonlySet<ESTree.SimpleCallExpression> => {
  const { uses } = followedClients(model, "LpClient", [modernToolbelt]);
  const sent = uses.flatMap(({ node }) => {
    const call = model.parentOf(node);
    return call?.type === "CallExpression" && call.callee === node ? [call] : [];
  });
  return new Set([...findFetchCalls(model), ...sent]);
});

/** True for what is the response of such a call whenever it is there. */
export function isSurelyResponse(model: Model, node: Node): boolean {
  const requests = findResponseCalls(model);
  return originsOf(model, node).every((origin) => {
    const call = origin.kind === "part" && origin.path.join() === PROMISE ? origin.of : origin.node;
    return origin.kind === "nothing" || (call.type === "CallExpression" && requests.has(call));
  });
}
