import type * as ESTree from "estree";
import { modernToolbelt } from "../../platform/toolbelt.ts";
import { isCallOf } from "../code/names.ts";
import { perModel } from "../code/per-model.ts";
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
