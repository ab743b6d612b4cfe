import type * as ESTree from "estree";
import { callOf } from "../code/called.ts";
import { legacyToolbelt, modernToolbelt } from "../../platform/toolbelt.ts";
import type { Model } from "../code/model.ts";
import { perModel } from "../code/per-model.ts";
import type { Node } from "../code/tree.ts";
import { fetchCallsOf } from "../runtime/fetch-calls.ts";
import { originsOf } from "../values/origins.ts";
import { PROMISE } from "../values/trace-path.ts";
import { findModuleUses } from "../modules/uses.ts";
import { clientCallsOf } from "../toolbelt/client-calls.ts";
import { followedClients } from "../toolbelt/client-trail.ts";

/** The calls that answer with fetch's Response, and don't fail for an error status: those of V2's LpClient as well. */
export const findResponseCalls = perModel((model): ReadonlySet<ESTree.SimpleCallExpression> => {
  const { uses } = followedClients(model, "LpClient", [modernToolbelt]);
  const sent = uses.flatMap(({ node }) => callOf(model, node) ?? []);
  return new Set([...fetchCallsOf(model).map(({ call }) => call), ...sent]);
});

/**
 * The same with the calls of an LpClient that a field or another object holds. No edit asks for these: what else is
 * done with such a client is not known.
 */
export const findLintedResponses = perModel((model): ReadonlySet<ESTree.SimpleCallExpression> => {
  const isLegacy = findModuleUses(model).some(({ source }) => source === legacyToolbelt);
  const held = isLegacy
    ? []
    : clientCallsOf(model).filter(({ factory, method }) => factory === "LpClient" && method === undefined);
  return new Set([...findResponseCalls(model), ...held.map(({ call }) => call)]);
});

/** True for what is the response of such a call whenever it is there. */
export function isSurelyResponse(model: Model, node: Node): boolean {
  const requests = findLintedResponses(model);
  return originsOf(model, node).every((origin) => {
    const call = origin.kind === "part" && origin.path.join() === PROMISE ? origin.of : origin.node;
    return origin.kind === "nothing" || (call.type === "CallExpression" && requests.has(call));
  });
}
