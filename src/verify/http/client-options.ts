import { validateHeaderName, validateHeaderValue } from "node:http";
import querystring from "node:querystring";
import type { ParsedUrlQueryInput } from "node:querystring";
import url from "node:url";
import type { UrlWithStringQuery } from "node:url";
import { HeaderList } from "./header-list.ts";
import { formDataOf, hasUnsimulatedPart } from "./form-data.ts";
import { parseQuery, rfc3986, stringifyQuery } from "./query-string.ts";
import type { QueryOptions } from "./query-string.ts";

export type Options = Readonly<Record<string, unknown>>;

/** A request of V1's client before it leaves, and between the hops of a redirect. */
export interface Draft {
  uri: UrlWithStringQuery;
  method: string;
  readonly headers: HeaderList;
  body: unknown;
  /** With what the client rejects at once. It sends the request all the same. */
  rejection: Error | undefined;
}

/** Options that lead the client to code which is not simulated. */
const NOT_SIMULATED = [
  ...["har", "multipart", "oauth", "hawk", "aws", "httpSignature", "jar", "requestBodyStream"],
  ...["proxy", "preambleCRLF", "postambleCRLF"],
];

/** The first given option that is not simulated. */
export function unsimulatedOption(options: Options): string | undefined {
  const byName = NOT_SIMULATED.find((name) => Boolean(options[name]));
  const auth = options["auth"] as Options | undefined;
  if (byName === undefined && hasUnsimulatedPart(options["formData"])) return "formData";
  return byName ?? (auth?.["sendImmediately"] === false ? "auth.sendImmediately" : undefined);
}

/**
 * Reads the options of a call as request 2.88 does, in its order: later ones see what earlier ones have set.
 *
 * @throws an Error where request emits one
 */
export function draftRequest(options: Options): Draft {
  const headers = new HeaderList(options["headers"]);
  const uri = targetOf(options);
  const draft: Draft = {
    uri,
    method: typeof options["method"] === "string" && options["method"] !== "" ? options["method"] : "GET",
    headers,
    body: options["body"],
    rejection: undefined,
  };
  addForm(draft, options);
  addQuery(draft, options);
  addAuthorization(draft, options);
  if (options["gzip"] === true && !headers.has("accept-encoding")) headers.set("accept-encoding", "gzip, deflate");
  addJson(draft, options);
  addFormData(draft, options);
  addLength(draft);
  if (draft.uri.protocol !== "http:" && draft.uri.protocol !== "https:") {
    throw draft.rejection ?? new Error(`Invalid protocol: ${String(draft.uri.protocol)}`);
  }
  return draft;
}

function targetOf(options: Options): UrlWithStringQuery {
  const given = withBase(options["baseUrl"], options["uri"] ?? options["url"]);
  if (!given) throw new Error("options.uri is a required argument");
  return parsedTarget(given);
}

/** The parser that request uses, whose quirks are the client's. */
function parseUrl(text: string): UrlWithStringQuery {
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  return url.parse(text);
}

/**
 * The address as request keeps it: parsed the old way, with a path. An object is kept as it is and completed, so that the
 * function finds in it what request has written.
 */
export function parsedTarget(given: unknown): UrlWithStringQuery {
  const uri = (typeof given === "string" ? parseUrl(given) : given) as UrlWithStringQuery;
  if (!uri.href) uri.href = url.format(uri);
  if (!uri.pathname) uri.pathname = "/";
  if (!(uri.host || (uri.hostname && uri.port))) throw new Error(`Invalid URI "${url.format(uri)}"`);
  // What has no port gets that of its scheme, as a number.
  const port = uri.port ? undefined : USUAL_PORTS[String(uri.protocol)];
  if (port !== undefined) Reflect.set(uri, "port", port);
  return uri;
}

const USUAL_PORTS: Readonly<Record<string, number>> = { "http:": 80, "https:": 443 };

/** What is asked for; a URL of the web has no path with its query. */
export function pathOf({ path, pathname, search }: UrlWithStringQuery): string {
  return path || `${pathname ?? "/"}${search ?? ""}`;
}

function withBase(base: unknown, uri: unknown): unknown {
  if (!base) return uri;
  if (typeof base !== "string") throw new Error("options.baseUrl must be a string");
  if (typeof uri !== "string") throw new Error("options.uri must be a string when using options.baseUrl");
  if (uri.startsWith("//") || uri.includes("://")) {
    throw new Error("options.uri must be a path when using options.baseUrl");
  }
  if (uri === "") return base;
  return base.replace(/\/$/u, "") + (uri.startsWith("/") ? uri : `/${uri}`);
}

const FORM_TYPE = "application/x-www-form-urlencoded";

function isForm(headers: HeaderList): boolean {
  return /^application\/x-www-form-urlencoded\b/u.test(String(headers.get("content-type")));
}

function addForm(draft: Draft, options: Options): void {
  const { form } = options;
  if (!form) return;
  if (!isForm(draft.headers)) draft.headers.set("content-type", FORM_TYPE);
  draft.body = typeof form === "string" ? rfc3986(form) : formText(form, options);
}

function formText(form: object, options: Options): string {
  return options["useQuerystring"]
    ? rfc3986(querystring.stringify(form as ParsedUrlQueryInput))
    : stringifyQuery(form, queryOptions(options));
}

function addFormData(draft: Draft, { formData }: Options): void {
  if (!formData) return;
  const { type, body } = formDataOf(formData as Options);
  // Without a length of the user's own, the client's headers replace those of the function.
  if (!draft.headers.has("content-length")) draft.headers.set("content-type", type);
  draft.body = body;
}

function queryOptions(options: Options): QueryOptions {
  return (options["qsStringifyOptions"] as QueryOptions | undefined) ?? {};
}

