import { table } from "./remark-kind.ts";
import type { RemarkKind } from "./remark-kind.ts";

/** Intended differences between V1 and V2 behaviour; each run lists those that it makes. */
export const differences = table({
  "secrets-cached": {
    short: "Secrets are cached for five minutes; V1 read them anew each time.",
    long: "The V2 SecretClient keeps what it has read for five minutes. A value that is JSON (a number, `true`, `null`) comes back as that JSON value. Pass `{ useCache: false }` where you must see a change by someone else at once.",
  },
  "token-kept": {
    short:
      "All invocations now share this client and the access token that it got first; V1 signed each call separately.",
    long: "The V2 LpClient fetches an access token and keeps it until it expires. The platform recommends a client in module scope: all invocations of an instance then share its token.",
  },
  "luxon-3": {
    short:
      "V2 has luxon 3, V1 had luxon 1. Calls that are known to differ are refused; for a few, the code does not show it.",
    long: "We compared luxon 1.28.1 and 3.7.2 in 215,000 calls. A call that surely differs is refused. The code does not show these: `Duration#normalize` keeps one sign for all units, `Duration#toFormat` and `as` count years and weeks differently, `Duration.fromISO` reads fractions, `toRelativeCalendar` looks at time zones, and options or formats that your code builds at run time may differ too.",
  },
  "jsforce-node": {
    short: "jsforce is `@jsforce/jsforce-node` in V2. Without a `version` it uses version 50.0 of the Salesforce API.",
    long: "We compared jsforce 1.11.1 and `@jsforce/jsforce-node` 3.10.16 against one server: calls that the migration accepts gave the same results and errors. jsforce 1 used version 42.0 of the API. To choose one, pass `version` to the connection.",
  },
  "es-toolkit": {
    short: "`es-toolkit/compat` replaces lodash, because you gave `--packages es-toolkit`.",
    long: "`es-toolkit/compat` is made to behave like lodash, and its authors test it with lodash's own tests. It is different code, though.",
  },
  "secret-read-anew": {
    short: "This secret is read anew each time, as in V1, because it may change between two reads.",
    long: "The file writes the secret, waits for it to change, or reads it a second time. `{ useCache: false }` goes past the cache. Remove it where you don't need it.",
  },
  "secret-update": {
    short: "`updateSecret` takes 16384 characters in V2 (10000 in V1), gives a new entry, and fails with other codes.",
    long: "The limit counts the value as JSON. V2 gives a new object with key and value; V1 gave the argument itself. For a secret that does not exist, V2 fails with `not-found`, V1 with `op-failed`. V2 can't write secrets whose names begin with `LIVEPERSON_DEFAULT_`.",
  },
  "secrets-parallel": {
    short: "These secrets are read at the same time; V1 read one after the other and stopped at the first failure.",
    long: "The platform recommends parallel reads where one read does not need another. When one read fails, the others have already started. When several fail, you get the error of the one that failed first.",
  },
  "secrets-written-together": {
    short: "These secrets are written at the same time; V1 stopped at the first failure and did not write the rest.",
    long: "The platform's examples write different secrets in parallel. The faithful style keeps one after the other. When one write fails, the others have already started, and what they write stays.",
  },
  "never-settles": {
    short:
      "A path ends without a callback: V1 waited until its time limit; V2 resolves with `undefined`, or fails with an error that nothing catches.",
    long: "In V1, an invocation that never called back failed after thirty seconds. An async function resolves when it ends. Where V1 ignored a rejected promise, V2 waits for it and fails with its error.",
  },
  "early-error": {
    short:
      "The function called here is async now: an error before its first `await` no longer reaches this `catch`, and the invocation fails with it.",
    long: "A plain function throws to its caller; an async function rejects. V1's function started a request and called back later, so a `catch` around the call got only errors from before the request, for example a missing value. Errors of the request itself are handled where they were.",
  },
  "argument-error": {
    short:
      "With wrong arguments, the function called here threw in V1 and did not call back; now its error handler gets that error.",
    long: "Functions of Node.js check their arguments first: `fs.readFile(undefined, …)` throws at once and never calls its callback. The promise that replaces it rejects, so the code that handles a failed call gets this error as well.",
  },
  "helper-error": {
    short:
      "This function returns a promise now. What it threw goes to the handler of its errors; an error of the code behind its call no longer reaches it or a `catch` around it.",
    long: "A function of the file may fail before it calls back: V1 then threw to the caller. The promise that replaces the callback rejects, so the code that handles a failed call gets that error too. Also, a function that calls back inside a `try`, or before a `.catch`, caught errors of its own callback in V1, and called back a second time with them. Such an error now ends the invocation at once.",
  },
  "answers-later": {
    short: "The function answers after the code behind the callback has run; V1 answered first and then went on.",
    long: "In V1 a function could call back and continue. An async function answers when it ends, so the caller waits for the rest. The answer itself is the same, and errors of the rest are ignored as before.",
  },
  "error-object": {
    short: "A thrown value that is not an Error becomes one here: its text is the message, its fields are kept.",
    long: "V2 swallows a thrown value that is not an Error: the caller gets an empty answer. So a text becomes the message of an Error. An object gives its message and its fields; without a message, the object as JSON is the message. An Error stays as it is. An object without a message that JSON can't hold (it refers to itself, or holds a BigInt) ended the V1 process; now the function fails with a TypeError that says so.",
  },
  "client-headers": {
    short: "V1 sent the headers LP-URL and User-Agent of its own with this request; fetch sends its own User-Agent.",
    long: "V1's HTTP client added `LP-URL` (the brand) and `User-Agent: LP-Lambda-…` to each request without headers.",
  },
  "headers-at-run-time": {
    short:
      "The code does not show the names of these headers: fetch drops your `Host`, joins several values of one name, and adds `cache-control: no-cache` to a conditional request.",
    long: "V1 sent your `Host`, and a list as one header line per value. fetch sends the host of the URL, and joins a list with commas. Where the code shows such a header, the file is refused instead. Next to `If-None-Match` and similar headers, fetch sends `pragma: no-cache` and `cache-control: no-cache`; where the code shows one, `conditional-headers` gives its place.",
  },
  "transform-outside": {
    short:
      "`transform` now runs on the result: it does not see responses that reject, and its errors stay as they are.",
    long: "V1's HTTP client called it for every response unless `transform2xxOnly` was set, and wrapped its errors in a TransformError. A `transform` that changes something outside itself is refused.",
  },
  "header-not-sent": {
    short: "The header `{{name}}` is removed: fetch sets it itself, to fit its connection and body.",
    long: "fetch does not let you set `Connection`, `Keep-Alive` and `Content-Length`. V1 sent them as you gave them.",
  },
  "redirect-limit": {
    short: "`maxRedirects` is removed: fetch follows up to 20 redirects.",
    long: 'V1\'s HTTP client stopped at the number that you gave. fetch has a fixed limit. `maxRedirects: 0` becomes `redirect: "error"`.',
  },
  "post-redirected-again": {
    short: "After a redirect with status 308, fetch sends the POST again; V1 went on with GET.",
    long: "With `followAllRedirects`, V1's HTTP client followed redirects of a POST and continued with GET, except after 307. fetch does the same, except after 307 and 308.",
  },
  "conditional-headers": {
    short: "Next to this header, fetch also sends `pragma: no-cache` and `cache-control: no-cache`.",
    long: "With `If-None-Match`, `If-Modified-Since`, `If-Unmodified-Since`, `If-Match` or `If-Range`, fetch assumes that you manage a cache yourself, and tells all caches on the way not to answer. V1 added nothing. A `Pragma` or `Cache-Control` header of your own stays as it is.",
  },
  "network-error-shape": {
    short: "A network failure is a TypeError `fetch failed` with the cause in `error.cause`; V1 gave a RequestError.",
    long: "The request fails because the host is not found, the connection is refused or reset, the URL is invalid, or the credentials are not strings. request-promise and fetch reject with different errors.",
  },
  "fetch-transport": {
    short:
      "fetch differs from the V1 client in transport: up to 20 redirects instead of 10, other headers after a redirect, headers of its own, characters of an address encoded in another way, no byte order mark in texts.",
    long: "Headers: fetch adds `accept-language`, `accept-encoding` and `sec-fetch-mode`, and `accept: */*` where you give none; it does not send your `Host`; it writes header values beyond ASCII as Latin-1, where V1 wrote UTF-8 before a body. Redirects: fetch stops after 20 (V1: 10); it sends no `referer`; it keeps the `content-type` of a GET (V1 removed it, except after 307); it continues with GET when an OPTIONS request gets a 303; it drops Authorization when protocol or port change, and Cookie when host, protocol or port change (V1 kept Cookie). Addresses: fetch normalises paths, encodes characters beyond ASCII (V1 sent them raw), leaves `{`, `}`, `|` and `^` in a query (V1 encoded them), and rejects an address with credentials. Bodies: fetch always unpacks a compressed response and removes a byte order mark from a text. V1 sent a body that refers to itself as `[Circular ~]`; now it is an error.",
  },
  "proxy-ignored": {
    short: "V1 read the proxy for its requests from `{{name}}`; fetch reads none from the environment.",
    long: "V1's HTTP client read `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`, in upper or lower case, before each request. fetch connects directly. A file that sets a proxy itself is refused.",
  },
  "error-read": {
    short: "`{{shown}}` belongs to V1's errors: {{advice}}.",
    long: "V1's HTTP client rejected with a RequestError (the cause in `error.error` and `error.cause`) or a StatusCodeError; both had the request in `error.options`. fetch rejects with a TypeError `fetch failed` whose `cause` has a code (`ECONNREFUSED`, `ENOTFOUND`, `UND_ERR_SOCKET` when the connection breaks), with a TypeError for an invalid address, and with a TimeoutError without a cause. Reading a member of a missing value throws, so make sure that the code handles all three.",
  },
  "listed-error": {
    short:
      "All fields of the error are copied or listed here. The error of a failed connection lists no field any more, the error of a status no `message` and no `options`. Name what you need: `{ message: error.message }`.",
    long: "V1's request errors listed `name`, `message`, `error`, `options` and `response`. A copy (`{ ...error }`, `Object.assign({}, error)`), `Object.keys`, `JSON.stringify`, and an error inside a result or a body hold only fields that can be listed. V1 also gave away `options` with the headers of the request, credentials included.",
  },
  "timeout-deadline": {
    short:
      "`timeout` limits the whole request now and rejects with a TimeoutError; V1 limited the wait for the connection and between bytes.",
    long: "`AbortSignal.timeout` counts from the call to the last byte. A slow but steady response that V1 accepted may fail now.",
  },
  "head-result": {
    short:
      "The code does not show the method: for HEAD, V1 gave the headers as the result; now the result is an empty text.",
    long: "The HTTP client inside V1's LpClient gave the headers of the answer to HEAD. Where the code shows HEAD, the file is refused instead.",
  },
  "lower-case-method": {
    short:
      "V1 followed redirects of this request, without its body, because its method is in lower case; now they are not followed.",
    long: "V1's HTTP client compared the method as you wrote it: it followed redirects of `post`, `put`, `patch` and `delete`, but not of `POST`. Now the response with the redirect is the result.",
  },
  "get-with-body": {
    short: "fetch rejects a GET or HEAD with a body, which V1 sent; make sure that this request has none.",
    long: "The code does not show the method or the body of this request. fetch rejects a GET or HEAD with a body before it sends anything. Where the code shows such a request, the file is refused instead.",
  },
  "http-error-shape": {
    short: "The error of a status outside 2xx keeps {{kept}}; V1's StatusCodeError had the request and the response.",
    long: "The new error carries its message, which the platform passes on, and the fields that the file reads.",
  },
  "status-error-text": {
    short: "The error text of a status now holds the response as it came; V1 parsed it and wrote it as JSON again.",
    long: "Only where nobody uses the response. JSON without blanks reads the same, a plain text has no quotes, and an empty response gives nothing.",
  },
  "plain-status-error": {
    short:
      "A status outside 2xx throws an Error that says `Request failed with status …`; V1's StatusCodeError had the status, the body and the response as well.",
    long: "Only with `--style idiomatic`. The error has `error.statusCode` where the file reads it. Where the file reads the text, body or response of the error (`error.error`, `error.response`), its requests keep the faithful form. Whoever calls the function gets the new error.",
  },
  "strict-json": {
    short: "An answer that is empty or not JSON throws a SyntaxError; V1 gave `undefined` or the text.",
    long: "Only with `--style idiomatic`. `response.json()` accepts nothing but JSON.",
  },
  "accept-not-sent": {
    short:
      "The request no longer sends `Accept: application/json`; a server that reads this header may answer in another format.",
    long: "Only with `--style idiomatic`. V1's option `json` sent this header; fetch sends `accept: */*`.",
  },
  "redirects-followed": {
    short:
      "fetch follows redirects of this request; V1 gave the answer with the redirect as the result, or as an error.",
    long: "Only with `--style idiomatic`. V1's HTTP client followed redirects of GET, HEAD, OPTIONS and methods in lower case. fetch follows redirects of every method; after 301 to 303, it continues a POST with GET.",
  },
  "redirect-with-body": {
    short: "After a redirect, fetch sends the body again; V1 did not, because the method is in lower case.",
    long: "Only with `--style idiomatic`. V1's HTTP client compared the method as you wrote it: it followed redirects of `post`, `put`, `patch` and `delete`, but not of `POST`, with the same method and without the body. fetch keeps method and body; only a POST with 301 to 303 continues with GET.",
  },
  "form-spaces": {
    short: "URLSearchParams writes the form: a space as `+`; V1 wrote `%20`. Servers read both the same.",
    long: "All fields of the form are texts and numbers in the code. `!`, `'`, `(`, `)` and `~` are encoded differently too. If you sign the text of the form, sign the new text.",
  },
  "cookies-as-text": {
    short: "If a response sets several cookies, `headers` has the last one, as a text; V1 gave a list.",
    long: "Only with `--style idiomatic`, where the code uses all headers, or names that the code does not show. `response.headers.getSetCookie()` gives the list.",
  },
  "form-encoding": {
    short:
      "URLSearchParams writes the form: a space as `+`, and `undefined`, `null`, lists and dates as plain text; V1 left such values out or split them.",
    long: "Only with `--style idiomatic`. Servers read texts and numbers the same; `~` and `*` are encoded differently too.",
  },
  "query-encoding": {
    short:
      "URLSearchParams writes the query: a space as `+`, and `undefined`, `null`, lists and dates as plain text; V1 left such values out or split them, and merged the query with one in the URL.",
    long: "Only with `--style idiomatic`, and only where the URL in the code has no query.",
  },
  "text-content-type": {
    short: "fetch sends a text as `text/plain;charset=UTF-8`; V1 sent it without a content type.",
    long: "Only with `--style idiomatic`, for a text body without a content type.",
  },
  "undefined-header": {
    short: "A header without a value is sent as the text `undefined`; V1 left it out.",
    long: "Only with `--style idiomatic`, for header values that may be missing at run time.",
  },
  "undefined-body": {
    short: "If the body is `undefined`, the request still says that it sends JSON; V1 then sent no content type.",
    long: "Only with `--style idiomatic`, for bodies that may be missing at run time.",
  },
  "unchecked-credentials": {
    short:
      "User and password are sent unchecked; V1 read a missing password as empty, and rejected values that are not strings.",
    long: "Only with `--style idiomatic`, for credentials that may be missing, or not strings, at run time.",
  },
  "secret-error-shape": {
    short: "A failed secret read is a ToolBeltError with the same code; V1 gave a SecretError.",
    long: "Code and meaning are the same; the message has other words.",
  },
  "full-response-shape": {
    short: "The code hands on the response as `{ statusCode, headers, body }`; V1 added the request, with its headers.",
    long: "As JSON, V1's response object held the request, credentials included. The headers are now sorted by name; V1 kept the order in which the server sent them.",
  },
  "headers-sorted": {
    short: "The headers are sorted by name here; V1 gave them in the order in which the server sent them.",
    long: "fetch lists response headers by name; V1's client listed them in the order of the server. Both write the names in lower case. You notice it where the code lists all headers, writes them as a text, or returns them.",
  },
  "client-error-shape": {
    short: "Errors of {{name}} are ToolBeltErrors with other messages; V1 gave plain errors.",
    long: "What fails in V1 fails in V2 too. Type, code and wording differ; a comparison with the old wording is refused.",
  },
  "client-error-text": {
    short: "V2 writes `{{modern}}` where V1 wrote `{{legacy}}`; the comparison was adapted.",
    long: "Some texts and codes of V1's errors differ in one word from those of V2.",
  },
  "secret-error-class": {
    short: "V2's class for errors of all toolbelt clients is ToolBeltError; `component` tells the client.",
    long: "`SecretError` is not exported by the V2 toolbelt. The condition is true for the same errors as before.",
  },
  "gdpr-authorization": {
    short: "V2 signs in once for all files and skips entries without a path; V1 signed in for each file.",
    long: "The files of all records are still replaced, in the same order.",
  },
  "service-name": {
    short: "The service `{{legacy}}` is called `{{modern}}` in V2.",
    long: "The platform finds services by their exact names. `LpServices.AUDITLOG` has the new name in V2; a text in a call of LpClient is changed.",
  },
  "salesforce-transport": {
    short:
      "jsforce connects to Salesforce itself; V1's SFClient added headers and a proxy, and did not verify certificates.",
    long: "V1's SFClient changed how jsforce sends requests. A plain jsforce connection does not. V2 has `connectToSalesforce` too, but calls it deprecated and recommends jsforce.",
  },
  "implicit-global": {
    short:
      "Nothing declared `{{name}}`, so V1 made it a global that all invocations of an instance share; now it is declared {{where}}.",
    long: "An ES module throws a ReferenceError when it assigns a variable that nothing declares. If every invocation assigns the variable before it reads it, and nothing reads it later, the declaration goes into the function: invocations that run at the same time no longer overwrite each other's value. Otherwise it goes to module level, and the variable keeps its value between invocations, as in V1. It is no longer a property of the global object.",
  },
  "environment-name": {
    short: "The environment variable `{{name}}` is called `{{modern}}` in V2; its value is the same.",
    long: "V2 sets the platform's own variables under other names. A variable that the function's `config.json` defines keeps its name.",
  },
  "environment-whole": {
    short:
      "The code reads all environment variables here, or one whose name the code does not show; V2 gives the platform's own variables other names.",
    long: "`BRAND_ID` is `X_LIVEPERSON_BRAND_ID` and `LAMBDA_UUID` is `X_LIVEPERSON_FUNCTION_UUID`. If the file also names one of them, it is refused, because that may be a read that can't be followed.",
  },
  "mtls-client": {
    short: "MTLSClient gives header names in lower case and joins values of one header; its failures are MTLSErrors.",
    long: "The results have the same members as in V1. Several values of one header come as one text with commas, and errors are ToolBeltErrors with other codes.",
  },
  "mtls-timeout": {
    short: "`timeout` limits the whole request in V2 and fails with a code of its own.",
    long: "V2 aborts the request with an MTLSError when the time is over, whatever the request waits for.",
  },
  "mtls-json-body": {
    short: "With `json: true` V2 encodes this body whatever it is: a text becomes a JSON string.",
    long: "The documentation does not say whether V1 encoded a text a second time. For objects, both send the same JSON.",
  },
  "orchestrator-body": {
    short: "V2 gives `body` as text unless `json: true` is set; V1 did not document which one it gave. {{what}}",
    long: "The migration adds `json: true` where the function reads members of the body: a text has none. Where the function parses the body, or only hands it on, the call stays as it is.",
  },
  "orchestrator-errors": {
    short:
      "Functions of V2 fail with `{ code, message }`; V1 gave `{ errorCode, errorMsg }`, and the client's errors differ.",
    long: "In V2 the body of a failed invocation has other members. The client throws OrchestratorErrors, stops at the first failed invocation (unless `errorStrategy` says otherwise), counts `retries` as all attempts, and changes the invocation objects that you pass.",
  },
  "lp-client-oauth2": {
    short: "LpClient authorises with OAuth 2 and asks for an access token first; V1 signed each request with OAuth 1.",
    long: "The V2 client exchanges the credentials in the secret for an access token, keeps the token, and sends it with each request. When the credentials are not accepted, the request fails with another error than in V1.",
  },
  "lp-client-error-shape": {
    short: "A failed look-up of service or credentials is a ToolBeltError; V1 gave errors of other types and texts.",
    long: "An unknown service, a missing secret, or a secret of the wrong form fail before the client sends the request, as in V1, but with other messages and codes.",
  },
  "lp-client-per-secret": {
    short: "Calls with another secret got their own LpClient; V2 keeps one access token per client.",
    long: "V1 read the secret again for every call. One client of V2 would use the token of the first secret for all calls.",
  },
  "domain-list-dropped": {
    short: "`whitelist` is removed, V2 has no list of domains; it held {{domains}}.",
    long: "In V1, settings.json listed the domains that functions could call when they ran locally. V2 has no such list. It is removed when all functions next to it are migrated.",
  },
} satisfies Record<string, RemarkKind>);

export type DifferenceId = keyof typeof differences;
