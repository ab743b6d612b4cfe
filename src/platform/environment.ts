/**
 * Environment variables that the platform sets under another name in V2; the values are the same.
 * Source: the toolbelts as shipped with the platform's command line 1.31.12 (shared/const.ts) and 2.0.6-beta
 * (shared/envars.ts), and the platform's V2 examples.
 */
export const renamedVariables: ReadonlyMap<string, string> = new Map([
  ["BRAND_ID", "X_LIVEPERSON_BRAND_ID"],
  ["LAMBDA_UUID", "X_LIVEPERSON_FUNCTION_UUID"],
]);

/** Environment variables that V1 set and V2 does not. Source: as above. */
export const removedVariables: ReadonlySet<string> = new Set([
  "DOMAIN",
  "DC",
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "NO_PROXY",
  "NODE_ENV",
  "CONTEXT_SERVICE_ENVIRONMENT",
]);

/**
 * Environment variables in which the V1 client looked for a proxy, before each request.
 * Source: request 2.88.2, lib/getProxyFromURI.js; it does not know ALL_PROXY.
 */
export const proxyVariables: ReadonlySet<string> = new Set([
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "NO_PROXY",
  "http_proxy",
  "https_proxy",
  "no_proxy",
]);

/** The variable that holds the account of the function, in V1 and in V2. */
export const brandVariables: ReadonlySet<string> = new Set(["BRAND_ID", "X_LIVEPERSON_BRAND_ID"]);
