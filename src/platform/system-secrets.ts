/**
 * How the names of secrets begin that the platform keeps for itself, in V1 and in V2.
 * Source: the V2 documentation, provisioning; the V1 toolbelt, LpClient and OrchestratorClient.
 */
export const systemSecretPrefixes: readonly string[] = ["LIVEPERSON_DEFAULT_", "lp-faas-"];
