import type * as ESTree from "estree";
import { modernToolbelt } from "../../platform/toolbelt.ts";
import type { Model } from "../code/model.ts";
import { isCallOf } from "../code/names.ts";
import { perModel } from "../code/per-model.ts";
import type { Node } from "../code/tree.ts";
import { originsOf } from "../values/origins.ts";
import { PROMISE } from "../values/trace-path.ts";
import { followedClients } from "../toolbelt/client-trail.ts";

/** The calls of the platform's own `fetch`. */
export const findFetchCalls = perModel((model): readonly ESTree.SimpleCallExpression[] =>
  model.nodes("CallExpression").filter((call): call is ESTree.SimpleCallExpression => isCallOf(model, call, "fetch")),
);

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
