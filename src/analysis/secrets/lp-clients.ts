import type { Node } from "../code/tree.ts";
import type { LpCall, LpUse } from "../http/lp-calls.ts";
import type { Model } from "../code/model.ts";
import type { ClientCreation } from "../toolbelt/creations.ts";
import type { Problem } from "../code/problem.ts";

/** A further client for the calls of one client that use another secret than its first call. */
export interface SecretClient {
  readonly client: ClientCreation;
  readonly secret: string;
  readonly calls: readonly LpCall[];
}

export interface SecretPlan {
  readonly clients: readonly SecretClient[];
  readonly problems: readonly Problem[];
}

/** True when a declaration of the same kind can stand behind that of the client. */
function canHaveNeighbour(model: Model, { declarator }: ClientCreation): boolean {
  const declaration = declarator === undefined ? null : model.parentOf(declarator);
  const place = declaration === null ? null : model.parentOf(declaration);
  return place?.type === "Program" || place?.type === "BlockStatement";
}

/** True when the call names the client itself, and not a parameter or another constant that holds it. */
function namesClient(model: Model, { use }: LpCall, { variable }: ClientCreation): boolean {
  return variable !== undefined && model.variableOf(use.node) === variable;
}

/** Finds the calls that need a client of their own, because V2 keeps one access token per client. */
export function planSecretClients(model: Model, { clients, calls }: LpUse): SecretPlan {
  const planned: SecretClient[] = [];
  const problems: Problem[] = [];
  for (const client of clients) {
    const own = calls.filter(({ use }) => use.clients.has(client));
    const [first] = own;
    const secrets = new Set(own.map(({ secret }) => secret).filter((secret) => secret !== first?.secret));
    for (const secret of secrets) {
      const group = own.filter((call) => call.secret === secret);
      const hidden = group.find((call) => !namesClient(model, call, client));
      if (hidden === undefined && canHaveNeighbour(model, client)) {
        planned.push({ client, secret, calls: group });
      } else {
        problems.push(problemAt((hidden ?? group[0])?.http.call ?? client.call));
      }
    }
  }
  return { clients: planned, problems };
}

function problemAt(node: Node): Problem {
  const why = "the client that it gets is used with another secret as well; create a client for each secret";
  return { id: "lp-client-secret", node, data: { why } };
}
