import type { Verdict } from "../../src/migrate/result.ts";

/** A way in which the migration or a rule once went wrong, and what would fail if it came back. */
export interface Fault {
  /** What went wrong. */
  readonly kind: string;
  /** Functions below `fixtures` in which it happened, with the verdict that is right. */
  readonly fixtures?: Readonly<Record<string, Verdict>>;
  /** What a result of these functions must tell: ids of reasons, differences or follow-ups. */
  readonly told?: readonly string[];
  /** Tests of it, where a function alone does not show it. */
  readonly tests?: readonly string[];
}

/** All kinds of faults that were found, each with what holds it. A new one gets its smallest function here. */
export const faults: readonly Fault[] = [
  {
    kind: "an option that goes takes the one behind it into a comment",
    fixtures: { "adversarial/options-behind-comments": "migrated" },
    tests: ["test/laws/formatting.test.ts"],
  },
  {
    kind: "a handler that cannot be seen keeps its callback",
    fixtures: {
      "adversarial/handler-assigned-later": "refused",
      "adversarial/handler-from-object": "refused",
      "adversarial/lambda-reassigned": "refused",
      "adversarial/wrapped-handler": "refused",
      "adversarial/wrapped-handler-with-toolbelt": "refused",
    },
    told: ["handler-shape"],
  },
  {
    kind: "a handler without a name, or that reads its callback out of `arguments`, is not listed at all",
    fixtures: { "adversarial/arguments-one": "refused", "adversarial/module-exports-anonymous": "refused" },
    told: ["handler-shape"],
  },
  {
    kind: "a handler that is the member of an instance, of an exported object or of the global object is not listed",
    fixtures: {
      "adversarial/handler-exported-twice": "refused",
      "adversarial/handler-in-the-object-of-exports": "refused",
      "adversarial/handler-of-an-instance": "refused",
      "adversarial/handler-on-the-global-object": "refused",
    },
    told: ["handler-shape"],
    tests: ["test/analysis/code/hidden-handler.test.ts"],
  },
  {
    kind: "a client that is used above its declaration, which fails in V1, goes",
    fixtures: {
      "adversarial/client-called-for-above": "refused",
      "adversarial/client-of-another-case": "refused",
      "adversarial/client-used-above-its-declaration": "refused",
    },
    told: ["http-client-escapes"],
  },
  {
    kind: "what is required below its first use is there before it",
    fixtures: { "adversarial/required-below-its-use": "refused" },
    told: ["require-in-place"],
  },
  {
    kind: "a failed HEAD fails with a TypeError of the helper that sends it",
    fixtures: { "adversarial/failed-head-that-nobody-awaits": "migrated" },
    told: ["http-error-shape"],
  },
  {
    kind: "a handler by another name is taken for no function",
    fixtures: { "adversarial/handler-is-an-alias": "migrated", "adversarial/handler-is-exported-alias": "migrated" },
  },
  {
    kind: "a value that is no Error is thrown as it is, and the platform drops it",
    fixtures: {
      "adversarial/error-value-from-a-table": "migrated",
      "adversarial/late-raw-error": "migrated",
      "adversarial/objects-as-reasons": "migrated",
      "adversarial/reasons-from-helpers": "migrated",
      "adversarial/reasons-of-a-kept-contract": "mechanical",
      "adversarial/reasons-of-every-kind": "migrated",
      "adversarial/reasons-with-a-guard": "migrated",
      "adversarial/rejected-values-in-chains": "migrated",
    },
    told: ["error-object"],
  },
  {
    kind: "the error of a request loses what is listed of it, and nothing is said",
    fixtures: { "adversarial/errors-listed": "migrated" },
    told: ["listed-error"],
    tests: ["test/analysis/errors/lost-members.test.ts"],
  },
  {
    kind: "code reads what only V1's errors of requests have, and no remark is about there",
    fixtures: { "adversarial/errors-taken-apart": "migrated" },
    told: ["error-read"],
    tests: ["test/analysis/errors/lost-members.test.ts"],
  },
  {
    kind: "any call with a list counts as `Promise.all`, and a guard around a secret goes",
    fixtures: { "adversarial/secrets-settled-together": "migrated" },
  },
  {
    kind: "a parameter goes that an arrow function reads out of `arguments`",
    fixtures: { "adversarial/arguments-in-an-arrow": "refused" },
  },
  {
    kind: "an option that is deleted, chosen or kept in a list is sent as it was written",
    fixtures: {
      "adversarial/options-changed-in-a-list": "migrated",
      "adversarial/options-in-a-growing-list": "migrated",
      "adversarial/options-taken-out-again": "migrated",
    },
  },
  {
    kind: "an address in parts is asked for as `[object Object]`",
    fixtures: { "adversarial/addresses-of-parts": "refused", "adversarial/parsed-addresses": "migrated" },
  },
  {
    kind: "fetch adds headers to a conditional request, and nothing is said",
    fixtures: { "adversarial/conditional-requests": "migrated" },
    told: ["conditional-headers"],
  },
  {
    kind: "a proxy of the environment is ignored, and nothing is said",
    fixtures: { "adversarial/proxy-set-by-the-function": "refused" },
    told: ["http-option"],
  },
  {
    kind: "a proxy that the function keeps away is taken for none",
    fixtures: { "adversarial/proxies-kept-away": "migrated" },
    told: ["proxy-ignored"],
  },
  {
    kind: "a variable of the platform keeps its old name where `process` has another one",
    fixtures: {
      "adversarial/env-brand-in-many-forms": "migrated",
      "adversarial/environment-by-other-names": "migrated",
    },
    told: ["environment-name"],
  },
  {
    kind: "sloppy code means something else in a module",
    fixtures: {
      "adversarial/arguments-callee": "refused",
      "adversarial/block-function-twice": "refused",
      "adversarial/delete-of-a-length": "refused",
      "adversarial/for-in-with-initialiser": "refused",
      "adversarial/implicit-globals-between-functions": "refused",
      "adversarial/named-function-expression-assigned": "refused",
      "adversarial/reserved-words-as-names": "refused",
      "adversarial/this-of-a-number": "refused",
      "adversarial/undefined-assigned": "refused",
      "adversarial/var-and-function-of-one-name": "refused",
    },
    told: ["sloppy-mode"],
  },
  {
    kind: "work that nobody waits for is stopped behind the answer, and nothing is said",
    fixtures: { "adversarial/work-behind-the-answer": "mechanical" },
    tests: ["test/analysis/contract/unfinished-work.test.ts"],
  },
  {
    kind: "a requirement takes all that is declared beside it along",
    fixtures: { "adversarial/all-declarators-go": "migrated" },
  },
  {
    kind: "a value that may be missing is taken for one that is there",
    fixtures: { "adversarial/helpers-that-may-give-nothing": "migrated" },
    tests: ["test/laws/known-values.test.ts", "test/analysis/values/origins.test.ts"],
  },
  {
    kind: "words grow together where no blank stands between them",
    fixtures: { "adversarial/words-without-blanks": "migrated", "adversarial/one-liner": "migrated" },
    tests: ["test/laws/formatting.test.ts"],
  },
  {
    kind: "a comment between parameters or in a pattern breaks the result",
    fixtures: {
      "adversarial/comments-between-parameters": "migrated",
      "adversarial/comments-in-destructured-reads": "migrated",
      "adversarial/comments-inside-parentheses": "migrated",
    },
    tests: ["test/laws/formatting.test.ts"],
  },
  {
    kind: "a class that calls back while it is made breaks the result",
    fixtures: { "adversarial/class-that-calls-back": "mechanical" },
    tests: ["test/analysis/code/class-code.test.ts"],
  },
  {
    kind: "a callback uses a value that is declared below it",
    fixtures: { "adversarial/value-declared-below": "migrated" },
    tests: ["test/analysis/code/early-reads.test.ts"],
  },
  {
    kind: "a property named `arguments` counts as the object of that name",
    fixtures: { "adversarial/arguments-of-a-command": "migrated" },
    tests: ["test/analysis/code/own-arguments.test.ts"],
  },
  {
    kind: "a name that every object inherits ends a run or a lint",
    tests: ["test/laws/names.test.ts"],
  },
  {
    kind: "code that is nested deeply or without end ends the process",
    tests: ["test/laws/depth.test.ts", "test/analysis/code/limited-parser.test.ts", "test/analysis/code/depth.test.ts"],
  },
  {
    kind: "a regular expression of a user is run, and takes longer than anyone waits",
    fixtures: { "adversarial/slow-patterns": "migrated" },
    tests: ["test/analysis/errors/patterns.test.ts", "test/lint/no-open-pattern.test.ts"],
  },
  {
    kind: "functions of array methods in each other take exponential time",
    fixtures: { "adversarial/loops-in-loops": "migrated" },
    tests: ["test/analysis/control/interpreter.test.ts"],
  },
  {
    kind: "the toolbelt of V1 is left in a result, where `import` takes it in",
    fixtures: {
      "adversarial/imported-v1-toolbelt": "refused",
      "adversarial/imported-v1-toolbelt-later": "refused",
    },
    told: ["toolbelt-import"],
  },
  {
    kind: "text that is put behind a line comment becomes a part of it",
    fixtures: { "adversarial/comments-at-the-end-of-blocks": "migrated" },
    tests: ["test/laws/formatting.test.ts"],
  },
  {
    kind: "a comment ends the line behind `return`, and nothing is given",
    fixtures: { "adversarial/comment-behind-return": "migrated" },
    tests: ["test/laws/formatting.test.ts"],
  },
  {
    kind: "the handler of `finally` asks for what it never gets",
    fixtures: { "adversarial/finally-with-a-parameter": "migrated" },
  },
  {
    kind: "what is written behind an argument gets into the parentheses around it",
    fixtures: {
      "adversarial/arguments-in-parentheses": "migrated",
      "adversarial/clients-in-parentheses": "migrated",
      "adversarial/loose-arguments-in-parentheses": "migrated",
    },
    tests: ["test/laws/formatting.test.ts", "test/laws/other-words.test.ts"],
  },
  {
    kind: "two edits reach into each other, and nothing is migrated",
    fixtures: { "adversarial/dead-call-at-the-end-of-a-try": "migrated" },
    tests: ["test/edits/text/edit-list.test.ts", "test/transforms/fixtures.test.ts"],
  },
  {
    kind: "some statements are written, or none, where there must be one",
    fixtures: { "adversarial/helper-called-between-if-and-else": "migrated" },
    tests: ["test/edits/text/remove-statements.test.ts"],
  },
  {
    kind: "an arrow function without braces gets statements",
    fixtures: { "adversarial/loop-in-a-short-helper": "mechanical" },
  },
  {
    kind: "a client that one path creates is created on all, or on none",
    fixtures: { "adversarial/client-assigned-between-if-and-else": "refused" },
    tests: ["test/transforms/fixtures.test.ts"],
  },
  {
    kind: "a V2 function that names the toolbelt of V1 is migrated once more",
    fixtures: { "adversarial/old-toolbelt-named": "migrated" },
    tests: ["test/migrate/migrate-source.test.ts"],
  },
  {
    kind: "a member that every object has, of the HTTP client, ends the migration",
    fixtures: { "adversarial/client-asked-for-its-own-members": "refused" },
    told: ["http-client-escapes"],
  },
  {
    kind: "white space takes longer than anyone waits",
    tests: ["test/edits/text/white-space.test.ts", "test/migrate/migrate-source.test.ts"],
  },
  {
    kind: "a config.json of lists in lists ends the run",
    tests: ["test/migrate/run-config.test.ts"],
  },
  {
    kind: "a file that is no text in UTF-8 is explained in two ways",
    tests: ["test/migrate/run-config.test.ts", "test/cli/bad-input.test.ts"],
  },
  {
    kind: "findings that the README shows how to suppress fail the command all the same",
    tests: ["test/package/recipes.ts"],
  },
  {
    kind: "a rule is sure that nobody calls back, where an inner function does",
    tests: ["test/rules/fixtures.test.ts"],
  },
  {
    kind: "a rule is silent where its transform refuses",
    tests: ["test/laws/agreement.test.ts"],
  },
  {
    kind: "an error of a request is read unnoticed behind Promise.allSettled, a callback of the file, or what holds it and is thrown",
    fixtures: { "adversarial/errors-behind-other-values": "migrated" },
    told: ["error-read"],
  },
  {
    kind: "an error that becomes the cause of another one loses the fields that are read of the cause",
    fixtures: { "adversarial/errors-as-causes": "migrated" },
    told: ["error-read"],
  },
];
