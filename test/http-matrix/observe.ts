import type { ReceivedRequest } from "./server.ts";

/** An error as the caller of the function could see it. */
export interface SeenError {
  readonly name: string;
  readonly message: string;
  readonly statusCode?: unknown;
  readonly error?: unknown;
  readonly response?: unknown;
}

/** What a request was on the wire, without what both clients write for themselves. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** All that could be seen of one run, as plain data. */
export interface Observation {
  readonly value?: unknown;
  readonly error?: SeenError;
  readonly requests: readonly SeenRequest[];
}

/** The connection and the clients themselves write these; no function's code decides them. */
const IGNORED_HEADERS = new Set([
  "accept-encoding",
  "accept-language",
  "connection",
  "host",
  "referer",
  "sec-fetch-mode",
  "transfer-encoding",
  "user-agent",
]);

const IGNORED_ANSWER_HEADERS = new Set(["date", "connection", "keep-alive", "transfer-encoding"]);

/** Without the boundary of a form, which each client makes up, and the length that comes of it. */
function withoutBoundary(request: ReceivedRequest): ReceivedRequest {
  const { "content-type": type = "" } = request.headers;
  const { boundary } = /^multipart\/form-data; ?boundary=(?<boundary>.+)$/u.exec(type)?.groups ?? {};
  if (boundary === undefined) return request;
  const text = Buffer.from(request.body, "base64").toString("latin1").replaceAll(boundary, "boundary");
  const body = Buffer.from(text.trimEnd(), "latin1").toString("base64");
  const headers = Object.entries(request.headers).filter(([name]) => name !== "content-length");
  return { ...request, headers: { ...Object.fromEntries(headers), "content-type": "multipart/form-data" }, body };
}

function seenRequest(request: ReceivedRequest): SeenRequest {
  const { method, url, headers, body } = withoutBoundary(request);
  const kept = Object.entries(headers).filter(
    ([name, value]) =>
      !IGNORED_HEADERS.has(name) &&
      !(name === "accept" && value === "*/*") &&
      !(name === "content-length" && value === "0"),
  );
  return { method, url, body, headers: Object.fromEntries(kept.toSorted(([a], [b]) => a.localeCompare(b))) };
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function seenValue(value: unknown): unknown {
  if (Buffer.isBuffer(value)) {
    return { buffer: value.toString("base64") };
  }
  if (Array.isArray(value)) {
    return value.map(seenValue);
  }
  if (!isFields(value)) {
    return value;
  }
  if (!isFields(value["headers"]) || !("statusCode" in value)) {
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, seenValue(part)]));
  }
  const { statusCode, statusMessage, headers, body } = value;
  const kept = Object.entries(headers).filter(([name]) => !IGNORED_ANSWER_HEADERS.has(name));
  const isLegacy = "request" in value;
  return {
    statusCode,
    statusMessage,
    headers: Object.fromEntries(kept),
    body: seenValue(body),
    ...(isLegacy && { isLegacy }),
  };
}

function seenError(error: unknown): SeenError {
  if (!(error instanceof Error)) {
    return { name: "no Error", message: String(error) };
  }
  const { name, message, statusCode, error: body, response } = error as Error & Record<string, unknown>;
  return {
    name,
    message,
    ...(statusCode !== undefined && { statusCode }),
    ...("error" in error && name !== "RequestError" && { error: seenValue(body) }),
    ...(response !== undefined && { response: seenValue(response) }),
  };
}

/** With what V1 rejected credentials that are missing or no texts. Source: request, lib/auth.js. */
export const BAD_CREDENTIALS = /^Error: (?:auth\(\) received invalid user or password|no auth mechanism defined)$/u;

/** V1's client sends a request that it rejects all the same: waits until it has arrived. */
async function rejectedRequest(error: SeenError, received: () => readonly ReceivedRequest[]): Promise<void> {
  const isSent = error.name === "RequestError" && BAD_CREDENTIALS.test(error.message);
  while (isSent && received().length === 0) {
    await new Promise((resolve) => {
      setTimeout(resolve, 1);
    });
  }
}

/** Runs a function and tells what could be seen of it; `received` gives what the server got. */
export async function observe(
  invoke: () => Promise<unknown>,
  received: () => readonly ReceivedRequest[],
): Promise<Observation> {
  try {
    const value = seenValue(await invoke());
    return { value, requests: received().map(seenRequest) };
  } catch (thrown) {
    const error = seenError(thrown);
    await rejectedRequest(error, received);
    return { error, requests: received().map(seenRequest) };
  }
}
