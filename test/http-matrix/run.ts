import { createModel } from "../../src/analysis/code/model.ts";
import { parseSource } from "../../src/analysis/code/parse.ts";
import { step } from "../../transforms/http-client-to-fetch.ts";
import { load } from "./client.ts";
import type { ReceivedRequest, RecordingServer } from "./server.ts";

/** A file that was migrated, and the ids of the differences that the run declared. */
export interface Conversion {
  readonly text: string;
  readonly declared: ReadonlySet<string>;
}

/** What the step makes of a file; throws when it refuses it. */
export function convert(text: string): Conversion {
  const result = step(createModel(parseSource(text)), { style: "faithful" });
  if (result.refusals.length > 0) {
    throw new Error(`${result.refusals.map((refusal) => refusal.message).join("\n")}\n${text}`);
  }
  return { text: result.edits.applyTo(text).text, declared: new Set(result.differences.map(({ id }) => id)) };
}

/** The error of a status, with the fields that it has. */
export interface StatusError {
  readonly name: string;
  readonly message: string;
  readonly statusCode?: unknown;
  readonly body?: unknown;
  readonly response?: unknown;
}

export interface Outcome {
  readonly value?: unknown;
  readonly error?: StatusError | "no answer";
  readonly requests: readonly unknown[];
}

const IGNORED_ANSWER_HEADERS = new Set(["date", "connection", "keep-alive", "transfer-encoding"]);

function plainHeaders(headers: unknown): unknown {
  return Object.fromEntries(Object.entries(headers as object).filter(([name]) => !IGNORED_ANSWER_HEADERS.has(name)));
}

function isResponse(
  value: unknown,
): value is { statusCode: number; statusMessage: string; headers: object; body: unknown } {
  return typeof value === "object" && value !== null && "statusCode" in value && "headers" in value;
}

function plainValue(value: unknown): unknown {
  if (isResponse(value)) {
    const { statusCode, headers, body } = value;
    return { statusCode, statusMessage: value.statusMessage, headers: plainHeaders(headers), body: plainValue(body) };
  }
  return Buffer.isBuffer(value) ? { buffer: value.toString("base64") } : value;
}

/** Errors of a status are compared in full; of others only that there is one, for their shape is a declared difference. */
function plainError(error: unknown): StatusError | "no answer" {
  if (!(error instanceof Error) || (error.name !== "StatusCodeError" && !/^\d{3} - /u.test(error.message))) {
    return "no answer";
  }
  const { name, message, statusCode, error: body, response } = error as Error & Record<string, unknown>;
  return {
    name,
    message,
    ...("statusCode" in error && { statusCode }),
    ...("error" in error && { body: plainValue(body) }),
    ...("response" in error && { response: withoutMessage(response) }),
  };
}

function withoutMessage(response: unknown): unknown {
  const rest = plainValue(response) as Record<string, unknown>;
  delete rest["statusMessage"];
  return rest;
}

/** Headers that both clients write for themselves. */
const IGNORED_HEADERS = new Set([
  "accept-encoding",
  "accept-language",
  "connection",
  "content-length",
  "host",
  "lp-url",
  "referer",
  "sec-fetch-mode",
  "transfer-encoding",
  "user-agent",
]);

function plainRequest({ method, url, headers, body }: ReceivedRequest): unknown {
  const kept = Object.entries(headers).filter(
    ([name, value]) => !IGNORED_HEADERS.has(name) && !(name === "accept" && value === "*/*"),
  );
  return { method, url, body, headers: Object.fromEntries(kept.toSorted(([a], [b]) => a.localeCompare(b))) };
}

/** Runs a function file against the server and tells what came of it, for the function and on the wire. */
export async function run(text: string, server: RecordingServer, origin: string, tag: string): Promise<Outcome> {
  const requests = (): unknown[] => server.receivedFor(tag).map(plainRequest);
  try {
    const value = await load(text)({ base: `${origin}/${tag}`, payload: {} });
    return { value: plainValue(value), requests: requests() };
  } catch (error) {
    return { error: plainError(error), requests: requests() };
  }
}
