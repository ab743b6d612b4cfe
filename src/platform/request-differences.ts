import { table } from "./remark-kind.ts";
import type { RemarkKind } from "./remark-kind.ts";

/** What fetch does in another way than the HTTP client of V1, in both styles. */
export const requestDifferences = table({
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
  "credentials-not-sent": {
    short:
      "If user or password is not a string, V1 rejected this request but still sent it; now it is rejected and not sent.",
    long: "V1's HTTP client sent credentials made of what it got: of a number, an object, or a missing value. Without user and token, it sent none. Nothing in the code got the response. If the code shows that both values are strings, this does not apply.",
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
    long: "The request fails because the host is not found, the connection is refused or reset, the URL is invalid, or the credentials are not strings. request-promise and fetch reject with different errors. V1 rejected a body without bytes (an empty Buffer or list) too, but still sent it.",
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
  "multipart-form": {
    short:
      "A line break in a text of this multipart form is sent as CR LF, V1 sent it as it was; a missing value fails with another text.",
    long: "`FormData` writes every line break in a text as CR LF, as browsers do. Send texts whose line breaks count as files. V1 failed at a missing value with a TypeError of its own code.",
  },
  "form-spaces": {
    short:
      "URLSearchParams writes the form: a space as `+`, `~` as `%7E`, `*` as `*`; V1 wrote `%20`, `~`, `%2A`. Servers read both the same.",
    long: "All fields of the form are texts and numbers in the code. All other characters are encoded as in V1. If you sign the text of the form, sign the new text.",
  },
  "cookies-as-text": {
    short: "If a response sets several cookies, `headers` has the last one, as a text; V1 gave a list.",
    long: "Only with `--style idiomatic`, where the code uses all headers, or names that the code does not show. `response.headers.getSetCookie()` gives the list.",
  },
  "form-encoding": {
    short:
      "URLSearchParams writes the form: a space as `+`, and `undefined`, `null`, lists, objects and dates as plain text; V1 left such values out or split them.",
    long: "Only with `--style idiomatic`. Servers read texts and numbers the same; `~` and `*` are encoded differently too.",
  },
  "query-encoding": {
    short:
      "URLSearchParams writes the query: a space as `+`, and `undefined`, `null`, lists, objects and dates as plain text; V1 left such values out or split them, and merged the query with one in the URL.",
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
      "User, password and token are sent unchecked; V1 read a missing password as empty, and rejected a missing token and other values that are not strings.",
    long: "Only with `--style idiomatic`, for credentials that may be missing, or not strings, at run time.",
  },
  "full-response-shape": {
    short: "The code hands on the response as `{ statusCode, headers, body }`; V1 added the request, with its headers.",
    long: "As JSON, V1's response object held the request, credentials included. The headers are now sorted by name; V1 kept the order in which the server sent them.",
  },
  "headers-sorted": {
    short: "The headers are sorted by name here; V1 gave them in the order in which the server sent them.",
    long: "fetch lists response headers by name; V1's client listed them in the order of the server. Both write the names in lower case. You notice it where the code lists all headers, writes them as a text, or returns them.",
  },
} satisfies Record<string, RemarkKind>);
