/** Methods of the MTLSClient of both toolbelts; those with `false` can't have a body in V2. Source: the V2 toolbelt. */
export const mtlsMethods: ReadonlyMap<string, boolean> = new Map([
  ["get", false],
  ["head", false],
  ["post", true],
  ["put", true],
  ["patch", true],
  ["delete", true],
  ["options", true],
]);

/** Members that error bodies of functions have in V1 and lack in V2. Source: the error codes of both platforms. */
export const legacyErrorMembers: ReadonlySet<string> = new Set(["errorCode", "errorMsg"]);

/** Names of secrets that the platform of V1 created itself; V2 has none of them. Source: the page on provisioning. */
export const legacySystemSecrets: ReadonlySet<string> = new Set([
  "lp-faas-default-app-key",
  "lp-faas-orchestrator-app-key",
]);
