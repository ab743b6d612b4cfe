import { table } from "./remark-kind.ts";
import type { RemarkKind } from "./remark-kind.ts";

/** Why a file needs a person. Closed list: whatever is not converted has one of these. */
export const reasons = table({
  "syntax-error": {
    short: "The file does not parse: {{message}}. Correct it, then run again.",
    long: "The file is not valid JavaScript, so the tool can't know what it does. The usual cause are placeholders such as `...` in pasted samples.",
  },
  "typescript-syntax": {
    short: "faas-migrate can't turn this TypeScript into the JavaScript that it runs as: {{what}}; {{advice}}.",
    long: "A function in TypeScript is migrated as the JavaScript that it runs as, and then gets its types back. The tool understands types of every kind, casts, `import x = require(…)`, `export =`, enums, namespaces, fields with `accessor`, and constructor parameters that are fields. It does not understand decorators, and imports whose meaning depends on compiler options.",
  },
  "types-lost": {
    short: "The result has no place for `{{code}}`; move it to the top of the file, then run again.",
    long: "The types of a function in TypeScript come back where they were. A type declared inside code that is rewritten as a whole can't come back; one at the module level can.",
  },
  "toolbelt-type": {
    short: "The toolbelt of V2 has no type `{{name}}`; declare what the function needs of it, then run again.",
    long: "A type of V1's toolbelt that V2 has as well is imported from V2's toolbelt. A type that only the callback needed is removed with it. Any other type has no counterpart, for example the options of `HTTPClient`.",
  },
  "too-deep": {
    short: "The code is nested too deeply here for faas-migrate; take parts of it out, or migrate the file by hand.",
    long: "The tool stops at some five hundred levels (`else if` in a row, operators, calls or brackets inside each other), because deeper code could use up all memory. The file itself may be correct. Such code is usually generated: migrate the source that it was made from. The ESLint rules skip such a file.",
  },
  "runs-differ": {
    short: "The function does something else after its migration ({{proof}}); it was left as it is.",
    long: "`--verify` runs every function before and after its migration in a simulated environment. A result with another answer, request, log or order is not written, unless you pass `--force`. It is a fault of the migration; please report it.",
  },
  skipped: {
    short: "You skipped this function; it was left as it is. Run again to decide again.",
    long: "With `--interactive` you decide about each function. What you skip, and what is left when you quit, stays V1. So do `settings.json` and `package.json`: they change when no V1 function is left.",
  },
  "never-answers": {
    short: "The function never answers when {{scenario}}, so the platform ends it after 30 seconds; call back there.",
    example: { scenario: "`input.payload.id` is missing" },
    long: "`--verify` found this: in this scenario the original neither calls back nor fails. V1 ended it after its time limit, and an event source may have tried again. The declared differences say what V2 does.",
  },
  "type-error": {
    short:
      "The result has a type error that the original has not, at `{{excerpt}}`: {{message}} Look at it before you deploy.",
    long: "`--typecheck` found this. It checks originals and results against the declarations of the toolbelts, as strictly as the project's tsconfig.json says. An error that only the result has is shown with its place in the original. It can be a fault of the migration (please report it), or something that V1's types did not show. The function is written.",
  },
  "binary-file": {
    short: "The file contains a zero byte, so it is not UTF-8 text; save it as UTF-8, or leave it out.",
    long: "A function file is text. Zero bytes occur in binary files, and after most letters in UTF-16 texts.",
  },
  "not-utf-8": {
    short: "The file is not valid UTF-8, and writing it would damage it; save it as UTF-8 and run again.",
    long: "The tool reads and writes UTF-8, which would change the bytes of this file.",
  },
  "config-syntax": {
    short: "The file is not valid JSON ({{message}}). Correct it, then run again.",
    long: "The platform's command line reads config.json as strict JSON: no comments, no comma after the last entry.",
  },
  "config-shape": {
    short: "In V1, `environmentVariables` is a list of `{ key, value }`, but {{what}}; correct it, then run again.",
    example: { what: "this entry is not of the form `{ key, value }`" },
    long: "V1 keeps the environment variables of a function as a list; each entry has exactly `key` and `value`, both texts. V2 keeps them as one object. For any other form, the tool would have to guess.",
  },
  "variable-twice": {
    short: "The list has the variable `{{name}}` twice, with different values; delete the wrong one.",
    long: "An object has one value for each name. When a V1 function runs locally, the last entry wins; nobody knows what the cloud did with two.",
  },
  "variable-without-name": {
    short: "This variable has a value but no name, so no code can read it; the result leaves it out.",
    long: "V1's list can hold an entry with an empty `key`. No function can read it. An entry with empty key and empty value, as in the template of the command line, is removed without a message.",
  },
  "config-refused": {
    short: "`{{file}}` next to this file can't be converted, and both change together or not at all; see its reason.",
    long: "V2 would read a config.json of V1 as environment variables called `0`, `1` and so on. So the function waits until its config.json can be converted.",
  },
  "callback-contract-kept": {
    short: "{{why}}, so the V1 callback contract is kept inside `new Promise`; simplify by hand.",
    example: { why: "The callback is used as a value" },
    long: "The tool can't write these callback calls as `return` and `throw` with the same behaviour. The original body stays, except for texts and objects that it gives as errors, and an adapter calls it. The adapter does exactly what V1 did: the first call settles, only `undefined` and `null` mean success, and code after the call still runs. Where the function hands on the callback itself, a function in its place does the same, and all other code is V2 code.",
  },
  "handler-shape": {
    short: "The handler {{what}}; write it as `function lambda(input, callback)` first.",
    example: { what: "is a generator" },
    long: "The tool migrates a top-level `lambda` with the parameters `input` and `callback`: under its own name, as an export of that name, or as a function of the file that `lambda` is a second name for. A call, a condition, an assignment or an object can give different functions, so they are not followed. Default values, rest parameters, generators, assigned parameters and `arguments` change what a call means.",
  },
  "commonjs-exports": {
    short: "`{{name}}` belongs to CommonJS; a V2 function exports nothing. Remove it, then run again.",
    long: "A V2 function file has a bare top-level `lambda`. The tool removes exports that only other files can see, such as `module.exports = { lambda, helper }`. It can't remove what the code itself reads from `module`, `exports`, `__dirname` or `require.main`, or a function that exists only in an export, without changing what the code does.",
  },
  "http-package": {
    short: "`{{name}}` is not migrated: {{advice}}.",
    example: { name: "request", advice: "it calls back and gives no promise; write its calls with `fetch`" },
    long: "The tool turns requests of `Toolbelt.HTTPClient()`, `request-promise` and `request-promise-native` into fetch. Other packages have other options, results and errors, and V2 may not have the package.",
  },
  "http-defaults": {
    short: "The HTTP client gets default options here; write them into each request, then run again.",
    long: "request merges default options and the options of a call, level by level. The tool rewrites each request by its own options, so they must be in the call.",
  },
  "unknown-package": {
    short: "The tool does not know how V2 imports `{{name}}`; replace the `require` by hand.",
    long: "A CommonJS package may offer its names as named exports, only as a default export, or not at all. The tool has a table for the packages that the platform provides; it does not guess for others.",
  },
  "package-as-a-whole": {
    short: "`{{name}}` {{what}}, so the code does not show which of its names it needs; import them one by one.",
    example: { name: "luxon", what: "is used as a whole" },
    long: "A package without a default export can only be imported name by name. Where the code hands on the whole module, or reads it by a computed name, the names are unknown.",
  },
  "package-changed": {
    short: "{{what}}, and `{{name}}` is another version in V2; migrate it by hand.",
    example: { what: "`query` gets a callback", name: "jsforce" },
    long: "V2 has luxon 3 instead of luxon 1, and `@jsforce/jsforce-node` instead of jsforce. We measured that most calls are the same. This call differs, or the code does not show whether it does. luxon 3 takes `zone`, `locale`, `numberingSystem` and `outputCalendar` in a second argument of `fromObject` and `toLocaleString`. It has no `Settings.defaultZoneName` and no `LocalZone`. It writes midnight as 00:00 instead of 24:00 in 24-hour presets (`TIME_24_SIMPLE`, the token `T`). It has another `Interval#count`, `toISO` with `format`, difference in quarters and long name of UTC. jsforce 3 never calls a callback: without `await` or `then`, it does not even send the request.",
  },
  "package-member": {
    short: "`{{name}}` {{what}}, which `{{source}}` does not offer; rewrite it, or leave out `--packages`.",
    long: "`es-toolkit/compat` has the functions of lodash except these: `chain`, `mixin`, `tap`, `thru`, `sortedUniq`, `sortedUniqBy`, `runInContext`, `noConflict`, and `_` itself as a function.",
  },
  "unknown-export": {
    short: "`{{source}}` does not export `{{name}}`; V2 could not load the function.",
    long: "In V1, a missing or misspelt name was `undefined` until the code used it. In an ES module, an import of a missing name keeps the whole function from loading.",
  },
  "require-in-place": {
    short: "This `require` {{what}}, so it cannot become an import at the top of the file.",
    example: { what: "has a name that is computed at run time" },
    long: "An import runs before all other code. A `require` can't move there without a change of behaviour when it depends on a condition, stands in a `try`, has a computed or relative path, loads JSON, or must run at a certain time.",
  },
  "local-module": {
    short:
      "`{{file}}`, which this loads, {{what}}; so it can't be put into the function. Change that, or do it by hand.",
    long: "A V2 function is one file. With `--bundle-local`, what a function uses of other files of the project is put into its own: each file once, in the order in which they were loaded, with names that mean what they meant. That is not possible for files that load each other in a circle, for what is another value in another file (`this` at module level, `__dirname`, `module.id`), for exports that are assigned in ways that can't be followed, and for a file that is loaded only when it is needed and does something then. Files that are not there, that do not parse, or that are ES modules are refused as well.",
  },
  "shared-file": {
    short:
      "This file has no handler and exports to other files, but V2 deploys one file for each function; migrate the functions that load it with `--bundle-local`.",
    long: "A helper that changed alone would change what its callers get, and a V2 function can't load it. With `--bundle-local` each function gets what it uses of such a file, and is migrated with it as one; the file itself stays as it is.",
  },
  "toolbelt-import": {
    short:
      '`import` or `export` loads the V1 toolbelt here; write `const { Toolbelt } = require("lp-faas-toolbelt")` first.',
    long: "V1 functions are CommonJS and load their toolbelt by `require`. A file that imports `lp-faas-toolbelt` runs on neither platform: someone has migrated half of it. Write `require`, and the tool migrates the rest; or import what V2 has from `core-functions-toolbelt` by hand.",
  },
  "import-name-clash": {
    short:
      "`{{name}}` must be imported under its own name, but the file has another `{{name}}`{{where}}; rename that one.",
    long: "V2's command line breaks an import with `as`, so the tool imports each name as it is. If the file declares the same name for something else (at module level, or around the place of use), or uses a global of that name, rename one of the two.",
  },
  "sloppy-mode": {
    short: "{{what}} works only in sloppy mode; a V2 function is an ES module and strict.",
    example: { what: "`this` in a plain function" },
    long: "V1 functions are sloppy CommonJS scripts. In an ES module, this code throws or means something else: an assignment to an undeclared variable that no declaration can surely replace (the code may read it before it has a value, or it is a global of Node.js), `with`, octal literals, `delete` of a variable, `this` in a plain function, `arguments` that share values with parameters, functions declared in blocks and used outside, `arguments.callee`, `caller` and `arguments` of a function, the CommonJS variables.",
  },
  "toolbelt-client": {
    short: "`Toolbelt.{{name}}` changed between V1 and V2 ({{how}}); migrate it by hand.",
    example: {
      name: "ContextServiceClient",
      how: "it takes only the API key, and this configuration can't be followed to its literal",
    },
    long: "The client exists in both toolbelts, but its arguments, results or credentials differ.",
  },
  "toolbelt-client-left": {
    short:
      "`Toolbelt.{{name}}` changed between V1 and V2 ({{how}}), and {{by}} did not run; run it in the same run as this transform.",
    long: "The text does not show whether the calls of this client are V2 calls already. So the tool writes its import only in a run that rewrites the calls too.",
  },
  "toolbelt-member": {
    short: "`{{name}}` does not exist in the V1 toolbelt; {{advice}}.",
    example: { name: "Toolbelt.secretClient", advice: "correct the name, probably to `SecretClient`" },
    long: "The call fails in V1 already. Usually the name of a client is misspelt, or the client was removed.",
  },
  "toolbelt-error-text": {
    short:
      "`{{text}}` is the text of a V1 error; {{name}} uses another text in V2. Recognise the error in another way.",
    long: "In V2, errors of the toolbelt's clients have other messages. A comparison with the old wording would silently take the other branch.",
  },
  "toolbelt-error-class": {
    short: "`SecretError` does not exist in V2, and this {{what}}; use `ToolBeltError`.",
    example: { what: "uses it for more than `instanceof`" },
    long: "The tool rewrites checks such as `err instanceof SecretError`: V2's ToolBeltError names its client in `component`. To create, extend or hand on the class has no counterpart.",
  },
  "toolbelt-escapes": {
    short: "The toolbelt object {{what}}, so the tool can't follow its use.",
    long: "The tool can only tell which clients the code creates when it uses `Toolbelt` as `Toolbelt.Client()`.",
  },
  "environment-name": {
    short: "{{what}}, and V2 calls it `{{modern}}`; adapt it by hand.",
    example: { what: "`BRAND_ID` is set here", modern: "X_LIVEPERSON_BRAND_ID" },
    long: "V2 sets the platform's own environment variables under other names. The tool renames plain reads. Where the file sets such a variable, or computes the name, a person must decide what is meant.",
  },
  "http-client-escapes": {
    short: "The HTTP client {{what}}, so the tool can't follow its calls.",
    example: { what: "is stored or handed on" },
    long: "The tool rewrites each call of an HTTPClient by its own options, so it must see every call.",
  },
  "http-options": {
    short: "The options of this request {{what}}, so the tool can't know what it sends.",
    example: { what: "come from a variable that is not set to an object in this file" },
    long: "The tool converts options by a list of those that it knows. This needs an object literal with plain keys.",
  },
  "client-escapes": {
    short: "The {{name}} {{what}}, so the tool can't follow its calls.",
    example: { name: "ContextServiceClient", what: "is stored or handed on" },
    long: "This client changed between V1 and V2. The tool rewrites each call by its own arguments, so it must see every call.",
  },
  "lp-client-without-options": {
    short:
      "LpClient reads fields of its third argument: without one this call fails in V1 and in V2. Pass at least `{}`.",
    long: "The call rejects with a TypeError before it sends anything. The tool keeps it as it is.",
  },
  "lp-client-path": {
    short: "The path {{path}} does not begin with a slash; V1 signed another address than it called. Correct the path.",
    long: "V1's LpClient joined host and path with a slash for the request, but without one for the signature. V2 joins them without a slash.",
  },
  "lp-client-headers": {
    short: "The headers of this call {{what}}; V2 would add such a value to its own Authorization. Remove it.",
    example: { what: "hold an Authorization" },
    long: "LpClient sets the Authorization header itself. V1 replaced a header that you passed. V2 sends both values in one header, and the API rejects that.",
  },
  "lp-client-secret": {
    short: "The code does not show whether this call uses the same secret as the other calls of its client: {{why}}.",
    long: "V2's LpClient keeps one access token per client, even if a later call names another secret. Calls with different secrets need one client each, so the name of the secret must be in the code.",
  },
  "mtls-call": {
    short: "This call of the MTLSClient {{what}}; rewrite it by hand.",
    example: { what: "sends a body with GET, which V2 rejects" },
    long: "V2 verifies certificates only for calls with `allowSelfSigned: false`. The tool adds it to each call that does not set it, so it must see the options of each call. V2 also rejects bodies of GET and HEAD requests, and objects without `json: true`; with `json: true` it encodes every body, texts too.",
  },
  "orchestrator-call": {
    short: "This call of the OrchestratorClient {{what}}; rewrite it by hand.",
    example: { what: "has a body that is used as text and as a parsed value" },
    long: "V2 answers with text unless `json: true` is set. The tool decides by what the code does with the answers, so it must see these and the options.",
  },
  "http-client-left": {
    short: "The code still uses the HTTP client, and V2 has none; run http-client-to-fetch first.",
    long: "The tool writes imports once every call of the HTTP client is a fetch. A whole run tells the reason why a call stays instead.",
  },
  "global-name-taken": {
    short: "`{{name}}` is declared in this file, but the migrated code needs the global of that name; rename it.",
    long: "The code that replaces a request calls `fetch` and other globals. If the file declares such a name for something else, the tool writes `globalThis.fetch`, unless the file uses the global object itself, or reads of its own name are moved. Errors that replace thrown texts need `Error`, and the kept V1 contract needs `Promise`.",
  },
  "http-callback": {
    short: "This request has a callback besides its promise; write it with the promise, then run again.",
    long: "request-promise calls a callback and also settles its promise. The client of V1's command line never called one, and the documentation does not say what the platform does. So the tool can't know what the callback did. `await` the request, or use `then`.",
  },
  "http-option": {
    short: "The request option `{{name}}` {{why}}.",
    example: { name: "proxy", why: "goes through a proxy, which fetch ignores" },
    long: "The tool converts options by a list. This option has no exact counterpart in fetch, or none that this version of the tool writes.",
  },
  "url-without-scheme": {
    short: "The URL {{url}} has no scheme; the request fails in V1 and in V2. Begin it with `https://`.",
    long: "V1's HTTP client rejected such a URL as an invalid URI; fetch throws a TypeError. The tool keeps it, because it can't know which scheme you mean.",
  },
  "undeclared-name": {
    short: "Nothing declares `{{name}}`; the function fails here in V1 and in V2.",
    long: "The call throws a ReferenceError. The tool keeps it, because it would have to guess the right name.",
  },
  "unsupported-console": {
    short: "The platform's console has no `{{method}}`; the function crashes here in V1 and in V2.",
    long: "The tool keeps the call, because it can't know what you want to log. The rule [no-unsupported-console](rules/no-unsupported-console.md) reports the same places.",
  },
  "secret-returned": {
    short:
      "`{{name}}` comes from an authorization request, and the function returns all of it; check that the caller should see it.",
    long: "Whoever invokes a function sees its result. Samples that end with `callback(null, token)` give the access token away.",
  },
  "double-encoded-body": {
    short:
      "With `json: true`, the string body is encoded a second time: V1 sent a JSON string. It is kept; check what the server expects.",
    long: "With `json: true`, V1's HTTP client runs `JSON.stringify` on every body, strings too.",
  },
  "dead-callback": {
    short: "The function has already answered here, so this callback has no effect.",
    long: "Only the first call of the callback counts in V1.",
  },
  "secret-mutated": {
    short: "This changes the secret that was read; V2 gives the same object to every later read. Copy it first.",
    long: "The V2 client hands out the object in its cache, so a change shows up in later reads.",
  },
} satisfies Record<string, RemarkKind>);

export type ReasonId = keyof typeof reasons;
