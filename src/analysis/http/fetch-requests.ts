import type * as ESTree from "estree";
import { callOf } from "../code/called.ts";
import { modernToolbelt } from "../../platform/toolbelt.ts";
import type { Model } from "../code/model.ts";
import { perModel } from "../code/per-model.ts";
import type { Node } from "../code/tree.ts";
import { fetchCallsOf } from "../runtime/fetch-calls.ts";
import { originsOf } from "../values/origins.ts";
import { PROMISE } from "../values/trace-path.ts";
import { followedClients } from "../toolbelt/client-trail.ts";

/** The calls that answer with fetch's Response, and don't fail for an error status: those of V2's LpClient as well. */
export const findResponseCalls = perModel((model): ReadonlySet<ESTree.SimpleCallExpression> => {
  const { uses } = followedClients(model, "LpClient", [modernToolbelt]);
  const sent = uses.flatMap(({ node }) => callOf(model, node) ?? []);
  return new Set([...fetchCallsOf(model).map(({ call }) => call), ...sent]);
});

/** True for what is the response of such a call whenever it is there. */
export function isSurelyResponse(model: Model, node: Node): boolean {
  const requests = findResponseCalls(model);
  return originsOf(model, node).every((origin) => {
    const call = origin.kind === "part" && origin.path.join() === PROMISE ? origin.of : origin.node;
    return origin.kind === "nothing" || (call.type === "CallExpression" && requests.has(call));
  });
}
