import type { Observation, Outcome, RecordedRequest } from "../model.ts";
import type { OpenRequest, Run } from "./run.ts";

/** What a run has shown, with how its calls ended: without an end, nothing was heard of it in time. */
export function observationOf(run: Run, [outcome = { kind: "timeout" }, ...later]: readonly Outcome[]): Observation {
  const { secretReads, secretWrites, console: logs, calls, order, brokenBodies, logsUnbroken, unhandled } = run;
  return {
    outcome,
    later,
    requests: run.requests.filter(({ arrived }) => arrived).map(recorded),
    secretReads,
    secretWrites,
    console: logs,
    calls,
    order,
    brokenBodies,
    logsUnbroken,
    unhandled,
  };
}

function recorded({ method, origin, path, headers, body, isRejected }: OpenRequest): RecordedRequest {
  return {
    method,
    url: `${origin}${path}`,
    ...withoutBoundary(joined(headers), body),
    ...(isRejected && { isRejected }),
  };
}

const BOUNDARY = /^(?<type>multipart\/form-data; ?boundary=)(?<boundary>.+)$/u;

/** The headers and the body, as base64; the boundary of a form is what its client makes up, and its length as well. */
function withoutBoundary(
  headers: Readonly<Record<string, string>>,
  body: Buffer,
): Pick<RecordedRequest, "headers" | "body"> {
  const { boundary } = BOUNDARY.exec(headers["content-type"] ?? "")?.groups ?? {};
  if (boundary === undefined) return { headers, body: body.toString("base64") };
  const others = Object.fromEntries(Object.entries(headers).filter(([name]) => name !== "content-length"));
  // Not every client ends the last line.
  const text = body
    .toString("latin1")
    .replaceAll(boundary, "boundary")
    .replace(/--\r\n$/u, "--");
  return {
    headers: { ...others, "content-type": "multipart/form-data; boundary=boundary" },
    body: Buffer.from(text, "latin1").toString("base64"),
  };
}

function joined(pairs: readonly (readonly [name: string, value: string])[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of pairs) {
    const before = headers[name];
    headers[name] = before === undefined ? value : `${before}, ${value}`;
  }
  return headers;
}
