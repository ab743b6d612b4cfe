/** A kind of remark: its sentence, with `{{name}}` for what differs from place to place, and its paragraph for the docs. */
export interface RemarkKind {
  /** One sentence: what is so, and what to do. */
  readonly short: string;
  /** The paragraph in docs/reasons.md. */
  readonly long: string;
}

function table<const Ids extends string>(kinds: Record<Ids, RemarkKind>): Readonly<Record<Ids, RemarkKind>> {
  return Object.freeze(kinds);
}

/** Why a file needs a person. Closed list: whatever is not converted has one of these. */
export const reasons = table({
  "syntax-error": {
    short: "The file does not parse: {{message}}. Correct it, then run again.",
    long: "The file is not valid JavaScript, so nothing can be said about what it does. Placeholders such as `...` in pasted samples are the usual cause.",
  },
  "binary-file": {
    short: "The file holds binary data and is left alone.",
    long: "A NUL byte was found; a function file is text.",
  },
  "not-utf-8": {
    short: "The file is not valid UTF-8 and is left alone; convert it, then run again.",
    long: "Reading it as UTF-8 and writing it back would change its bytes.",
  },
  "config-syntax": {
    short: "The file is no valid JSON ({{message}}). Correct it, then run again.",
    long: "The platform's command line reads config.json as strict JSON, without comments and without a comma behind the last entry.",
  },
  "config-shape": {
    short:
      "In V1's form `environmentVariables` is a list of `{ key, value }`, but {{what}}; correct it, then run again.",
    long: "V1 keeps the environment variables of a function as a list of entries with exactly `key` and `value`, both texts; V2 as one object. What has another form can't be converted without a guess.",
  },
  "variable-twice": {
    short: "The variable `{{name}}` stands in the list before, with another value; keep the one that is meant.",
    long: "An object has one value for each name. When a V1 function runs locally, the last entry wins; what the cloud did with two is not known.",
  },
  "variable-without-name": {
    short: "This variable has a value but no name, so no code can read it; it is left out.",
    long: "The list of V1 can hold an entry whose `key` is empty. No function can read it. An entry that is empty altogether, as the command line's template has it, is left out without a word.",
  },
  "config-refused": {
    short: "`{{file}}` beside it could not be converted, and both change together or not at all; see there.",
    long: "A V2 function with a config.json in V1's form would be deployed with environment variables called `0`, `1` and so on. So the function waits until its config.json can be converted.",
  },
  "callback-contract-kept": {
    short: "{{why}}, so the V1 callback contract is kept inside `new Promise`; simplify by hand.",
    long: "The way in which the function calls back is not one that can be written as `return` and `throw` with the same behaviour. The original body stays as it is and is called by an adapter that keeps the V1 contract to the letter: the first call settles, only `undefined` and `null` mean success, code after the call still runs.",
  },
  "handler-shape": {
    short: "The handler {{what}}; write it as `function lambda(input, callback)` first.",
    long: "Only a top-level `lambda` with the parameters `input` and `callback` can be migrated. Default values, rest parameters, generators, reassigned parameters and the use of `arguments` change what the call means.",
  },
  "commonjs-exports": {
    short: "`{{name}}` belongs to CommonJS; a V2 function exports nothing. Remove it, then run again.",
    long: "A V2 function file has a bare top-level `lambda`. Exports that only other files can see, such as `module.exports = { lambda, helper }`, are removed. What the code itself reads from `module`, `exports`, `__dirname` or `require.main`, and functions that exist nowhere but in an export, can't go without a change.",
  },
  "unknown-package": {
    short: "How `{{name}}` must be imported in V2 is not known; replace the `require` by hand.",
    long: "A CommonJS package may offer its names as named exports, only as a default export, or not at all. The table of packages says it for those that the platform provides; for others nothing is guessed.",
  },
  "unknown-export": {
    short: "`{{name}}` is not exported by `{{source}}`; V2 would not even load the function.",
    long: "In V1 a missing or misspelt name was `undefined` until it was used. An ES module import of a missing name is a link error that takes the whole function down.",
  },
  "require-in-place": {
    short: "This `require` {{what}}, so it cannot become an import at the top of the file.",
    long: "An import runs before everything else. A `require` that is conditional, guarded by `try`, computed, relative, of JSON, or evaluated for its effect at a certain time can't move there without a change of behaviour.",
  },
  "import-name-clash": {
    short: "`{{name}}` is already taken at module level, so it cannot be imported.",
    long: "The import would need a name that the file uses for something else.",
  },
  "sloppy-mode": {
    short: "{{what}} works only in sloppy mode; a V2 function is an ES module and strict.",
    long: "V1 functions are sloppy CommonJS scripts. As an ES module the same code throws, or means something else: assignments to undeclared variables, `with`, octal literals, `delete` of a variable, `this` in a plain function, `arguments` that alias parameters, functions declared in blocks and used outside, `arguments.callee`, the CommonJS variables.",
  },
  "toolbelt-client": {
    short: "`Toolbelt.{{name}}` changed between V1 and V2 ({{how}}); migrate it by hand.",
    long: "The client exists in both toolbelts, but its arguments, results or credentials differ.",
  },
  "toolbelt-client-left": {
    short:
      "`Toolbelt.{{name}}` changed between V1 and V2 ({{how}}), and {{by}} did not run; run it in the same run as this transform.",
    long: "Whether the calls of this client were rewritten can't be told from the text, so imports are written for it only in a run that rewrites them.",
  },
  "toolbelt-member": {
    short: "`{{name}}` does not exist in the V1 toolbelt; correct the name.",
    long: "The call fails in V1 already. It is usually a misspelt client.",
  },
  "toolbelt-escapes": {
    short: "The toolbelt object {{what}}, so its use cannot be followed.",
    long: "Which clients are created can only be told when `Toolbelt` is used as `Toolbelt.Client()`.",
  },
  "environment-name": {
    short: "{{what}}, and V2 calls it `{{modern}}`; adapt it by hand.",
    long: "V2 sets the platform's own environment variables under other names. Plain reads of them are renamed; where the file sets such a variable, or makes up the name at run time, a person must say what is meant.",
  },
  "http-client-escapes": {
    short: "The HTTP client {{what}}, so its calls cannot be followed.",
    long: "Every call of an HTTPClient must be visible, because each one is rewritten by its own options.",
  },
  "http-options": {
    short: "The options of this request {{what}}, so what is sent cannot be told.",
    long: "Options are converted by an allow list. When they are not an object literal with plain keys, the list can't be applied.",
  },
  "client-escapes": {
    short: "The {{name}} {{what}}, so its calls cannot be followed.",
    long: "Every call of a client that changed between V1 and V2 must be visible, because each one is rewritten by its own arguments.",
  },
  "lp-client-without-options": {
    short: "LpClient takes its third argument apart: without one this call fails in V1 and in V2. Pass `{}` at least.",
    long: "The call rejects with a TypeError before anything is sent. It is kept as it is.",
  },
  "lp-client-path": {
    short: "The path {{path}} does not begin with a slash; V1 signed another address than it called. Correct the path.",
    long: "LpClient of V1 joined host and path with a slash for the request, but without one for the signature; V2 joins them without one.",
  },
  "lp-client-headers": {
    short: "The headers of this call {{what}}; V2 would add such a value to its own Authorization. Take it out.",
    long: "LpClient sets the Authorization header itself. V1 replaced one that was passed, V2 sends both values in one header, which the API rejects.",
  },
  "lp-client-secret": {
    short: "Whether this call uses the same secret as others of its client can't be told: {{why}}.",
    long: "LpClient of V2 keeps one access token per client, whatever secret a later call names. Calls with different secrets need a client each, so the name of the secret must be in the code.",
  },
  "http-client-left": {
    short: "The HTTP client is still in use, and V2 has none; run http-client-to-fetch first.",
    long: "Imports can only be written once every call of the HTTP client is a fetch. In a whole run the reason why a call stays is told instead.",
  },
  "global-name-taken": {
    short: "`{{name}}` is declared in this file, but the migrated code needs the global of that name; rename it.",
    long: "The code that replaces a request calls `fetch` and other globals. Where the file declares such a name for something else, the new code would get that instead.",
  },
  "http-option": {
    short: "The request option `{{name}}` {{why}}.",
    long: "Options are converted by an allow list; this one has no exact counterpart in fetch, or none that this version writes.",
  },
  "url-without-scheme": {
    short: "The URL {{url}} has no scheme; the request fails in V1 and in V2. Write `https://` in front.",
    long: "The HTTP client rejected such a URL as an invalid URI, fetch throws a TypeError. It is kept as it is: which scheme was meant is not for a tool to say.",
  },
  "undeclared-name": {
    short: "`{{name}}` is not declared anywhere; the function fails here in V1 and in V2.",
    long: "The call throws a ReferenceError. It is kept as it is, because the right name is a guess.",
  },
  "secret-returned": {
    short: "`{{name}}` comes from an authorization request and is returned whole; check that the caller should see it.",
    long: "The result of a function is visible to whoever invokes it. Samples that end with `callback(null, token)` hand the access token out.",
  },
  "double-encoded-body": {
    short:
      "With `json: true` the string body is encoded once more: V1 sent a JSON string. It is kept; check what the server expects.",
    long: "The HTTP client runs `JSON.stringify` on any body when `json` is true, on strings as well.",
  },
  "dead-callback": {
    short: "The invocation is already settled here, so this callback is never heard.",
    long: "Only the first call of the callback counts in V1.",
  },
  "secret-mutated": {
    short: "The secret that was read is changed in place; V2 shares it with every later read. Copy it first.",
    long: "The V2 client hands out the cached object itself, so a change leaks into later reads.",
  },
} satisfies Record<string, RemarkKind>);

