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
    headers: joined(headers),
    body: body.toString("base64"),
    ...(isRejected && { isRejected }),
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
