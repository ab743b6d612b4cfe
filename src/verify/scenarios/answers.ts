import type { Answer, CallAnswer } from "../model.ts";

/** What an outgoing call may bring, as a clause that follows the call's name. */
export const ANSWERS: readonly (readonly [clause: string, answer: Answer])[] = [
  ["fails with 404 and JSON", { status: 404, body: { code: 404, message: "not found" } }],
  [
    "answers with text that is not JSON",
    { status: 200, headers: { "content-type": "text/html" }, body: "<p>hello</p>" },
  ],
  ["fails on the network", { reset: true }],
  ["answers nothing (204)", { status: 204 }],
  ["fails with 500 and text", { status: 500, body: "out of order" }],
  ["redirects", { status: 302, headers: { location: "/redirected" }, body: "moved" }],
  ["answers after 12 seconds", { delayMs: 12_000 }],
];

/** What calls of the toolbelt's clients may bring, by their names. */
export const CALL_ANSWERS: readonly (readonly [calls: RegExp, clause: string, brings: CallAnswer])[] = [
  [/^/u, "fails", "failure"],
  [
    /^(?:ContextServiceClient|SDEUtil|GDPRUtil|Connection)\.|^ConversationUtil\.get/u,
    "fails with its own error",
    "refusal",
  ],
  [/^MTLSClient$|^OrchestratorClient\./u, "is answered with an error", "nothing"],
  [/^Connection\.|^ConversationUtil\.get/u, "finds nothing", "nothing"],
];

/** What every request may bring: what is tried again fails again. */
export const EVERY: readonly (readonly [clause: string, answer: Answer])[] = [
  ["fails with 500 and text", { status: 500, body: "out of order" }],
  ["fails on the network", { reset: true }],
];

/** Answers with a status that the code compares: a good one may hold what others of its kind may. */
export function answersWith(status: number, body: object): (readonly [clause: string, answer: Answer])[] {
  const clause = `answers with ${String(status)}`;
  if (status >= 300) return [[clause, { status, body: { status } }]];
  return [
    [clause, { status, body }],
    [`${clause} and text that is not JSON`, { status, headers: { "content-type": "text/html" }, body: "<p>hello</p>" }],
    [`${clause} and nothing`, { status }],
  ];
}

/** An answer with a text that the code finds something in. */
export function answersText(body: string): readonly [clause: string, answer: Answer] {
  const shown = JSON.stringify(body.length > 20 ? `${body.slice(0, 20)}…` : body);
  return [`answers with the text ${shown}`, { status: 200, headers: { "content-type": "text/html" }, body }];
}
