import { table } from "./remark-kind.ts";
import type { RemarkKind } from "./remark-kind.ts";

/** Intended differences between V1 and V2 behaviour; each run lists those that it makes. */
export const differences = table({
  "secrets-cached": {
    short: "Secrets are cached for five minutes; V1 read them anew each time.",
    long: "The V2 SecretClient caches, and gives a value that reads as JSON (a number, `true`, `null`) as what it means. Pass `{ useCache: false }` where a change by someone else must be seen at once.",
  },
  "token-kept": {
    short: "This client serves all invocations now, with the access token that it got first; V1 signed each call anew.",
    long: "The V2 LpClient fetches an access token and keeps it as long as it is valid. In module scope, where the platform recommends it, the token is shared by all invocations of an instance.",
  },
  "luxon-3": {
    short:
      "V2 has luxon 3, V1 had luxon 1; calls that are known to differ are refused, a few can't be told from the code.",
    long: "Luxon 1.28.1 and 3.7.2 were compared in 215,000 calls. What surely differs is refused. What can't be told from the code: `Duration#normalize` keeps one sign for all units, `Duration#toFormat` and `as` count years and weeks otherwise, `Duration.fromISO` reads fractions, `toRelativeCalendar` looks at time zones, and options or formats that are built at run time may hold what is refused elsewhere.",
  },
  "jsforce-node": {
    short:
      "jsforce is `@jsforce/jsforce-node` in V2, which asks for version 50.0 of the Salesforce API where no `version` is given.",
    long: "Results and errors of the calls that are followed were the same with jsforce 1.11.1 and `@jsforce/jsforce-node` 3.10.16 against one server. jsforce 1 asked for version 42.0. Pass `version` to the connection to choose.",
  },
  "es-toolkit": {
    short: "`es-toolkit/compat` takes the place of lodash, because `--packages es-toolkit` was given.",
    long: "`es-toolkit/compat` is made to behave as lodash does, and is tested against lodash's own tests by its authors. The two are different code all the same.",
  },
  "secret-read-anew": {
    short: "This secret is read anew each time, as in V1, because it may change between two reads.",
    long: "The file writes the secret, waits for a change of it, or looks at it a second time. `{ useCache: false }` keeps the cache out of it; where that is not needed, take it away.",
  },
  "secret-update": {
    short: "`updateSecret` takes 16384 characters in V2 (10000 in V1), gives a new entry, and fails with other codes.",
    long: "The limit counts the value as JSON. The result is a new object with key and value instead of the argument itself. A secret that does not exist fails with `not-found` instead of `op-failed`. Secrets whose names begin with `LIVEPERSON_DEFAULT_` can't be written.",
  },
  "secrets-parallel": {
    short: "These secrets are read at the same time; V1 read one after the other and stopped at the first that failed.",
    long: "Reads that don't depend on each other run in parallel, as the platform recommends. When one fails, the others have been started already; when several fail, the error is that of the one whose answer came first.",
  },
  "secrets-written-together": {
    short: "These secrets are written at the same time; V1 stopped at the first that failed and left the others alone.",
    long: "Writes of different secrets run in parallel, as the platform's examples do it; the faithful style keeps them one after the other. When one fails, the others have been started already, and stay written.",
  },
  "never-settles": {
    short:
      "A path ends without calling back: V1 ran into its time-out; V2 resolves with `undefined`, or fails with the error that nobody caught.",
    long: "In V1 an invocation that never called back failed after thirty seconds. An async function that ends resolves; and where V1 left a rejected promise alone, V2 waits for it and fails with its error.",
  },
  "early-error": {
    short:
      "The function called here is async now: an error that it raises before it waits for anything no longer reaches this `catch`, and the invocation fails with it.",
    long: "A plain function throws to its caller; an async one rejects. V1's function started a request and called back later, so a `catch` around its call heard only what went wrong while the request was put together: a value that is missing, for one. Errors of the request itself are handled where they were.",
  },
  "argument-error": {
    short:
      "For arguments that the function called here does not take, V1 threw instead of calling back; now the code that handles its errors gets that error too.",
    long: "Functions of Node.js check their arguments before they begin: `fs.readFile(undefined, …)` throws at once, and its callback is never called. The promise in its place rejects, so the code that handles a failed call gets this error as well.",
  },
  "helper-error": {
    short:
      "This function returns a promise now: what it threw instead of calling back goes where its errors are handled, and an error of the code behind its call no longer comes back to it, nor to a `catch` around it.",
    long: "A function of the file with a callback may fail before it calls back: V1 threw to the code that called it. The promise in its place rejects, so the code that handles a failed call gets that error too. The other way round, a function that calls back inside a `try`, or in front of a `.catch`, heard what its callback threw, and called back once more with that; such an error now ends the invocation at once.",
  },
  "answers-later": {
    short: "The function answers after the code behind the callback has run; V1 answered at once and went on.",
    long: "In V1 a function could call back and go on working. An async function answers when it ends, so the caller waits for the rest. The answer itself is the same, and errors of the rest are ignored as before.",
  },
  "error-object": {
    short: "A thrown value that is not an Error becomes one here: its text is the message, its fields are kept.",
    long: "The V2 runtime swallows thrown values that are not Errors: the caller gets an empty answer. A text becomes the message of an Error; an object gives its message and its fields, and is the message as JSON where it has none; an Error stays what it is. An object without a message that can't be written as JSON, because it holds itself or a BigInt, ended the process of V1; the function fails with the TypeError that says so.",
  },
  "client-headers": {
    short: "V1 sent the headers LP-URL and User-Agent of its own with this request; fetch sends its own User-Agent.",
    long: "The HTTP client added `LP-URL` (the brand) and `User-Agent: LP-Lambda-…` to requests without headers of their own.",
  },
  "headers-at-run-time": {
    short:
      "The names of these headers are known at run time only: fetch leaves out a `Host` of yours, sends several values of one name as one, and adds `cache-control: no-cache` to a conditional request.",
    long: "V1 sent `Host` as it was given, and a list as one header line for each value. fetch sends the host of the URL, and joins a list with commas. Where the code shows such a header, the file is refused instead. Beside `If-None-Match` and its like, fetch sends `pragma: no-cache` and `cache-control: no-cache`; where the code shows one, `conditional-headers` tells its place.",
  },
  "transform-outside": {
    short:
      "`transform` is called with the result now: it does not see answers that reject, and its errors stay what they are.",
    long: "The HTTP client called it for every answer unless `transform2xxOnly` was set, and wrapped what it threw in a TransformError. It does nothing outside of itself, or it is refused.",
  },
  "header-not-sent": {
    short: "The header `{{name}}` is left out: fetch sets it by itself, to what is right for its connection and body.",
    long: "fetch lets nobody choose `Connection`, `Keep-Alive` and `Content-Length`. V1 sent them as they were given.",
  },
  "redirect-limit": {
    short: "`maxRedirects` is left out: fetch follows up to 20 redirects.",
    long: 'The HTTP client gave up at the number that was given. fetch has a limit of its own. `maxRedirects: 0` becomes `redirect: "error"`.',
  },
  "post-redirected-again": {
    short: "After a redirect with status 308, fetch sends the POST again; V1 went on with GET.",
    long: "With `followAllRedirects` the HTTP client followed redirects of a POST, and went on with GET behind each but 307. fetch does the same but for 308.",
  },
  "conditional-headers": {
    short: "Beside this header, fetch sends `pragma: no-cache` and `cache-control: no-cache` as well.",
    long: "fetch takes a request with `If-None-Match`, `If-Modified-Since`, `If-Unmodified-Since`, `If-Match` or `If-Range` for one that manages its own cache, and tells caches on the way not to answer it. V1 added nothing. A `Pragma` or `Cache-Control` that the request has of its own stays as it is.",
  },
  "network-error-shape": {
    short: "A network failure is a TypeError `fetch failed` with the cause in `error.cause`; V1 gave a RequestError.",
    long: "Host not found, connection refused or reset, an invalid URL, credentials that are not strings: request-promise and fetch reject with different errors.",
  },
  "fetch-transport": {
    short:
      "fetch differs from the V1 client in transport: up to 20 redirects instead of 10, other headers after a redirect, headers of its own, characters of an address encoded in another way, no byte order mark in texts.",
    long: "fetch adds `accept-language`, `accept-encoding` and `sec-fetch-mode`, and `accept: */*` where none is given; it sends no `referer` after a redirect, keeps the `content-type` of a GET over a redirect (V1 took it away, but for 307), goes on with GET where an OPTIONS request is answered with 303, drops Authorization when protocol or port change, drops Cookie when host, protocol or port change (V1 kept it), and gives up after 20 hops instead of 10; it writes header values beyond ASCII as Latin-1 where V1 wrote them as UTF-8 in front of a body; it normalises paths, encodes characters beyond ASCII in an address (V1 sent them raw) and leaves `{`, `}`, `|` and `^` in a query as they are (V1 encoded them), rejects an address that holds credentials, sends no `Host` header of yours, unpacks compressed answers also when the server was not asked for them, and removes a byte order mark from a text. A body that refers to itself was sent as `[Circular ~]` in V1 and is an error now.",
  },
  "proxy-ignored": {
    short: "V1 looked at `{{name}}` for the proxy of its requests; fetch takes none from the environment.",
    long: "The HTTP client read `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`, in capitals or not, before each request. fetch connects directly. Where the file itself sets a proxy, it is refused instead.",
  },
  "error-read": {
    short: "`{{shown}}` is of V1's errors: {{advice}}.",
    long: "The HTTP client rejected with a RequestError, which had the cause in `error.error` and `error.cause`, and with a StatusCodeError; both had the request in `error.options`. fetch rejects with a TypeError `fetch failed` whose `cause` has a code (`ECONNREFUSED`, `ENOTFOUND`, `UND_ERR_SOCKET` for a connection that was cut), with a TypeError for an invalid address, and with a TimeoutError without a cause. A read through what is not there throws: make sure that the place takes all three.",
  },
  "listed-error": {
    short:
      "All fields of the error go along here: that of a failed connection has none that can be listed any more, that of a status no `message` and no `options`. Name what is needed: `{ message: error.message }`.",
    long: "V1's errors of requests listed `name`, `message`, `error`, `options` and `response`. A copy (`{ ...error }`, `Object.assign({}, error)`), `Object.keys`, `JSON.stringify`, and an error that is a part of the result or of a body hold only what can be listed. V1 gave `options` with the headers of the request away with it, credentials included.",
  },
  "timeout-deadline": {
    short:
      "`timeout` limits the whole request now and rejects with a TimeoutError; V1 limited the wait for the connection and between bytes.",
    long: "`AbortSignal.timeout` is a deadline from the call to the last byte. A slow but steady answer that V1 accepted can run into it.",
  },
  "head-result": {
    short:
      "The method is known at run time only: HEAD gave the headers as the result in V1, and gives an empty text now.",
    long: "The HTTP client below LpClient of V1 gave the headers of an answer to HEAD. Where the code shows that HEAD is sent, the file is refused instead.",
  },
  "lower-case-method": {
    short:
      "V1 followed redirects of a request whose method was written in lower case, without its body; they are not followed now.",
    long: "The HTTP client compared the method as it was written, so `post`, `put`, `patch` and `delete` were followed where `POST` was not. The answer with the redirect itself is the result now.",
  },
  "get-with-body": {
    short: "A body with GET or HEAD, which V1 sent, is rejected by fetch; make sure that this request has none then.",
    long: "The method or the body of this request is known at run time only. fetch rejects a GET or HEAD with a body before anything is sent. Where the code shows that such a request is sent, the file is refused instead.",
  },
  "http-error-shape": {
    short: "The error of a status outside 2xx keeps {{kept}}; V1's StatusCodeError had the request and the response.",
    long: "The new error carries its message, which is what the platform passes on, and what the file reads of it besides.",
  },
  "status-error-text": {
    short: "The text of the error of a status holds the answer as it came; V1 parsed it and wrote it as JSON again.",
    long: "Only where nobody uses the answer. JSON without blanks reads the same, a plain text stands without quotes, and nothing for an empty answer.",
  },
  "plain-status-error": {
    short:
      "A status outside 2xx throws an Error that says `Request failed with status …`; V1's StatusCodeError had the status, the body and the response as well.",
    long: "Only with `--style idiomatic`. `error.statusCode` is there where the file reads it. Where it reads the text of the error, its body or its response (`error.error`, `error.response`), its requests keep the faithful form. Whoever calls the function gets the new error.",
  },
  "strict-json": {
    short: "An answer that is empty or not JSON throws a SyntaxError; V1 gave `undefined` or the text.",
    long: "Only with `--style idiomatic`. `response.json()` accepts nothing but JSON.",
  },
  "accept-not-sent": {
    short:
      "The request does not say `Accept: application/json` any more; servers that choose by it may answer in another format.",
    long: "Only with `--style idiomatic`. The option `json` of the HTTP client sent that header; fetch sends `accept: */*`.",
  },
  "redirects-followed": {
    short:
      "fetch follows redirects of this request; V1 gave the answer with the redirect as the result, or as an error.",
    long: "Only with `--style idiomatic`. The HTTP client followed redirects of GET, HEAD and OPTIONS, and of methods written in lower case; fetch follows those of every method, 301 to 303 of a POST with GET.",
  },
  "redirect-with-body": {
    short:
      "After a redirect, fetch sends the body of this request again; V1, whose method was written in lower case, went on without it.",
    long: "Only with `--style idiomatic`. The HTTP client compared the method as it was written, so `post`, `put`, `patch` and `delete` were followed where `POST` was not, with the same method and without the body. fetch keeps method and body, but for 301 to 303 of a POST, which it follows with GET.",
  },
  "form-spaces": {
    short: "The form is written by URLSearchParams, a space as `+`; V1 wrote `%20`. Servers read both alike.",
    long: "Its fields are texts and numbers, each written out. `!`, `'`, `(`, `)` and `~` are encoded in another way as well. Who signs the text of the form has to sign the new one.",
  },
  "cookies-as-text": {
    short: "Of several cookies that an answer sets, the last one stands in `headers`, as a text; V1 gave a list.",
    long: "Only with `--style idiomatic`, where the headers are used as a whole, or by names that are known at run time only. `response.headers.getSetCookie()` gives the list.",
  },
  "form-encoding": {
    short:
      "The form is written by URLSearchParams: a space as `+`, and `undefined`, `null`, lists and dates as plain text; V1 left out or took apart such values.",
    long: "Only with `--style idiomatic`. For texts and numbers every server reads both alike; `~` and `*` are encoded in another way as well.",
  },
  "query-encoding": {
    short:
      "The query is written by URLSearchParams and put behind the URL: a space as `+`, and `undefined`, `null`, lists and dates as plain text; V1 left out or took apart such values, and merged a query that the URL had.",
    long: "Only with `--style idiomatic`, and only where nothing that is written out in the URL is a query.",
  },
  "text-content-type": {
    short: "fetch sends a text as `text/plain;charset=UTF-8`; V1 sent it without a content type.",
    long: "Only with `--style idiomatic`, for a text as body without a content type of its own.",
  },
  "undefined-header": {
    short: "A header without a value is sent as the text `undefined`; V1 left it out.",
    long: "Only with `--style idiomatic`, for header values that may be missing at run time.",
  },
  "undefined-body": {
    short:
      "Where the body is `undefined`, the request says that it sends JSON all the same; V1 sent no content type then.",
    long: "Only with `--style idiomatic`, for bodies that may be missing at run time.",
  },
  "unchecked-credentials": {
    short:
      "User and password are sent as they are; V1 left a missing password empty, and rejected other values that are not strings.",
    long: "Only with `--style idiomatic`, for credentials that may be missing or no texts at run time.",
  },
  "secret-error-shape": {
    short: "A failed secret read is a ToolBeltError with the same code; V1 gave a SecretError.",
    long: "Code and meaning are the same, the message is worded differently.",
  },
  "full-response-shape": {
    short: "The response is handed on as `{ statusCode, headers, body }`; V1 added the request, with its headers.",
    long: "V1's response object turned into JSON with the request in it, credentials included. The headers are sorted by name now; V1 gave them in the order in which the server sent them.",
  },
  "headers-sorted": {
    short: "The headers are sorted by name here; V1 gave them in the order in which the server sent them.",
    long: "fetch lists the headers of an answer by name, V1's client listed them as they came; the names are in lower case with both. It shows where all of them are listed, written as a text, or part of the result.",
  },
  "client-error-shape": {
    short: "Errors of {{name}} are ToolBeltErrors with other messages; V1 gave plain errors.",
    long: "What fails in V1 fails in V2 too. Type, code and wording differ; comparisons with the old wording are refused.",
  },
  "client-error-text": {
    short: "V2 writes `{{modern}}` where V1 wrote `{{legacy}}`; the comparison was adapted.",
    long: "Some texts and codes of V1's errors differ from those of V2 in one word.",
  },
  "secret-error-class": {
    short: "V2's class for errors of all toolbelt clients is ToolBeltError; `component` tells the client.",
    long: "`SecretError` is not exported by the V2 toolbelt. The condition is true for the same errors as before.",
  },
  "gdpr-authorization": {
    short: "V2 signs in once for all files and passes over entries without a path; V1 signed in for each file.",
    long: "The files of all records are still replaced, in the same order.",
  },
  "service-name": {
    short: "The service `{{legacy}}` is called `{{modern}}` in V2.",
    long: "Services are looked up by their exact names. `LpServices.AUDITLOG` has the new name in V2; a text in a call of LpClient is adapted.",
  },
  "salesforce-transport": {
    short:
      "jsforce connects to Salesforce by its own means; V1's SFClient added headers and a proxy, and did not verify certificates.",
    long: "SFClient of V1 changed the transport of jsforce. A connection of jsforce itself has none of that. `connectToSalesforce` of V2 is deprecated in favour of it.",
  },
  "implicit-global": {
    short:
      "`{{name}}` was declared nowhere, so V1 made it a global that all invocations of an instance share; now it is declared {{where}}.",
    long: "An ES module throws a ReferenceError where a variable is assigned that nothing declares. Where every invocation assigns the variable before it reads it, and nothing reads it later, it is declared in the function: then invocations that run at the same time no longer overwrite it for each other. Otherwise it is declared at module level and keeps its value between invocations, as in V1. It is no property of the global object any more.",
  },
  "environment-name": {
    short: "The environment variable `{{name}}` is called `{{modern}}` in V2; its value is the same.",
    long: "V2 sets the platform's own variables under other names. A variable that the function's `config.json` defines itself keeps its name.",
  },
  "environment-whole": {
    short:
      "The environment is read as a whole here, or by a name known at run time only; V2 gives the platform's own variables other names.",
    long: "`BRAND_ID` is `X_LIVEPERSON_BRAND_ID` and `LAMBDA_UUID` is `X_LIVEPERSON_FUNCTION_UUID`. Where the file names one of them besides, it is refused, because that may be a read which can't be followed.",
  },
  "mtls-client": {
    short: "MTLSClient gives header names in lower case with their values joined; its failures are MTLSErrors.",
    long: "The results have the same members as in V1. Several values of one header come as one text with commas, and errors are ToolBeltErrors with codes of their own.",
  },
  "mtls-timeout": {
    short: "`timeout` limits the whole request in V2 and fails with a code of its own.",
    long: "V2 aborts the request when the time is over, whatever it waits for, with an MTLSError.",
  },
  "mtls-json-body": {
    short: "With `json: true` V2 encodes this body whatever it is: a text becomes a JSON string.",
    long: "Whether V1 encoded a text once more is not documented. For objects both send the same JSON.",
  },
  "orchestrator-body": {
    short: "V2 gives `body` as text unless `json: true` is set; V1 did not document which one it gave. {{what}}",
    long: "`json: true` is added where the function reads members of the body, which a text does not have. Where it parses the body, or only hands it on, the call stays as it is.",
  },
  "orchestrator-errors": {
    short:
      "Functions of V2 fail with `{ code, message }`; V1 gave `{ errorCode, errorMsg }`, and the client's errors differ.",
    long: "The body of a failed invocation has other members in V2. The client throws OrchestratorErrors, stops at the first failed invocation unless `errorStrategy` says otherwise, counts `retries` as attempts in all, and changes the invocation objects that it gets.",
  },
  "lp-client-oauth2": {
    short: "LpClient authorises with OAuth 2 and asks for an access token first; V1 signed each request with OAuth 1.",
    long: "The V2 client exchanges the credentials of the secret for an access token, keeps it, and sends it with each request. A request whose credentials are not accepted fails in another way than in V1.",
  },
  "lp-client-error-shape": {
    short: "A failed look-up of service or credentials is a ToolBeltError; V1 gave errors of other types and texts.",
    long: "An unknown service, a missing secret, or a secret of the wrong form fail before the request is sent, as in V1, with other messages and codes.",
  },
  "lp-client-per-secret": {
    short: "Calls with another secret got an LpClient of their own; V2 keeps one access token per client.",
    long: "V1 read the secret anew for every call. A client of V2 would use the token of the first secret for all of them.",
  },
  "domain-list-dropped": {
    short: "`whitelist` is dropped, V2 has no list of domains; it held {{domains}}.",
    long: "In V1, settings.json listed the domains which functions could call when they ran locally. V2 knows no such list. It is dropped when no function beside it is V1 any more.",
  },
} satisfies Record<string, RemarkKind>);

export type DifferenceId = keyof typeof differences;
