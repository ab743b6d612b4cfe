import { table } from "./remark-kind.ts";
import type { RemarkKind } from "./remark-kind.ts";
import { requestDifferences } from "./request-differences.ts";

/** Intended differences between V1 and V2 behaviour; each run lists those that it makes. */
export const differences = table({
  "secrets-cached": {
    short: "Secrets are cached for five minutes; V1 read them again each time.",
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
    short: "This secret is read again each time, as in V1, because it may change between two reads.",
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
  "secret-error-shape": {
    short: "A failed secret read is a ToolBeltError with the same code; V1 gave a SecretError.",
    long: "Code and meaning are the same; the message has other words.",
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
  "engine-error-text": {
    short:
      "JavaScript's own error for a missing value names what your code asked for; yours now asks for something else.",
    long: "No migration does this. `faas-migrate verify` accepts it where a person wrote the code anew: `items.map(…)` and a loop up to `items.length` both fail with a TypeError when there are no items, but its text says `reading 'map'` or `reading 'length'`. Look at it if somebody reads that text.",
  },
  "answers-later": {
    short: "The function answers after the code behind the callback has run; V1 answered first and then went on.",
    long: "In V1 a function could call back and continue. An async function answers when it ends, so the caller waits for the rest. The answer itself is the same, and errors of the rest are ignored as before.",
  },
  "error-object": {
    short: "A thrown value that is not an Error becomes one here: its text is the message, its fields are kept.",
    long: "V2 swallows a thrown value that is not an Error: the caller gets an empty answer. So a text becomes the message of an Error. An object gives its message and its fields; without a message, the object as JSON is the message. An Error stays as it is. An object without a message that JSON can't hold (it refers to itself, or holds a BigInt) ended the V1 process; now the function fails with a TypeError that says so.",
  },
  ...requestDifferences,
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
