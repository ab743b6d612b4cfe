/** What becomes of one request option of the V1 HTTP client. */
export interface HttpOption {
  /** `convert`: written in terms of fetch · `drop`: fetch behaves so already · `refuse`: a person must decide. */
  readonly handling: "convert" | "drop" | "refuse";
  /** What it becomes, or why it goes. For `refuse` it completes the sentence “The request option `x` …”. */
  readonly why: string;
  /** Why it is refused where the call does not write it out; it completes the same sentence. */
  readonly otherwise?: string;
}

const convert = (why: string): HttpOption => ({ handling: "convert", why });
const convertWritten = (why: string, otherwise: string): HttpOption => ({ handling: "convert", why, otherwise });
const drop = (why: string): HttpOption => ({ handling: "drop", why });
const refuse = (why: string): HttpOption => ({ handling: "refuse", why });

/**
 * Every option of request 2.88.2 and request-promise-native 1.0.9, which the V1 HTTP client passed on.
 * An option that is not in this table is refused by its name.
 * Source: the `request` and `request-promise` readmes, and both packages' code where these are silent.
 */
export const httpOptions: ReadonlyMap<string, HttpOption> = new Map(
  Object.entries({
    // Target. request.js, init(): `uri` wins over `url`.
    uri: convert("becomes the first argument"),
    url: convert("becomes the first argument"),
    baseUrl: convert("is joined with the URL, by a helper where the code does not show both"),
    qs: convert("is encoded into the URL by a helper"),
    useQuerystring: convertWritten(
      "is encoded into the URL by a helper, as Node's `querystring` does it",
      "changes how arrays are encoded; it is converted only beside `qs`, and where it is written in the call",
    ),
    qsParseOptions: refuse("changes how the query is read, which fetch does not know"),
    qsStringifyOptions: convertWritten(
      "its `arrayFormat` and `indices` are an argument of the helper that encodes the query",
      "changes how the query is written; only a literal `arrayFormat` or `indices` beside `qs` is converted",
    ),

    // Request. request.js, init() and json(), form(), auth().
    method: convert("is written in upper case; redirects of POST, PUT, PATCH and DELETE are not followed, as in V1"),
    headers: convert("stays; undefined values are left out by a helper where they could occur"),
    body: convert("stays, or becomes `JSON.stringify(…)` with `json`"),
    json: convert("becomes headers, `JSON.stringify` and a tolerant parse of the answer"),
    jsonReviver: refuse("has no counterpart; parse the answer by hand"),
    jsonReplacer: refuse("has no counterpart; pass a string as body"),
    form: convert("becomes an encoded body with its content type"),
    formData: convertWritten(
      "becomes `FormData`: texts, numbers, lists of these, and files with a name and a type",
      "sends multipart data of more than texts, numbers, and files with a plain name and type in the code; write `String(…)`, or `FormData` by hand",
    ),
    multipart: refuse("sends multipart/related, which fetch can't build"),
    preambleCRLF: refuse("belongs to `multipart`, which fetch can't build"),
    postambleCRLF: refuse("belongs to `multipart`, which fetch can't build"),
    auth: convert("becomes an Authorization header"),
    oauth: refuse("signs the request; sign it with the package oauth-1.0a"),
    aws: refuse("signs the request, which fetch does not do"),
    hawk: refuse("signs the request, which fetch does not do"),
    httpSignature: refuse("signs the request, which fetch does not do"),
    jar: refuse("keeps cookies, which fetch does not do"),
    har: refuse("replays a recorded request, which fetch does not do"),

    // Response. request-promise-core, plumbing.js.
    simple: convert("decides whether a status outside 2xx rejects"),
    resolveWithFullResponse: convert("decides whether the response or its body is the result"),
    transform: refuse("runs inside the client; apply it to the result"),
    transform2xxOnly: refuse("belongs to `transform`"),
    encoding: convert("`null` gives a Buffer, UTF-8 is the default"),
    gzip: drop("fetch asks for compressed answers and unpacks them"),

    // Redirects. request.js, lib/redirect.js.
    followRedirect: convert('`false` becomes `redirect: "manual"`'),
    followAllRedirects: convert("fetch follows redirects of GET and POST; other methods are refused"),
    followOriginalHttpMethod: refuse("keeps the method over a redirect, which fetch does differently"),
    maxRedirects: convert('`0` becomes `redirect: "error"`; fetch stops at 20, whatever else it is'),
    removeRefererHeader: drop("fetch sends no referer"),

    // Transport. request.js, init() and getNewAgent(); fetch takes neither agents nor certificates.
    timeout: convert("becomes `signal: AbortSignal.timeout(…)`, a limit for the whole request"),
    strictSSL: drop("fetch verifies certificates"),
    rejectUnauthorized: drop("fetch verifies certificates"),
    agent: refuse("chooses a connection agent, which fetch ignores"),
    agentClass: refuse("chooses a connection agent, which fetch ignores"),
    agentOptions: refuse("sets up the connection, which fetch does not allow"),
    pool: refuse("sets up the connection, which fetch does not allow"),
    forever: drop("fetch keeps connections alive"),
    ca: refuse("names a certificate authority, which fetch can't take; use `Toolbelt.MTLSClient`"),
    cert: refuse("sends a client certificate; use `Toolbelt.MTLSClient`"),
    key: refuse("sends a client certificate; use `Toolbelt.MTLSClient`"),
    pfx: refuse("sends a client certificate; use `Toolbelt.MTLSClient`"),
    passphrase: refuse("sends a client certificate; use `Toolbelt.MTLSClient`"),
    proxy: refuse("goes through a proxy, which fetch ignores"),
    tunnel: refuse("goes through a proxy, which fetch ignores"),
    proxyHeaderWhiteList: refuse("goes through a proxy, which fetch ignores"),
    proxyHeaderExclusiveList: refuse("goes through a proxy, which fetch ignores"),
    localAddress: refuse("chooses the network interface, which fetch does not"),
    family: refuse("chooses the IP version, which fetch does not"),
    lookup: refuse("resolves host names, which fetch can't do"),
    time: refuse("measures the request; use `performance.now()`"),
    callback: refuse("is called beside the promise; use the promise"),
  }),
);

