import { table } from "./remark-kind.ts";
import type { RemarkKind } from "./remark-kind.ts";

/** What must be done outside the code. */
export const followUps = table({
  "credentials-in-code": {
    short: "The URL of this request held a user and a password; store them in a secret, and read them from there.",
    long: "fetch takes no credentials in a URL: they are sent in an Authorization header, as V1 did. Whoever sees the code sees them.",
  },
  "context-own-account": {
    short:
      "ContextServiceClient works on the account that the function runs on: make sure that `{{account}}` is that account, as `--own-account` said.",
    long: "The client of V1 took any account; that of V2 takes the API key alone. `--own-account` names the own account, or what holds it, and is believed.",
  },
  "mtls-certificates": {
    short: "Check that the hosts which your functions call over mTLS have certificates that can be verified.",
    long: "`allowSelfSigned: false` is written where V1 took it for granted. Should the platform of V1 have accepted a certificate nevertheless, V2 rejects it now.",
  },
  "orchestrator-secret": {
    short:
      "OrchestratorClient uses the secret `LIVEPERSON_DEFAULT_APP_KEY` instead of `lp-faas-orchestrator-app-key`: check that it may invoke the functions which your functions call.",
    long: "V2 has no secret of its own for the orchestrator. The functions to be invoked must be migrated and deployed as well; their ids may be others.",
  },
  "system-secret": {
    short:
      "The secret {{name}} was made by the platform of V1; V2 has `LIVEPERSON_DEFAULT_APP_KEY`, with other contents.",
    long: "System secrets of V1 are there for V1 functions only. That of V2 holds OAuth 2 credentials and can't be written.",
  },
  "lp-default-secret": {
    short:
      "{{name}} uses the secret `LIVEPERSON_DEFAULT_APP_KEY` instead of `lp-faas-default-app-key`: check that it may call the APIs which your functions call.",
    long: "V1 signed these calls with OAuth 1. The platform creates the default credentials of V2; they are OAuth 2 credentials, with their own permissions.",
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
      "V1 accepted any TLS certificate, fetch verifies it: make sure that the hosts that your functions call have valid ones.",
    long: "The HTTP client ran with `rejectUnauthorized: false`. Which hosts have bad certificates can't be seen in the code.",
  },
  "import-like-text": {
    short:
      "This text looks like `{{what}}` to V2's command line, which rewrites it in the file when the function runs locally; use other words before you run it.",
    long: "For a local run the command line turns imports into `require` calls and back again by searching the text; it does not know strings, templates and comments. What looks like one of them comes back in another form, or is an import where none may stand. In the cloud nothing happens to such a text.",
  },
  "thrown-value": {
    short:
      "This can fail with a value that is not an Error, and other code of the file may look at it. V1 told the caller its text; V2 tells the caller nothing: make it an Error.",
    long: "A thrown text stays as it is where a handler in the function may compare or show it. The V2 runtime swallows thrown values that are not Errors: the caller gets an empty answer. What nobody looks at, and what the callback got as its error, becomes an Error by itself.",
  },
  "unfinished-work": {
    short:
      "Nobody waits for what starts here, and V2 may freeze the function once it has answered: wait for it before the answer, or make sure that it may be lost.",
    long: "In V1 many requests shared an instance, so that work went on after the callback. An instance of V2 has one request at a time; what still runs when the function has returned may be stopped, or go on with the next request. The code is left as it is, because waiting would change when the caller gets its answer. Not told is what calls the callback, and what a `Promise` made in the file waits for.",
  },
  "strict-writes": {
    short:
      "V2 functions run in strict mode: a write or a `delete` that V1 ignored (of a frozen object, of a property of a string, to an accessor without setter) throws; try the function with unusual input.",
    long: "An ES module is always strict. Variables that are declared nowhere are declared or refused; whether a write to a property was silently ignored in V1 depends on the value at run time.",
  },
  "exports-removed": {
    short:
      "The export was removed, because a V2 function exports nothing; unit tests load the function with `loadFunction` of `faas-migrate/testing`.",
    long: "A V2 function file has a bare top-level `lambda`. `loadFunction` reads the file and hands out its handler, under vitest, jest and node:test; `docs/testing.md` in the package shows a test before and after.",
  },
  "secret-in-environment": {
    short:
      "The environment variable `{{name}}` looks like {{what}} (`{{masked}}`): keep it in the secret storage, read it with `readSecret`, and replace it, for it was readable.",
    long: "Environment variables are shown to everyone who may see the function, and config.json is kept in version control. The value itself is never printed.",
  },
  "event-result": {
    short: "The event `{{event}}` invokes this function: check that it accepts the result of V2 as it did that of V1.",
    long: "What an event does with the result of a function is decided outside of the function. The result itself is the same: V2 returns what V1 gave to the callback.",
  },
  "function-loaded": {
    short:
      "`{{path}}` is loaded here, but it is an ES module without exports now; load it with `loadFunction` of `faas-migrate/testing`.",
    long: "Unit tests of V1 functions load them with `require` and call what `module.exports` holds. A V2 function exports nothing, and its file is an ES module. `loadFunction` loads either, with a toolbelt, secrets and a `fetch` that the test gives, under vitest, jest and node:test; `docs/testing.md` in the package shows a test before and after. The places are searched in the project of the function.",
  },
  "legacy-toolbelt-named": {
    short:
      "`lp-faas-toolbelt` is named here, but migrated functions import `core-functions-toolbelt`; adapt this place.",
    long: "A unit test that replaces the toolbelt of V1 by a mock replaces nothing any more.",
  },
  "lock-file": {
    short: "The dependencies in package.json have changed: run `npm install` to update the lock file.",
    long: "Packages of the V1 runtime have other names or versions in V2. Only `dependencies` is changed; an entry stays as long as any file of the project names its package.",
  },
  "lodash-availability": {
    short: "Whether V2 provides lodash is not documented; try one function, or migrate with `--packages es-toolkit`.",
    long: "The packages that V2 is known to bring along are core-functions-toolbelt, luxon, jsonwebtoken, oauth-1.0a, es-toolkit and @jsforce/jsforce-node. With `--packages es-toolkit`, lodash is replaced by `es-toolkit/compat`.",
  },
  "package-availability": {
    short: "Whether V2 provides `{{name}}` is not documented; deploy one function that imports it before the others.",
    long: "A package that V2 lacks keeps the whole function from loading. `uuid` is easily replaced: `crypto.randomUUID()` gives what `v4()` gives.",
  },
  "allowed-domains": {
    short: "Check that V2 can reach the domains that your functions call.",
    long: "The allow list of V1 (`whitelist` in settings.json) does not exist in V2.",
  },
  "environment-unset": {
    short:
      "V1 set the environment variable `{{name}}`, V2 does not: define it for the function before it is deployed, or remove what needs it.",
    long: "Some variables of the V1 platform have no successor. Where the function's `config.json` defines the variable itself, nothing is to be done and nothing is said.",
  },
} satisfies Record<string, RemarkKind>);

export type FollowUpId = keyof typeof followUps;
