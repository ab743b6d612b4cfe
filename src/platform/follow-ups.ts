import { table } from "./remark-kind.ts";
import type { RemarkKind } from "./remark-kind.ts";

/** What must be done outside the code. */
export const followUps = table({
  "credentials-in-code": {
    short: "The URL of this request held a user and a password; store them in a secret, and read them from there.",
    long: "fetch takes no credentials in a URL. The tool sends them in an Authorization header, as V1 did. Everyone who sees the code sees them.",
  },
  "context-own-account": {
    short:
      "ContextServiceClient of V2 works on the account that the function runs on: check that `{{account}}` is that account, as `--own-account` says.",
    long: "V1's client took any account; V2's client takes only the API key. `--own-account` names your own account, or what holds it, and the tool believes it.",
  },
  "mtls-certificates": {
    short: "Check that the certificates of the hosts that your functions call over mTLS can be verified.",
    long: "The tool writes `allowSelfSigned: false` where V1 had that as its default. If V1 accepted a bad certificate all the same, V2 rejects it.",
  },
  "orchestrator-secret": {
    short:
      "OrchestratorClient uses the secret `LIVEPERSON_DEFAULT_APP_KEY` instead of `lp-faas-orchestrator-app-key`: check that it may invoke the functions that your functions call.",
    long: "V2 has no own secret for the orchestrator. Migrate and deploy the invoked functions as well; they may have other ids.",
  },
  "system-secret": {
    short: "The V1 platform made the secret {{name}}; V2 has `LIVEPERSON_DEFAULT_APP_KEY`, with other contents.",
    long: "Only V1 functions have the system secrets of V1. V2's secret holds OAuth 2 credentials, and you can't write it.",
  },
  "lp-default-secret": {
    short:
      "{{name}} uses the secret `LIVEPERSON_DEFAULT_APP_KEY` instead of `lp-faas-default-app-key`: check that it may call the APIs that your functions call.",
    long: "V1 signed these calls with OAuth 1. The platform creates V2's default credentials: they are OAuth 2 credentials with their own permissions.",
  },
  "lp-secret": {
    short:
      "Create the secret {{name}} again as `{ client_id, client_secret }`: V2's LpClient rejects `{ consumerKey, consumerSecret, token, tokenSecret }`.",
    long: "V2 authorises with OAuth 2. Install an application with client credentials, and store its id and secret under the same name.",
  },
  "lp-api-version": {
    short: "Version 1 of the API {{path}} accepts only OAuth 1: use version 2, which has other parameters.",
    long: "V2's LpClient sends OAuth 2 credentials. An API whose version 1 accepts only OAuth 1 answers with 401. Its version 2 accepts OAuth 2, and has other parameters and results.",
  },
  "local-files-inlined": {
    short:
      "The function holds what it uses of {{files}}. They stay as they are: delete them when nothing loads them any more, and change their code in each function from now on.",
    long: "`--bundle-local` copies the code of other files into each function that uses it, because V2 deploys one file for each function. Functions have no common state or code any more, nor had they on the platform.",
  },
  "tls-verification": {
    short:
      "V1 accepted any TLS certificate, fetch verifies it: check that the hosts that your functions call have valid certificates.",
    long: "V1's HTTP client ran with `rejectUnauthorized: false`. The code does not show which hosts have bad certificates.",
  },
  "import-like-text": {
    short:
      "V2's command line mistakes this text for `{{what}}` and changes it in the file when the function runs locally; use other words.",
    long: "For a local run the command line searches the text of the file, turns imports into `require` calls, and turns them back later. It does not recognise strings, templates and comments. A text that looks like one of them comes back changed, or becomes an import in a wrong place. In the cloud nothing happens to the text.",
  },
  "thrown-value": {
    short:
      "This may throw a value that is not an Error, and other code of the file may look at it. V1 gave its text to the caller, V2 gives nothing: make it an Error.",
    long: "The tool keeps a thrown text where a handler in the function may compare or show it. The V2 runtime swallows a thrown value that is not an Error: the caller gets an empty answer. The tool turns a thrown value into an Error only where nothing looks at it, and where the callback got it as its error.",
  },
  "unfinished-work": {
    short:
      "Nothing waits for what starts here, and V2 may freeze the function once it has answered: wait for it before the answer, or accept that it may be lost.",
    long: "In V1 many requests shared an instance, so work continued after the callback. An instance of V2 handles one request at a time. What still runs when the function has returned may stop, or continue with the next request. The tool leaves the code as it is, because waiting would change when the caller gets its answer. It does not report what calls the callback, what a `Promise` made in the file waits for, or a handler of a promise that the function waits for elsewhere.",
  },
  "strict-writes": {
    short:
      "V2 functions run in strict mode: a write or a `delete` that V1 ignored (of a frozen object, of a property of a string, to an accessor without setter) throws; test the function with unusual input.",
    long: "An ES module is always strict. The tool declares or refuses undeclared variables. Whether V1 silently ignored a write to a property depends on the value at run time.",
  },
  "exports-removed": {
    short:
      "The export was removed, because a V2 function exports nothing; in unit tests, load the function with `loadFunction` of `faas-migrate/testing`.",
    long: "A V2 function file has a bare top-level `lambda`. `loadFunction` reads the file and returns its handler, under vitest, jest and node:test. `docs/testing.md` in the package shows a test before and after.",
  },
  "secret-in-environment": {
    short:
      "The environment variable `{{name}}` looks like {{what}} (`{{masked}}`): move it to the secret storage, read it with `readSecret`, and replace it, because others could read it.",
    long: "Everyone who may see the function sees its environment variables, and config.json is in version control. The tool never prints the value itself.",
  },
  "event-result": {
    short: "The event `{{event}}` invokes this function: check that it accepts the result of V2 as it did that of V1.",
    long: "The event decides what it does with the result of a function. The result is the same: V2 returns what V1 gave to the callback.",
  },
  "function-loaded": {
    short:
      "`{{path}}` is loaded here, but it is an ES module without exports now; load it with `loadFunction` of `faas-migrate/testing`.",
    long: "Unit tests of V1 functions load them with `require` and call what `module.exports` holds. A V2 function exports nothing, and its file is an ES module. `loadFunction` loads both, with a toolbelt, secrets and a `fetch` that the test gives, under vitest, jest and node:test; `docs/testing.md` in the package shows a test before and after. The tool searches the project of the function for such places.",
  },
  "legacy-code-shown": {
    short: "This still shows V1 code; show how your functions look in V2.",
    long: "New functions are often copied from a README or an editor snippet. The tool reads the Markdown pages and the `*.code-snippets` files of the project; it leaves out those that also name `core-functions-toolbelt`. It never changes them.",
  },
  "legacy-toolbelt-named": {
    short: "This names `lp-faas-toolbelt`, but migrated functions import `core-functions-toolbelt`; change this place.",
    long: "A unit test that replaces V1's toolbelt by a mock no longer replaces anything.",
  },
  "lock-file": {
    short: "The dependencies in package.json have changed: run `npm install` to update the lock file.",
    long: "V2 has other names or versions for some packages of V1. Only `dependencies` changes; an entry stays as long as a file of the project names its package.",
  },
  "lodash-availability": {
    short:
      "The documentation does not say whether V2 provides lodash; try one function, or migrate with `--packages es-toolkit`.",
    long: "V2 is known to provide core-functions-toolbelt, luxon, jsonwebtoken, oauth-1.0a, es-toolkit and @jsforce/jsforce-node. `--packages es-toolkit` replaces lodash by `es-toolkit/compat`.",
  },
  "package-availability": {
    short:
      "The documentation does not say whether V2 provides `{{name}}`; deploy one function that imports it before the others.",
    long: "If V2 lacks a package, the whole function does not load. `uuid` is easy to replace: `crypto.randomUUID()` gives what `v4()` gives.",
  },
  "allowed-domains": {
    short: "Check that V2 can reach the domains that your functions call.",
    long: "The allow list of V1 (`whitelist` in settings.json) does not exist in V2.",
  },
  "environment-unset": {
    short:
      "V1 set the environment variable `{{name}}`, V2 does not: define it before you deploy the function, or remove what needs it.",
    long: "Some variables of V1 have no counterpart in V2. If the function's `config.json` defines the variable, nothing needs to be done, and the tool says nothing.",
  },
} satisfies Record<string, RemarkKind>);

export type FollowUpId = keyof typeof followUps;
