import { httpOptions } from "./http-options.ts";
import type { HttpOption } from "./http-options.ts";

/** A toolbelt client that sends a request with the options of fetch, and answers with fetch's Response. */
export interface RequestSender {
  /** What becomes of each option that it takes in V1. */
  readonly options: ReadonlyMap<string, HttpOption>;
  /** Options that say what V2 does anyway when they hold this text. */
  readonly defaults: ReadonlyMap<string, string>;
}

/** The secret that LpClient of V1 used unless another was named. Source: the V1 toolbelt, LpClient. */
export const legacyAppKey = "lp-faas-default-app-key";

const convert = (why: string): HttpOption => ({ handling: "convert", why });
const refuse = (why: string): HttpOption => ({ handling: "refuse", why });

/**
 * LpClient passes its options to the HTTP client in V1 and to fetch in V2, with the address and the Authorization
 * header set by itself. Source: the toolbelts of both platforms, LpClient.
 */
export const lpClientSender: RequestSender = Object.freeze({
  options: new Map([
    ...httpOptions,
    ...Object.entries({
      appKeySecretName: convert("stays unless it names the default secret of V1"),
      uri: refuse("replaces the path of LpClient; pass the path as second argument"),
      url: refuse("replaces the path of LpClient; pass the path as second argument"),
      baseUrl: refuse("is set by LpClient itself"),
      auth: refuse("sets an Authorization header, which V2 would add to that of LpClient"),
    }),
  ]),
  defaults: new Map([["appKeySecretName", legacyAppKey]]),
});

/**
 * APIs whose version `v=1` takes OAuth 1 only; their version 2 takes OAuth 2 only, with other parameters.
 * Source: the platform's page on migrating to OAuth 2.
 */
export const oauth1Apis = [{ path: "/operations/api/account/", version: /[?&]v=1(?:\.0)?(?:&|$)/u }] as const;
