import { table } from "./remark-kind.ts";
import type { RemarkKind } from "./remark-kind.ts";

/** Why a file needs a person. Closed list: whatever is not converted has one of these. */
export const reasons = table({
  "syntax-error": {
    short: "The file does not parse: {{message}}. Correct it, then run again.",
    long: "The file is not valid JavaScript, so nothing can be said about what it does. Placeholders such as `...` in pasted samples are the usual cause.",
  },
  "typescript-syntax": {
    short: "This is TypeScript that can't be read as the JavaScript that it runs as: {{what}}; {{advice}}.",
    long: "A function in TypeScript is migrated as the JavaScript that it runs as, and gets its types again. Types of every kind, casts, `import x = require(…)`, `export =`, enums, namespaces, fields with `accessor` and parameters of a constructor that are fields as well are understood. Decorators are not, and imports whose meaning depends on options of the compiler.",
  },
  "types-lost": {
    short: "The migration has no place for `{{code}}` in its result; move it to the top of the file, then run again.",
    long: "The types of a function in TypeScript come back where they stood. A declaration inside code that is rewritten as a whole can't; at the module level it can.",
  },
  "toolbelt-type": {
    short: "The toolbelt of V2 has no type `{{name}}`; declare what the function needs of it, then run again.",
    long: "Types of the V1 toolbelt that V2 has as well are imported from V2's. Those that only the callback needed go with it. What is left has no counterpart, such as the options of `HTTPClient`.",
  },
  "too-deep": {
    short:
      "The file is nested more deeply here than faas-migrate follows; take parts of it out, or migrate it by hand.",
    long: "From some five hundred levels on (`else if` in a row, operators, calls or brackets inside each other) nothing is tried any more: whatever follows code into its depth would run out of memory sooner or later. The file itself may be right. Such code is usually generated: migrate what it was made from. Rules say nothing of such a file.",
  },
  "runs-differ": {
    short: "The function does not do the same before and after its migration ({{proof}}); it was left as it is.",
    long: "With `--verify` every function is run before and after its migration in a simulated outside world. What shows another result, request, log or order is not written, unless `--force` says so. It is a fault of the migration; please report it.",
  },
  skipped: {
    short: "You skipped this function; it was left as it is. Run again to decide anew.",
    long: "With `--interactive` you decide about each function. What you skip, and what is left when you quit, stays V1. So do `settings.json` and `package.json`, which change only when no function of V1 is left.",
  },
  "never-answers": {
    short: "The function never answers when {{scenario}}, so the platform ends it after 30 seconds; call back there.",
    long: "Seen with `--verify`: in this scenario the original neither calls back nor fails. V1 ended it by its time limit, and an event source may have tried again. What V2 does then stands among the intended differences.",
  },
  "type-error": {
    short:
      "The result has a type error that the original has not, at `{{excerpt}}`: {{message}} Look at it before you deploy.",
    long: "Seen with `--typecheck`: originals and results are checked against declarations of the toolbelts, as strictly as the project's tsconfig.json says. What TypeScript has against the result alone is told with its place in the original. It can be a fault of the migration (please report it), or something that the types of V1 did not show. The function is written all the same.",
  },
  "binary-file": {
    short: "The file contains a zero byte, so it is not UTF-8 text; save it as UTF-8, or leave it out.",
    long: "A function file is text. Zero bytes stand in binary files, and in UTF-16 texts behind every letter.",
  },
  "not-utf-8": {
    short: "The file is not valid UTF-8 and would be damaged by a rewrite; save it as UTF-8 and run again.",
    long: "Reading it as UTF-8 and writing it back would change its bytes.",
  },
  "config-syntax": {
    short: "The file is not valid JSON ({{message}}). Correct it, then run again.",
    long: "The platform's command line reads config.json as strict JSON, without comments and without a comma behind the last entry.",
  },
  "config-shape": {
    short:
      "In V1's form `environmentVariables` is a list of `{ key, value }`, but {{what}}; correct it, then run again.",
    long: "V1 keeps the environment variables of a function as a list of entries with exactly `key` and `value`, both texts; V2 as one object. What has another form can't be converted without a guess.",
  },
  "variable-twice": {
    short: "The list has the variable `{{name}}` twice, with different values; delete the wrong one.",
    long: "An object has one value for each name. When a V1 function runs locally, the last entry wins; what the cloud did with two is not known.",
  },
  "variable-without-name": {
    short: "This variable has a value but no name, so no code can read it; the result leaves it out.",
    long: "The list of V1 can hold an entry whose `key` is empty. No function can read it. An entry that is empty altogether, as the command line's template has it, is left out without a word.",
  },
  "config-refused": {
    short:
      "`{{file}}` beside this file could not be converted, and both change together or not at all; see its reason.",
    long: "A V2 function with a config.json in V1's form would be deployed with environment variables called `0`, `1` and so on. So the function waits until its config.json can be converted.",
  },
  "callback-contract-kept": {
    short: "{{why}}, so the V1 callback contract is kept inside `new Promise`; simplify by hand.",
    long: "The way in which the function calls back is not one that can be written as `return` and `throw` with the same behaviour. The original body stays as it is, but for texts and objects that it gives as errors, and is called by an adapter that keeps the V1 contract to the letter: the first call settles, only `undefined` and `null` mean success, code after the call still runs. Where the callback itself is handed to a function that answers with it, a function in its place does the same, and everything else is written in V2's way.",
  },
  "handler-shape": {
    short: "The handler {{what}}; write it as `function lambda(input, callback)` first.",
    long: "Only a top-level `lambda` with the parameters `input` and `callback` can be migrated, under its own name, as an export of that name, or as a function of the file that `lambda` is a second name for. What a call, a choice, an assignment or an object gives is not one function that can be rewritten. Default values, rest parameters, generators, reassigned parameters and the use of `arguments` change what the call means.",
  },
  "commonjs-exports": {
    short: "`{{name}}` belongs to CommonJS; a V2 function exports nothing. Remove it, then run again.",
    long: "A V2 function file has a bare top-level `lambda`. Exports that only other files can see, such as `module.exports = { lambda, helper }`, are removed. What the code itself reads from `module`, `exports`, `__dirname` or `require.main`, and functions that exist nowhere but in an export, can't go without a change.",
  },
  "http-package": {
    short: "`{{name}}` is not migrated: {{advice}}.",
    long: "Requests of `Toolbelt.HTTPClient()`, `request-promise` and `request-promise-native` are turned into fetch. Other packages have options, results and errors of their own, and V2 may not have the package.",
  },
  "http-defaults": {
    short: "The HTTP client gets default options here; write them into each request, then run again.",
    long: "request merges defaults and options level by level. Each request is rewritten by its own options, so that they have to stand there.",
  },
  "unknown-package": {
    short: "It is not known how V2 imports `{{name}}`; replace the `require` by hand.",
    long: "A CommonJS package may offer its names as named exports, only as a default export, or not at all. The table of packages says it for those that the platform provides; for others nothing is guessed.",
  },
  "package-as-a-whole": {
    short: "`{{name}}` {{what}}, so it is not known which of its names are needed; import them one by one.",
    long: "A package without a default export can only be imported name by name. Where the module is handed on, or read with a computed name, the names can't be told.",
  },
  "package-changed": {
    short: "{{what}}, and `{{name}}` is another version in V2; migrate it by hand.",
    long: "V2 has luxon 3 instead of 1, and `@jsforce/jsforce-node` instead of jsforce. Most calls are the same, which was measured; this one is not, or it can't be told. luxon 3 takes `zone`, `locale`, `numberingSystem` and `outputCalendar` in a second argument of `fromObject` and `toLocaleString`, has no `Settings.defaultZoneName` and no `LocalZone`, writes midnight as 00:00 instead of 24:00 in 24-hour presets (`TIME_24_SIMPLE`, the token `T`), and has another `Interval#count`, `toISO` with `format`, difference in quarters and long name of UTC. jsforce 3 never calls a callback: without `await` or `then`, the request is not even sent.",
  },
  "package-member": {
    short: "`{{name}}` {{what}}, which `{{source}}` does not offer; rewrite it, or leave out `--packages`.",
    long: "`es-toolkit/compat` has the functions of lodash but for a few: `chain`, `mixin`, `tap`, `thru`, `sortedUniq`, `sortedUniqBy`, `runInContext`, `noConflict`, and `_` itself as a function.",
  },
  "unknown-export": {
    short: "`{{source}}` does not export `{{name}}`; V2 would not even load the function.",
    long: "In V1 a missing or misspelt name was `undefined` until it was used. An ES module import of a missing name is a link error that takes the whole function down.",
  },
  "require-in-place": {
    short: "This `require` {{what}}, so it cannot become an import at the top of the file.",
    long: "An import runs before everything else. A `require` that is conditional, guarded by `try`, computed, relative, of JSON, or evaluated for its effect at a certain time can't move there without a change of behaviour.",
  },
  "toolbelt-import": {
    short:
      'The V1 toolbelt is taken in by `import` or `export` here; write `const { Toolbelt } = require("lp-faas-toolbelt")` first.',
    long: "V1 functions are CommonJS and take their toolbelt in by `require`. A file with an `import` of `lp-faas-toolbelt` runs on neither platform: it has been migrated by half. With `require` in its place the rest is migrated; or import what V2 has from `core-functions-toolbelt` by hand.",
  },
  "import-name-clash": {
    short:
      "`{{name}}` must be imported under its own name, but the file has another `{{name}}`{{where}}; rename that one.",
    long: "V2's command line breaks an import with `as`, so a name is imported as it is. Where the file declares the same name for something else, at module level or around the place of use, or uses a global of that name, one of the two has to be renamed.",
  },
  "sloppy-mode": {
    short: "{{what}} works only in sloppy mode; a V2 function is an ES module and strict.",
    long: "V1 functions are sloppy CommonJS scripts. As an ES module the same code throws, or means something else: assignments to undeclared variables that no declaration is certain to mend (one that may be read before it has a value, or that is a global of Node.js), `with`, octal literals, `delete` of a variable, `this` in a plain function, `arguments` that alias parameters, functions declared in blocks and used outside, `arguments.callee`, `caller` and `arguments` of a function, the CommonJS variables.",
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
    short: "`{{name}}` does not exist in the V1 toolbelt; {{advice}}.",
    long: "The call fails in V1 already. It is usually a misspelt client, or one that was removed.",
  },
  "toolbelt-error-text": {
    short:
      "`{{text}}` is the text of a V1 error; {{name}} uses another text in V2. Recognise the error in another way.",
    long: "The errors of the toolbelt's clients have other messages in V2, so a comparison with the old wording would quietly take another branch.",
  },
  "toolbelt-error-class": {
    short: "`SecretError` does not exist in V2, and this {{what}}; use `ToolBeltError`.",
    long: "Checks such as `err instanceof SecretError` are rewritten, because V2's ToolBeltError tells its client in `component`. Creating, extending or handing on the class has no counterpart.",
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
    short: "The options of this request {{what}}, so it is not known what is sent.",
    long: "Options are converted by an allow list. When they are not an object literal with plain keys, the list can't be applied.",
  },
  "client-escapes": {
    short: "The {{name}} {{what}}, so its calls cannot be followed.",
    long: "Every call of a client that changed between V1 and V2 must be visible, because each one is rewritten by its own arguments.",
  },
  "lp-client-without-options": {
    short:
      "LpClient reads fields of its third argument: without one this call fails in V1 and in V2. Pass at least `{}`.",
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
    short: "It is not known whether this call uses the same secret as the other calls of its client: {{why}}.",
    long: "LpClient of V2 keeps one access token per client, whatever secret a later call names. Calls with different secrets need a client each, so the name of the secret must be in the code.",
  },
  "mtls-call": {
    short: "This call of the MTLSClient {{what}}; rewrite it by hand.",
    long: "V2 verifies certificates only for calls with `allowSelfSigned: false`, which is added to each call that says nothing; so the options of each call must be visible. It rejects bodies of GET and HEAD requests and objects without `json: true`, and encodes every body with `json: true`, texts as well.",
  },
  "orchestrator-call": {
    short: "This call of the OrchestratorClient {{what}}; rewrite it by hand.",
    long: "V2 answers with text unless `json: true` is set. Whether it has to be set follows from what is done with the answers, so these and the options must be visible.",
  },
  "http-client-left": {
    short: "The HTTP client is still in use, and V2 has none; run http-client-to-fetch first.",
    long: "Imports can only be written once every call of the HTTP client is a fetch. In a whole run the reason why a call stays is told instead.",
  },
  "global-name-taken": {
    short: "`{{name}}` is declared in this file, but the migrated code needs the global of that name; rename it.",
    long: "The code that replaces a request calls `fetch` and other globals. Where the file declares such a name for something else, `globalThis.fetch` is written, unless the file uses the global object itself, or reads of its own name are moved. Errors that are thrown in the place of texts need `Error`, and the kept V1 contract `Promise`.",
  },
  "http-callback": {
    short: "This request gets a callback beside its promise; write it with the promise, then run again.",
    long: "request-promise calls a callback as well as settling its promise, the client of V1's command line never called one, and what the platform does is not documented. So what the callback did can't be told. `await` the request, or use `then`.",
  },
  "http-option": {
    short: "The request option `{{name}}` {{why}}.",
    long: "Options are converted by an allow list; this one has no exact counterpart in fetch, or none that this version writes.",
  },
  "url-without-scheme": {
    short: "The URL {{url}} has no scheme; the request fails in V1 and in V2. Begin it with `https://`.",
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
    short: "The function has already answered here, so this callback has no effect.",
    long: "Only the first call of the callback counts in V1.",
  },
  "secret-mutated": {
    short: "This changes the secret that was read; V2 shares it with every later read. Copy it first.",
    long: "The V2 client hands out the cached object itself, so a change leaks into later reads.",
  },
} satisfies Record<string, RemarkKind>);

export type ReasonId = keyof typeof reasons;
