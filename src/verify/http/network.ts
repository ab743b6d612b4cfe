import { blanksEnd, blanksStart } from "../../edits/text/white-space.ts";
import type { Clock } from "../world/clock.ts";
import type { OpenRequest, Run } from "../world/run.ts";
import { wireAnswer } from "./answer.ts";
import type { WireAnswer } from "./answer.ts";

/** Virtual milliseconds from a request to its answer, the answer's own delay aside. */
const LATENCY_MS = 10;

/** What a client sends. */
export interface Sent {
  /** Scheme and host, as in `URL.origin`. */
  readonly origin: string;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  /** Sent although the client has rejected already. */
  readonly isRejected?: boolean;
}

/** What a client is told; one of the two is called, once, in a later event. */
export interface Receiver {
  answered(answer: WireAnswer): void;
  /** The connection was closed without an answer. */
  lost(): void;
}

/**
 * The network of a run: every request is recorded and answered from the scenario, in virtual time.
 *
 * @returns what takes the client's interest back
 */
export function sendRequest(run: Run, clock: Clock, sent: Sent, receiver: Receiver): () => void {
  const request: OpenRequest = {
    origin: sent.origin,
    method: sent.method,
    path: sent.path,
    // White space around a value is not part of it: servers drop it.
    headers: sent.headers.map(([name, value]) => [name.toLowerCase(), withoutBlanks(value)]),
    body: sent.body,
    arrived: true,
    answered: false,
    isRejected: sent.isRejected === true,
  };
  run.requests.push(request);
  run.noteRequest(`request ${String(run.requests.length)}`);
  const answer = run.answerTo(request);
  const event = clock.after(LATENCY_MS + (answer.delayMs ?? 0), () => {
    request.answered = true;
    if (answer.reset === true) receiver.lost();
    else receiver.answered(wireAnswer(answer, sent.method));
  });
  return () => {
    clock.cancel(event);
  };
}

/** A text without the spaces and tabs around it. */
function withoutBlanks(text: string): string {
  return text.slice(blanksEnd(text, 0), blanksStart(text, text.length));
}