/**
 * Options that the V1 client did not look at when they held `false`, `null` or `undefined`: some that are converted, and
 * all that are refused. Source: request.js, init(); request-promise-core, plumbing.js.
 */
export const optionsThatCanBeOff: ReadonlySet<string> = new Set([
  ...[...httpOptions].flatMap(([name, { handling }]) => (handling === "refuse" ? [name] : [])),
  "auth",
  "form",
  "formData",
  "qs",
  "qsStringifyOptions",
  "timeout",
  "useQuerystring",
]);

/**
 * Headers that fetch ignores (Host) or refuses; the V1 client sent them.
 * Source: the fetch standard and undici as shipped with Node 20.
 */
export const unsendableHeaders: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Headers that fetch sets by itself whatever it is given: they are left out. Source: the fetch standard. */
export const ownHeadersOfFetch: ReadonlySet<string> = new Set(["connection", "content-length", "keep-alive"]);

/**
 * Headers beside which fetch sends `pragma: no-cache` and `cache-control: no-cache`, unless these are given.
 * Source: the fetch standard, HTTP-network-or-cache fetch; the same in undici as shipped with Node 20.
 */
export const conditionalHeaders: ReadonlySet<string> = new Set([
  "if-match",
  "if-modified-since",
  "if-none-match",
  "if-range",
  "if-unmodified-since",
]);

/** Methods of the V1 client that send with a fixed HTTP method. Source: request, index.js, `verbFunc`. */
export const verbMethods: ReadonlyMap<string, string> = new Map(
  Object.entries({
    get: "GET",
    head: "HEAD",
    post: "POST",
    put: "PUT",
    patch: "PATCH",
    del: "DELETE",
    delete: "DELETE",
  }),
);

/** The methods that V1's client and fetch both send. */
export const sentMethods: ReadonlySet<string> = new Set([...verbMethods.values(), "OPTIONS"]);

/** Methods whose redirects V1 did not follow. Source: request, lib/redirect.js, `redirectTo`. */
export const unfollowedMethods: ReadonlySet<string> = new Set(["PATCH", "PUT", "POST", "DELETE"]);

/** Globals that the code which replaces a request uses, in its place and in the functions at the end of the file. */
export const fetchGlobals: ReadonlySet<string> = new Set([
  "AbortSignal",
  "Array",
  "ArrayBuffer",
  "Blob",
  "Buffer",
  "Date",
  "Error",
  "File",
  "FormData",
  "Headers",
  "JSON",
  "Math",
  "Number",
  "Object",
  "String",
  "TypeError",
  "URLSearchParams",
  "encodeURIComponent",
  "fetch",
  "undefined",
]);