function addQuery(draft: Draft, options: Options): void {
  const { qs } = options;
  if (!qs) return;
  const { query: own } = draft.uri;
  const query = options["useQuerystring"]
    ? rfc3986(querystring.stringify({ ...(own ? querystring.parse(own) : {}), ...qs }))
    : stringifyQuery({ ...(own ? parseQuery(own) : {}), ...qs }, queryOptions(options));
  if (query === "") return;
  draft.uri = parseUrl(`${draft.uri.href.split("?")[0] ?? ""}?${query}`);
}

function addAuthorization(draft: Draft, options: Options): void {
  const auth = options["auth"] as Record<string, unknown> | undefined;
  if (auth) {
    // As in request: the function finds them in its own object.
    if (Object.hasOwn(auth, "username")) auth["user"] = auth["username"];
    if (Object.hasOwn(auth, "password")) auth["pass"] = auth["password"];
    const { user, pass, bearer } = auth;
    if (bearer !== undefined) {
      draft.headers.set("authorization", bearerOf(bearer));
    } else if (user === undefined) {
      draft.rejection = new Error("no auth mechanism defined");
    } else {
      if (!isText(user) || (pass !== undefined && !isText(pass))) {
        draft.rejection = new Error("auth() received invalid user or password");
      }
      draft.headers.set("authorization", basic(user, pass));
    }
  }
  if (draft.uri.auth && !draft.headers.has("authorization")) {
    const [user = "", ...pass] = draft.uri.auth.split(":").map((part) => decodeURIComponent(part));
    draft.headers.set("authorization", basic(user, pass.join(":")));
  }
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

/** A value put into a text, whatever it is. */
function inText(value: unknown): string {
  return String(value);
}

function basic(user: unknown, pass: unknown): string {
  return `Basic ${Buffer.from(`${inText(user)}:${inText(pass || "")}`, "utf8").toString("base64")}`;
}

function bearerOf(bearer: unknown): string {
  const token: unknown = typeof bearer === "function" ? (Reflect.apply(bearer, undefined, []) as unknown) : bearer;
  return `Bearer ${inText(token || "")}`;
}

function addJson(draft: Draft, options: Options): void {
  const { json, jsonReplacer } = options;
  if (!json) return;
  const { headers } = draft;
  if (!headers.has("accept")) headers.set("accept", "application/json");
  const replacer = typeof jsonReplacer === "function" ? jsonReplacer : undefined;
  if (typeof json !== "boolean") {
    draft.body = jsonText(json, replacer);
  } else if (draft.body !== undefined) {
    draft.body = isForm(headers) ? rfc3986(draft.body as string) : jsonText(draft.body, replacer);
  } else {
    return;
  }
  if (!headers.has("content-type")) headers.set("content-type", "application/json");
}

type Replacer = (this: unknown, key: string, value: unknown) => unknown;

/** JSON of anything that has one: what leads in a circle is named instead. */
function jsonText(value: unknown, replacer: unknown): string {
  try {
    return JSON.stringify(value, replacer as Replacer);
  } catch {
    const above: unknown[] = [];
    return JSON.stringify(value, function (this: unknown, key: string, inner: unknown) {
      const depth = above.indexOf(this);
      above.splice(depth < 0 ? above.length : depth + 1, above.length, this);
      return above.includes(inner) ? (above[0] === inner ? "[Circular ~]" : `[Circular ~.${key}]`) : inner;
    });
  }
}

function addLength(draft: Draft): void {
  const { headers } = draft;
  if (!draft.body) return;
  if (ArrayBuffer.isView(draft.body)) draft.body = Buffer.from(draft.body as Uint8Array);
  if (headers.has("content-length")) return;
  const length = lengthOf(draft.body);
  if (length) {
    headers.set("content-length", length);
    return;
  }
  draft.rejection ??= new Error("Argument error, options.body.");
  // Nothing can be written of anything else, so that nothing is sent.
  if (![draft.body].flat().every((part) => isText(part) || ArrayBuffer.isView(part))) throw draft.rejection;
}

function lengthOf(body: unknown): unknown {
  if (typeof body === "string") return Buffer.byteLength(body);
  if (Array.isArray(body)) return body.reduce((sum: number, part: { length: number }) => sum + part.length, 0);
  return (body as { length?: unknown }).length;
}

/** The bytes of a body. */
export function bytesOf(body: unknown): Buffer {
  if (!body) return Buffer.alloc(0);
  const parts: readonly unknown[] = Array.isArray(body) ? body : [body];
  return Buffer.concat(parts.map((part) => Buffer.from(part as string)));
}

/**
 * Checks what Node.js checks before it sends.
 *
 * @throws the TypeError of Node.js
 */
export function checkSendable({ uri, method, headers }: Draft): void {
  for (const [name, value] of Object.entries(headers.toObject())) {
    validateHeaderName(name);
    for (const each of [value].flat()) validateHeaderValue(name, each as string);
  }
  if (!/^[\w!#$%&'*+.^`|~-]+$/u.test(method)) {
    throw nodeError("ERR_INVALID_HTTP_TOKEN", `Method must be a valid HTTP token ["${method}"]`);
  }
  if (/[^\u0021-\u00ff]/u.test(pathOf(uri))) {
    throw nodeError("ERR_UNESCAPED_CHARACTERS", "Request path contains unescaped characters");
  }
}

function nodeError(code: string, message: string): Error {
  const error = new TypeError(message);
  Object.defineProperty(error, "code", { value: code, enumerable: true, configurable: true, writable: true });
  error.toString = () => `TypeError [${code}]: ${message}`;
  Object.defineProperty(error, "toString", { enumerable: false });
  return error;
}
