import { mtlsMethods } from "./platform-clients.ts";
import { clientChanges } from "./toolbelt-clients.ts";

/**
 * The methods of the clients that both toolbelts have, and of those that V2 adds; LpClient and HTTPClient are functions.
 * Source: the V2 toolbelt as shipped with the platform's command line 2.0.6-beta, and its interfaces. Its documentation
 * calls `writeSecret` what the toolbelt calls `updateSecret`, so both pass.
 */
export const clientMethods: ReadonlyMap<string, ReadonlySet<string>> = new Map<string, ReadonlySet<string>>([
  ...[...clientChanges].map(([factory, { methods }]) => [factory, methods] as const),
  ["SecretClient", new Set(["readSecret", "updateSecret", "writeSecret"])],
  ["SFClient", new Set(["connectToSalesforce"])],
  ["MTLSClient", new Set(mtlsMethods.keys())],
  ["OrchestratorClient", new Set(["invoke"])],
  ["CsdsClient", new Set(["get", "getAll"])],
  ["LPMtlsClient", new Set(["get", "post"])],
]);

/** Options of V1's LpClient that fetch, and so that of V2, does not know; each with what to do instead. */
export const lpClientLeftovers: ReadonlyMap<string, string> = new Map([
  ["json", "send `JSON.stringify(…)` with a Content-Type, and read the answer with `response.json()`"],
  ["qs", "write the query into the path"],
  ["form", "send `new URLSearchParams(…)` as `body`"],
  ["simple", "look at `response.ok`; a status outside 2xx does not reject"],
  ["resolveWithFullResponse", "the answer is always the whole Response"],
]);
