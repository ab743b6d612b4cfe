import { createRequire } from "node:module";
import { createModel } from "../../src/analysis/model.ts";
import { parseSource } from "../../src/analysis/parse.ts";
import { step } from "../../transforms/http-client-to-fetch.ts";
import type { ReceivedRequest, RecordingServer } from "./server.ts";

type RequestPromise = (options: Record<string, unknown>) => Promise<unknown>;
type Lambda = (input: Record<string, unknown>) => Promise<unknown>;

const requireHere = createRequire(import.meta.url);
const requestPromise = requireHere("request-promise-native") as RequestPromise & Record<string, RequestPromise>;

/** The V1 client: one options object, the first argument wins, own headers only without those of the user. */
function createClient(): RequestPromise {
  const optionsOf = (first: unknown, second: unknown): Record<string, unknown> => ({
    rejectUnauthorized: false,
    headers: { "LP-URL": "le1", "User-Agent": "LP-Lambda-1" },
    ...(typeof first === "string" ? { uri: first } : {}),
    ...(typeof second === "object" ? second : {}),
    ...(typeof first === "object" ? first : {}),
  });
  const client = (first: unknown, second?: unknown): Promise<unknown> =>
    Promise.resolve(requestPromise(optionsOf(first, second)));
  for (const verb of ["get", "post", "put", "patch", "del", "delete", "head"]) {
    Reflect.set(client, verb, (first: unknown, second?: unknown) =>
      Promise.resolve(requestPromise[verb]?.(optionsOf(first, second))),
    );
  }
  return client;
}

/** Evaluates a function file and gives its `lambda`. */
function load(text: string): Lambda {
  const toolbelt = {
    Toolbelt: {
      HTTPClient: createClient,
      SecretClient: () => ({ readSecret: (key: string) => ({ key, value: "s3cret" }) }),
    },
  };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text is the subject of the test
  const evaluate = new Function("require", `${text}\nreturn lambda;`) as (require: (name: string) => unknown) => Lambda;
  return evaluate((name) => (name === "lp-faas-toolbelt" ? toolbelt : requireHere(name)));
}

/** What the step makes of a file; throws when it refuses it. */
export function convert(text: string): string {
  const result = step(createModel(parseSource(text)), { style: "faithful" });
  if (result.refusals.length > 0) {
    throw new Error(`${result.refusals.map((refusal) => refusal.message).join("\n")}\n${text}`);
  }
  return result.edits.applyTo(text).text;
}

export interface Outcome {
  readonly value?: unknown;
  readonly error?: unknown;
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
function plainError(error: unknown): unknown {
  if (!(error instanceof Error) || error.name !== "StatusCodeError") {
    return "no answer";
  }
  const { name, message, statusCode, error: body, response } = error as Error & Record<string, unknown>;
  const rest = plainValue(response) as Record<string, unknown>;
  delete rest["statusMessage"];
  return { name, message, statusCode, body: plainValue(body), response: rest };
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