/** Intended differences between V1 and V2 behaviour; each run lists those that it makes. */
export const differences = table({
  "secrets-cached": {
    short: "Secrets are cached for five minutes; V1 read them anew each time.",
    long: "The V2 SecretClient caches. Pass `{ useCache: false }` where a change by someone else must be seen at once.",
  },
  "token-kept": {
    short: "This client serves all invocations now, with the access token that it got first; V1 signed each call anew.",
    long: "The V2 LpClient fetches an access token and keeps it as long as it is valid. In module scope, where the platform recommends it, the token is shared by all invocations of an instance.",
  },
  "secrets-parallel": {
    short: "These secrets are read at the same time; V1 stopped at the first that failed.",
    long: "Reads that don't depend on each other run in parallel, as the platform recommends. When one fails, the others have been started already; when several fail, the error is that of the one whose answer came first.",
  },
  "never-settles": {
    short:
      "A path ends without calling back: V1 ran into its time-out; V2 resolves with `undefined`, or fails with the error that nobody caught.",
    long: "In V1 an invocation that never called back failed after thirty seconds. An async function that ends resolves; and where V1 left a rejected promise alone, V2 waits for it and fails with its error.",
  },
  "answers-later": {
    short: "The answer is given when the code behind the callback has run; V1 gave it at once and went on.",
    long: "In V1 a function could call back and go on working. An async function answers when it ends, so the caller waits for the rest. The answer itself is the same, and errors of the rest are ignored as before.",
  },
  "error-object": {
    short: "The error is no Error object; V2 throws an Error with the same message.",
    long: "The V2 runtime swallows thrown values that are no Errors. The message, and the fields of an object, are kept.",
  },
  "client-headers": {
    short: "V1 sent the headers LP-URL and User-Agent of its own with this request; fetch sends its own User-Agent.",
    long: "The HTTP client added `LP-URL` (the brand) and `User-Agent: LP-Lambda-…` to requests without headers of their own.",
  },
  "network-error-shape": {
    short: "A network failure is a TypeError `fetch failed` with the cause in `error.cause`; V1 gave a RequestError.",
    long: "Host not found, connection refused or reset, an invalid URL: request-promise and fetch reject with different errors.",
  },
  "fetch-transport": {
    short:
      "fetch differs from the V1 client in transport: up to 20 redirects instead of 10, headers of its own, no byte order mark in texts.",
    long: "fetch adds `accept-language`, `accept-encoding` and `sec-fetch-mode`, and `accept: */*` where none is given; it sends no `referer` after a redirect, goes on with GET where an OPTIONS request is answered with 303, drops Authorization when protocol or port change, and gives up after 20 hops instead of 10; it writes header values beyond ASCII as Latin-1 where V1 wrote them as UTF-8 in front of a body; it normalises paths, unpacks compressed answers also when the server was not asked for them, and removes a byte order mark from a text. A body that refers to itself was sent as `[Circular ~]` in V1 and is an error now.",
  },
  "timeout-deadline": {
    short:
      "`timeout` limits the whole request now and rejects with a TimeoutError; V1 limited the wait for the connection and between bytes.",
    long: "`AbortSignal.timeout` is a deadline from the call to the last byte. A slow but steady answer that V1 accepted can run into it.",
  },
  "lower-case-method": {
    short:
      "V1 followed redirects of a request whose method was written in lower case, without its body; they are not followed now.",
    long: "The HTTP client compared the method as it was written, so `post`, `put`, `patch` and `delete` were followed where `POST` was not. The answer with the redirect itself is the result now.",
  },
  "http-error-shape": {
    short: "The error of a status outside 2xx keeps name, message, statusCode and error, but no `options`.",
    long: "The StatusCodeError of the HTTP client carried the whole request and response. The new error carries what handlers read.",
  },
  "secret-error-shape": {
    short: "A failed secret read is a ToolBeltError with the same code; V1 gave a SecretError.",
    long: "Code and meaning are the same, the message is worded differently.",
  },
  "full-response-shape": {
    short: "The response is handed on as `{ statusCode, headers, body }`; V1 added the request, with its headers.",
    long: "V1's response object turned into JSON with the request in it, credentials included.",
  },
  "environment-name": {
    short: "The environment variable `{{name}}` is called `{{modern}}` in V2; its value is the same.",
    long: "V2 sets the platform's own variables under other names. A variable that the function's `config.json` defines itself keeps its name.",
  },
  "environment-whole": {
    short: "The environment is used as a whole here; the names of the platform's own variables in it differ in V2.",
    long: "`BRAND_ID` is `X_LIVEPERSON_BRAND_ID` and `LAMBDA_UUID` is `X_LIVEPERSON_FUNCTION_UUID`. Where the file names one of them besides, it is refused, because that may be a read which can't be followed.",
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
} satisfies Record<string, RemarkKind>);

/** What must be done outside the code. */
export const followUps = table({
  "lp-default-secret": {
    short:
      "LpClient uses the secret `LIVEPERSON_DEFAULT_APP_KEY` instead of `lp-faas-default-app-key`: check that it may call the APIs which your functions call.",
    long: "The platform creates the default credentials of V2. They are OAuth 2 credentials, with their own permissions.",
  },
  "lp-secret": {
    short:
      "Create the secret {{name}} anew as `{ client_id, client_secret }`: LpClient of V2 rejects `{ consumerKey, consumerSecret, token, tokenSecret }`.",
    long: "V2 authorises with OAuth 2. Install an application with client credentials, and store its id and secret under the same name.",
  },
  "lp-api-version": {
    short: "The API {{path}} takes OAuth 1 in version 1 only: use its version 2, whose parameters differ.",
    long: "LpClient of V2 sends OAuth 2 credentials. APIs whose version 1 accepts OAuth 1 alone answer with 401; their version 2 accepts OAuth 2 and has other parameters and results.",
  },
  "tls-verification": {
    short:
      "V1 accepted any TLS certificate, fetch verifies it: make sure that the hosts which your functions call have valid ones.",
    long: "The HTTP client ran with `rejectUnauthorized: false`. Which hosts have bad certificates can't be seen in the code.",
  },
  "strict-writes": {
    short:
      "V2 functions run in strict mode: a write that V1 ignored (to a frozen object, to a property of a string, to an accessor without setter) throws; try the function with unusual input.",
    long: "An ES module is always strict. Writes to variables that don't exist are found and refused; whether a write to a property was silently ignored in V1 depends on the value at run time.",
  },
  "exports-removed": {
    short:
      "The export was removed, because a V2 function exports nothing; unit tests must load the function otherwise.",
    long: "A V2 function file has a bare top-level `lambda`. A unit test can read the file, append `export { lambda };` and import the result as a `data:` URL or from a temporary file.",
  },
  "secret-in-environment": {
    short:
      "The environment variable `{{name}}` looks like {{what}} (`{{masked}}`): keep it in the secret storage, read it with `readSecret`, and replace it, for it was readable.",
    long: "Environment variables are shown to everyone who may see the function, and config.json is kept in version control. The value itself is never printed.",
  },
  "allowed-domains": {
    short: "Check that the domains which your functions call can be reached from V2.",
    long: "The allow list of V1 (`whitelist` in settings.json) does not exist in V2.",
  },
  "environment-unset": {
    short:
      "V1 set the environment variable `{{name}}`, V2 does not: define it for the function before it is deployed, or remove what needs it.",
    long: "Some variables of the V1 platform have no successor. Where the function's `config.json` defines the variable itself, nothing is to be done and nothing is said.",
  },
} satisfies Record<string, RemarkKind>);

export type ReasonId = keyof typeof reasons;
export type DifferenceId = keyof typeof differences;
export type FollowUpId = keyof typeof followUps;

/** Fills the `{{name}}` places of a sentence. */
export function fillSentence(sentence: string, data: Readonly<Record<string, string>>): string {
  return sentence.replaceAll(/\{\{(\w+)\}\}/gu, (_, name: string) => {
    const value = data[name];
    if (value === undefined) {
      throw new Error(`The sentence “${sentence}” needs a value for ${name}.`);
    }
    return value;
  });
}
