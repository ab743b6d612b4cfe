import type * as ESTree from "estree";
import { callOf } from "../code/called.ts";
import { legacyToolbelt, modernToolbelt } from "../../platform/toolbelt.ts";
import type { Model } from "../code/model.ts";
import { fetchCallsOf } from "../runtime/fetch-calls.ts";
import { followedClients, methodCallOf } from "./client-trail.ts";

/** Clients that are called themselves. */
const CALLABLE_CLIENTS = ["HTTPClient", "LpClient"];

/** Clients whose methods, or they themselves, send requests. */
export const requestingClients: readonly string[] = [
  "HTTPClient",
  "LpClient",
  "SecretClient",
  "ContextServiceClient",
  "SDEUtil",
  "ConversationUtil",
  "GDPRUtil",
  "MTLSClient",
  "OrchestratorClient",
];

/**
 * The calls that send a request: of `fetch`, of clients that are called themselves, and of all methods of others.
 *
 * @param factories the clients whose methods all give promises
 */
export function requestsOf(model: Model, factories: readonly string[]): ReadonlySet<ESTree.SimpleCallExpression> {
  const found = new Set<ESTree.SimpleCallExpression>(fetchCallsOf(model).map(({ call }) => call));
  const sources = [legacyToolbelt, modernToolbelt];
  for (const use of CALLABLE_CLIENTS.flatMap((factory) => followedClients(model, factory, sources).uses)) {
    const call = callOf(model, use.node);
    if (call !== undefined) {
      found.add(call);
    }
  }
  for (const use of factories.flatMap((factory) => followedClients(model, factory, sources).uses)) {
    const call = methodCallOf(model, use)?.call;
    if (call !== undefined) {
      found.add(call);
    }
  }
  return found;
}
