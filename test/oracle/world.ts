import http from "node:http";
import type { AddressInfo } from "node:net";
import type { Answer } from "../../src/verify/model.ts";
import type { OpenRequest } from "../../src/verify/world/run.ts";
import type { TimedRun } from "./clock.ts";
import { oneTurn, restingTurn, scopes } from "./scopes.ts";

/** The header by which a request on the wire finds the record that its client side made. Never recorded. */
export const TICKET_HEADER = "x-oracle-ticket";

/** What is answered when nothing is scripted. Names that functions often read, so that happy paths go far. */
const DEFAULT_BODY = { ok: true, id: 7, name: "example", access_token: "token", items: [{ id: 1 }, { id: 2 }] };

/**
 * The scripted outside world: one HTTP server on 127.0.0.1 that stands for every host. The client sides of both
 * platforms announce each request (`announce`) with the origin the function meant, and send it here.
 */
export class World {
  readonly #server: http.Server;
  readonly #open = new Map<string, { run: TimedRun; request: OpenRequest; index: number }>();
  #tickets = 0;
  #port = 0;

  constructor() {
    this.#server = http.createServer((request, response) => {
      void this.#serve(request, response);
    });
    // Kept connections are never closed by the server: a close that crosses a request would look like a reset.
    this.#server.keepAliveTimeout = 0;
  }

  /** Starts the server; resolves with its port. */
  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
    return this.#port;
  }

  get port(): number {
    return this.#port;
  }

  /** Records that the run sends a request to `origin` now; returns the value for `TICKET_HEADER`. */
  announce(run: TimedRun, origin: string): string {
    this.#tickets += 1;
    const ticket = String(this.#tickets);
    const request: OpenRequest = {
      origin,
      method: "",
      path: "",
      headers: [],
      body: Buffer.alloc(0),
      arrived: false,
      answered: false,
      isRejected: scopes.getStore()?.call?.isRejected === true,
    };
    this.#open.set(ticket, { run, request, index: run.requests.length });
    run.requests.push(request);
    run.noteRequest(`request ${String(run.requests.length)}`);
    run.activity += 1;
    return ticket;
  }

  async #serve(incoming: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const ticket = String(incoming.headers[TICKET_HEADER]);
    const entry = this.#open.get(ticket);
    this.#open.delete(ticket);
    if (entry === undefined) {
      response.writeHead(500).end("a request that no run announced");
      return;
    }
    const { run, request, index } = entry;
    request.method = incoming.method ?? "";
    request.path = incoming.url ?? "";
    request.headers = headerPairs(incoming.rawHeaders);
    request.arrived = true;
    run.activity += 1;
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      request.body = Buffer.concat(chunks);
    } catch {
      // The client went away in the middle of its body: what came so far is the record.
      return;
    }
    run.activity += 1;
    const answer = run.answerTo(request);
    if (answer.delayMs !== undefined && answer.delayMs > 0) {
      request.answered = true;
      await delayed(run, answer.delayMs);
    }
    await earlierAnswered(run, index);
    send(answer, incoming, response);
    await oneTurn();
    request.answered = true;
  }
}

/** Waits on the clock of the run, which goes on as if nothing were under way. */
async function delayed(run: TimedRun, delay: number): Promise<void> {
  run.delayedAnswers += 1;
  await new Promise<void>((resolve) => {
    run.clock.after(delay, resolve, true);
  });
  run.delayedAnswers -= 1;
  run.activity += 1;
}

/** An earlier request that has not come after so many turns never will (its client refused to send it). */
const MOST_TURNS = 70;

/**
 * Waits until the requests that were made before this one are answered, so that requests in parallel get their answers
 * in the order in which they were made, whatever connections they took.
 */
async function earlierAnswered(run: TimedRun, index: number): Promise<void> {
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    if (run.requests.slice(0, index).every((request) => request.answered)) return;
    await restingTurn(turn);
  }
}

function headerPairs(raw: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = (raw[index] ?? "").toLowerCase();
    if (name !== TICKET_HEADER) pairs.push([name, raw[index + 1] ?? ""]);
  }
  return pairs;
}

function send(answer: Answer, incoming: http.IncomingMessage, response: http.ServerResponse): void {
  if (answer.reset === true) {
    incoming.socket.destroy();
    return;
  }
  const status = answer.status ?? 200;
  const body = "body" in answer ? answer.body : status === 200 ? DEFAULT_BODY : undefined;
  // The clock must not make two runs differ.
  response.sendDate = false;
  const bytes =
    body === undefined ? Buffer.alloc(0) : Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
  for (const [name, value] of Object.entries(answer.headers ?? {})) {
    response.setHeader(name, typeof value === "string" ? value : [...value]);
  }
  if (body !== undefined && !response.hasHeader("content-type")) {
    response.setHeader("content-type", typeof body === "string" ? "text/plain" : "application/json");
  }
  if (status !== 204 && status !== 304 && !response.hasHeader("content-length")) {
    response.setHeader("content-length", bytes.length);
  }
  response.writeHead(status);
  response.end(bytes);
}
