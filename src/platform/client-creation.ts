/** What it means to create a V2 toolbelt client once, when the module is loaded, instead of in each invocation. */
export interface ClientCreationForm {
  /** The name that the platform's examples give such a client. */
  readonly variable: string;
  /**
   * `plain`: creating it does nothing, and all clients with the same arguments are alike.
   *
   * `keeps-token`: the client keeps the access token of its first call, whichever secret later calls name; only calls
   * with the same secret can share it.
   *
   * `may-throw`: creating it fails for bad arguments. In module scope that takes the whole function down, and no `try`
   * of the handler sees it.
   */
  readonly creation: "plain" | "keeps-token" | "may-throw";
  /** True when the arguments hold for all clients of the process, whoever creates them. */
  readonly hasSharedOptions?: true;
}

/**
 * The client factories of the V2 toolbelt.
 * Source: the platform's command line 2.0.6-beta, src/shared/core-functions-toolbelt; names as in the examples of the
 * V2 documentation. `SecretClient({ cache: { ttl } })` sets the default of every SecretClient; LpClient keeps its token
 * regardless of `appKeySecretName`; MTLSClient and ContextServiceClient check their arguments.
 */
export const modernClients: ReadonlyMap<string, ClientCreationForm> = new Map([
  ["SecretClient", { variable: "secretClient", creation: "plain", hasSharedOptions: true }],
  ["LpClient", { variable: "lpClient", creation: "keeps-token" }],
  ["ConversationUtil", { variable: "conversationUtil", creation: "plain" }],
  ["SDEUtil", { variable: "sdeUtil", creation: "plain" }],
  ["GDPRUtil", { variable: "gdprUtil", creation: "plain" }],
  ["SFClient", { variable: "sfClient", creation: "plain" }],
  ["OrchestratorClient", { variable: "orchestratorClient", creation: "plain" }],
  ["CsdsClient", { variable: "csdsClient", creation: "plain" }],
  ["LPMtlsClient", { variable: "lpMtlsClient", creation: "plain" }],
  ["MTLSClient", { variable: "mtlsClient", creation: "may-throw" }],
  ["ContextServiceClient", { variable: "contextServiceClient", creation: "may-throw" }],
]);
