import { httpOptions } from "./http-options.ts";

/**
 * The options that fetch knows. Source: the fetch standard, and undici as shipped with Node 20 for `dispatcher` and
 * `duplex`.
 */
export const fetchOptions: ReadonlySet<string> = new Set([
  "body",
  "cache",
  "credentials",
  "dispatcher",
  "duplex",
  "headers",
  "integrity",
  "keepalive",
  "method",
  "mode",
  "priority",
  "redirect",
  "referrer",
  "referrerPolicy",
  "signal",
  "window",
]);

/** What to do instead of an option that other clients have and fetch ignores. */
const INSTEAD: ReadonlyMap<string, string> = new Map(
  Object.entries({
    // request-promise.
    uri: "give the address as first argument",
    url: "give the address as first argument",
    baseUrl: "write the whole address",
    qs: "write the query into the address with `URLSearchParams`",
    json: "send `JSON.stringify(…)` with a Content-Type, and read the answer with `response.json()`",
    form: "send `new URLSearchParams(…)` as `body`",
    formData: "send a `FormData` as `body`",
    auth: "write the header `Authorization`",
    simple: "look at `response.ok`; a status outside 2xx does not reject",
    resolveWithFullResponse: "leave it out; the answer is always the whole response",
    encoding: "read the answer with `response.arrayBuffer()`",
    gzip: "leave it out; fetch always unpacks",
    followRedirect: 'write `redirect: "manual"`',
    followAllRedirects: "leave it out; fetch follows redirects of every method",
    timeout: "write `signal: AbortSignal.timeout(…)`",
    strictSSL: "leave it out; fetch verifies certificates",
    rejectUnauthorized: "leave it out; fetch verifies certificates",
    forever: "leave it out; fetch keeps connections alive",
    // axios, got and node-fetch.
    baseURL: "write the whole address",
    data: "call it `body`, and send a text",
    params: "write the query into the address with `URLSearchParams`",
    searchParams: "write the query into the address with `URLSearchParams`",
    responseType: "read the answer with `response.json()` or `response.text()`",
    validateStatus: "look at `response.ok`; a status outside 2xx does not reject",
    withCredentials: "write the header `Authorization`",
    httpsAgent: "use `Toolbelt.MTLSClient`",
    httpAgent: "leave it out; fetch has agents of its own",
    follow: "leave it out; fetch follows up to 20 redirects",
    compress: "leave it out; fetch always unpacks",
    retry: "send the request again yourself",
  }),
);

/** What to do instead of an option that fetch ignores; undefined for one that no client has. */
export function insteadOfOption(name: string): string | undefined {
  const option = httpOptions.get(name);
  return INSTEAD.get(name) ?? (option?.handling === "refuse" ? `it ${option.why}` : undefined);
}

/** Members that responses of V1 and of axios have, and what takes their place on a response of fetch. */
export const responseMembers: ReadonlyMap<string, string> = new Map([
  ["statusCode", "status"],
  ["statusMessage", "statusText"],
  ["data", "await response.json()"],
]);

/** The members of `Headers`. */
export const headersMembers: ReadonlySet<string> = new Set([
  "append",
  "constructor",
  "delete",
  "entries",
  "forEach",
  "get",
  "getSetCookie",
  "has",
  "hasOwnProperty",
  "keys",
  "set",
  "toString",
  "valueOf",
  "values",
]);

/** The methods that fetch sends in upper case, however they are written; all others go out as they are. */
export const normalizedMethods: ReadonlySet<string> = new Set(["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"]);
