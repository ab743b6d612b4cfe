/** What the simulated outside world answers to one request. */
export interface Answer {
  /** HTTP status; 200 when left out. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** A string is sent as it is; anything else as JSON (with `content-type: application/json` unless given). */
  readonly body?: unknown;
  /** Close the connection instead of answering. */
  readonly reset?: boolean;
  /** Milliseconds to wait before answering. */
  readonly delayMs?: number;
}

/** An answer with the requests it is for. Left out means "any"; `path` is compared without the query. */
export interface ScriptedAnswer extends Answer {
  readonly method?: string;
  readonly path?: string;
  /** A part of the address: `items.example.com`. */
  readonly url?: string;
}

/** What a call of a client brings: an error that no client makes, the client's own error, or nothing of what was wanted. */
export type CallAnswer = "failure" | "refusal" | "nothing";

/** One situation in which both texts are run. Everything is plain data, so that it can be sent to a worker thread. */
export interface Scenario {
  readonly name: string;
  readonly input?: unknown;
  /** Inputs of later calls, one after another, of the same loaded function: instances are used again. */
  readonly later?: readonly unknown[];
  /** The user's own environment variables; each platform adds its own. */
  readonly env?: Readonly<Record<string, string>>;
  /** The secrets that exist. Left out: every key exists, with the value `value of KEY`. */
  readonly secrets?: Readonly<Record<string, unknown>>;
  /** What secrets hold that `secrets` does not name: `value of KEY`, or this. Left out: there are no others. */
  readonly otherSecrets?: "text" | { readonly value: unknown };
  readonly missingSecrets?: readonly string[];
  /** Secrets that can be read, and whose writes fail. */
  readonly failingWrites?: readonly string[];
  /** What calls of the toolbelt's clients bring when not all goes well, by the number of the call (0 is the first). */
  readonly callAnswers?: Readonly<Record<number, CallAnswer>>;
  /** In which form V1's OrchestratorClient hands bodies over, which is not documented; as values when left out. */
  readonly orchestratorBodies?: "text" | "value";
  /** Of the answers that match a request, each is used once and the last one repeats. */
  readonly responses?: readonly ScriptedAnswer[];
  /** Answers by the number of the request (0 is the first one that is sent); they win over `responses`. */
  readonly overrides?: Readonly<Record<number, Answer>>;
}

/** One request as the outside world saw it. */
export interface RecordedRequest {
  readonly method: string;
  /** Scheme, host, path and query that the function meant. */
  readonly url: string;
  /** Lower-case names, in the order of the wire; values of a repeated header are joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body's bytes in base64. */
  readonly body: string;
  /** V1's client had rejected before it sent it: the function could not tell that it went out. */
  readonly isRejected?: true;
}

/** One call of `console`. */
export interface RecordedLog {
  readonly level: string;
  readonly args: readonly unknown[];
}

/** How a run ended. `error` and `value` are snapshots: see `snapshot`. */
export type Outcome =
  | { readonly kind: "value"; readonly value: unknown; readonly json: string }
  | { readonly kind: "failure"; readonly error: unknown }
  | { readonly kind: "load-error"; readonly error: unknown }
  | { readonly kind: "timeout" }
  /** The function blocked or ended its thread: nothing of what it did could be seen. */
  | { readonly kind: "lost" };

/** Everything that could be seen of one run from outside. */
export interface Observation {
  readonly outcome: Outcome;
  /** How the calls with the inputs of `Scenario.later` ended. */
  readonly later: readonly Outcome[];
  readonly requests: readonly RecordedRequest[];
  /** Keys in the order in which the store was asked (an answer from a cache is no read). */
  readonly secretReads: readonly string[];
  readonly secretWrites: readonly { readonly key: string; readonly value: unknown }[];
  readonly console: readonly RecordedLog[];
  /** Calls of the other toolbelt clients: `Client.method` and the arguments. */
  readonly calls: readonly { readonly name: string; readonly args: readonly unknown[] }[];
  /** In which order requests, logs, secret writes and calls were made: `request 1`, `console 1`, `console 2`, … */
  readonly order: readonly string[];
  /** How many answers could not be read as JSON by the Response of fetch. */
  readonly brokenBodies: number;
  /** How many logs were written before the first of them. */
  readonly logsUnbroken: number;
  /** Rejections nobody handled and exceptions nobody caught. */
  readonly unhandled: readonly unknown[];
}

/** Limits of one run, in milliseconds. */
export interface Limits {
  /** Without any event for so long, a run that has not settled counts as one that never will. */
  readonly idleMs: number;
  /** The whole run, waiting for what goes on after it has settled included. */
  readonly limitMs: number;
}

/** Which contract a text is run under. */
export type Side = "legacy" | "modern";

/** What the worker thread is asked. */
export interface Job {
  readonly side: Side;
  readonly text: string;
  readonly scenario: Scenario;
  readonly limits: Limits;
}
