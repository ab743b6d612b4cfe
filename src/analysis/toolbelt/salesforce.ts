import type * as ESTree from "estree";
import { calledMethodOf } from "../code/called.ts";
import { connectionMethods, objectMethods } from "../../platform/salesforce.ts";
import type { Node } from "../code/tree.ts";
import { findHandler } from "../code/handler.ts";
import type { Model } from "../code/model.ts";
import type { Problem } from "../code/problem.ts";
import { constantHolding, readsOf } from "../code/bindings.ts";
import { nodeCallbackOf } from "../control/node-callbacks.ts";
import type { NodeCallback } from "../control/node-callbacks.ts";
import { followedClients } from "./client-trail.ts";
import type { ClientCreation } from "./creations.ts";
import { methodCallsOf } from "./method-calls.ts";

/** A request to Salesforce that is made with a callback, as a statement of its own. */
export interface CallbackRequest {
  readonly call: ESTree.SimpleCallExpression;
  /** The callback in parts, or the handler's own callback that is handed on. */
  readonly callback: NodeCallback | ESTree.Identifier;
}

/** The class of jsforce that the factory made. */
export const connectionClass = "Connection";

/** How a file connects to Salesforce. */
export interface SalesforcePlan {
  readonly clients: readonly ClientCreation[];
  /** Every `client.connectToSalesforce(…)`. */
  readonly connections: readonly ESTree.SimpleCallExpression[];
  readonly problems: readonly Problem[];
}

/** Every SFClient of a file, with the connections that it makes. */
export function planSalesforce(model: Model): SalesforcePlan {
  const own = new Set<Node>(
    followedClients(model, "SFClient").clients.flatMap(({ call, variable }) => [
      call,
      ...(variable ? readsOf(variable) : []),
    ]),
  );
  const { clients, calls, problems } = methodCallsOf(
    model,
    "SFClient",
    "does more than connect",
    ({ call, method, use }) => method === "connectToSalesforce" && call.arguments.length === 1 && own.has(use.node),
  );
  const [first] = clients;
  const isTaken = model.isNameTaken(connectionClass) || model.nodes("ImportDeclaration").length > 0;
  const clash: Problem[] =
    first !== undefined && isTaken
      ? [{ id: "import-name-clash", node: first.call, data: { name: connectionClass, where: "" } }]
      : [];
  return { clients, connections: calls.map(({ call }) => call), problems: [...problems, ...clash] };
}

function requestOf(model: Model, connection: Node): CallbackRequest | undefined {
  let found = calledMethodOf(model, connection);
  let methods = connectionMethods;
  if (found?.method === "sobject" && found.call.arguments.length === 1) {
    found = calledMethodOf(model, found.call);
    methods = objectMethods;
  }
  const last = found?.call.arguments.at(-1);
  const isStatement = found !== undefined && model.parentOf(found.call)?.type === "ExpressionStatement";
  if (found === undefined || found.call.optional || last === undefined || !isStatement) {
    return undefined;
  }
  const hasCallback = found.call.arguments.length === (methods.get(found.method) ?? Number.NaN) + 1;
  const isHandled = last.type === "Identifier" && model.variableOf(last) === findHandler(model)?.callback?.variable;
  const callback = isHandled && model.variableOf(last) !== undefined ? last : nodeCallbackOf(model, last);
  const hasSpread = found.call.arguments.some(({ type }) => type === "SpreadElement");
  return hasCallback && callback !== undefined && !hasSpread ? { call: found.call, callback } : undefined;
}

/** The requests with callbacks on a connection, the inner ones first. */
export function callbackRequests(model: Model, connections: readonly Node[]): CallbackRequest[] {
  return connections
    .flatMap((created) => {
      const variable = constantHolding(model, created);
      return variable === undefined ? [] : readsOf(variable);
    })
    .flatMap((read) => requestOf(model, read) ?? [])
    .toSorted((a, b) => (b.call.range?.[0] ?? 0) - (a.call.range?.[0] ?? 0));
}
