interface Harmless {
  /** Fixtures in which a fault can do nothing. */
  readonly functions: readonly string[];
  /** The top-level functions of the text that this holds for; all when left out. */
  readonly within?: readonly string[];
  /** The code that a fault takes the place of; any when left out. */
  readonly code?: string;
  readonly reason: string;
}

const ANSWER_PARTS = ["readJson", "readText", "parseJson", "statusError"];

/** Parts of functions in which a fault can do nothing, with the reason. */
export const harmlessParts: readonly Harmless[] = [
  { functions: ["functions/misspelt-client-name"], reason: "a name that is defined nowhere ends every run before" },
  {
    functions: ["functions/url-without-scheme"],
    reason: "its address is none, so that every request fails before it is sent",
  },
  { functions: ["functions/audit-log-service"], within: ["lambda"], reason: "both ways ask the same service" },
  {
    functions: ["functions/late-calls-of-a-helper"],
    within: ["readJson"],
    reason: "nobody hears what the late call fails with",
  },
  {
    functions: ["functions/callback-gets-run-promise"],
    code: "throw new Error(`${response.status} - ${JSON.stringify(answer)}`);",
    reason: "the function has called back before, and its first call alone counts",
  },
  {
    functions: ["functions/redirects-of-a-post"],
    within: ["encodeForm"],
    code: 'return "";',
    reason: "its form has one field, and join writes nothing for undefined, as for an empty text",
  },
  {
    functions: ["adversarial/status-switch-with-defaults"],
    within: ["parseJson"],
    code: "return text;",
    reason: "a text has no items, and neither has the object that is taken for nothing",
  },
  { functions: ["functions/lp-client-without-options"], reason: "the client fails without its options, in every run" },
  {
    functions: ["adversarial/semicolonless-first-line-paren"],
    reason: "its first statement fails in every run",
  },
  {
    functions: [
      "adversarial/fire-and-forget",
      "functions/answer-is-ignored",
      "functions/answer-is-ignored-in-a-chain",
      "functions/lp-client-unknown-service",
    ],
    within: ANSWER_PARTS,
    reason: "nobody looks at what comes back",
  },
  {
    functions: ["functions/answer-in-time"],
    within: ["lambda"],
    code: "clearTimeout(timer);\n          resolve({ reply: body.answer });",
    reason: "a timer that finds the work done does nothing",
  },
  {
    functions: ["functions/packed-transcript"],
    within: ["lambda"],
    code: 'throw new Error("Packing failed");',
    reason: "every text can be packed",
  },
  {
    functions: ["functions/switch-fall-through"],
    within: ["lambda"],
    code: "await response.text()",
    reason: "where the text is used, its promise is returned; and no answer breaks off in the middle of its text",
  },
  {
    functions: ["functions/returns-whole-token"],
    within: ["readResponse", "plainResponse"],
    reason: "nobody looks at what comes back",
  },
];

/** Why a fault that no run comes to, though all branches of the original are taken, can do nothing. */
export const UNREACHED_PART = "what is written for a case that the original never has";

/** Why a fault in a helper function of the migration that no run comes to is none of this function's. */
export const UNUSED_PART =
  "a part of a helper for values that this function never has; test/edits/templates calls the helpers with all of them";

/** Why a fault can do nothing whose value may as well be anything else: what looks at it would end its process. */
export const UNREAD_VALUE = "a value that nobody looks at";
