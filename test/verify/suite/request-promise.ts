import { isDeepStrictEqual } from "node:util";
import { afterAll, expect, it } from "vitest";
import type { Observation, ScriptedAnswer } from "../../../src/verify/model.ts";
import { callLegacy, load } from "../../http-matrix/client.ts";
import { combinations } from "../../http-matrix/combinations.ts";
import { observe } from "../../http-matrix/observe.ts";
import { RecordingServer } from "../../http-matrix/server.ts";
import { isWhole, someOf } from "../scale.ts";
import { jobFor, testPool } from "../support.ts";

/*
 * Our own request-promise against the real request-promise-native: each combination of options and answers is a V1
 * function that makes one request, run with the real client and a real server, and in the simulation.
 */
const pool = testPool();
const server = new RecordingServer();
afterAll(async () => {
  pool.close();
  await server.stop();
});

const INPUT = {
  payload: { method: "GET", text: "plain ü text", list: ["x"], headers: { "X-Own": "own" }, nested: { a: 1 } },
};

/** What the server of the matrix answers, endpoint by endpoint. */
const ANSWERS: Readonly<Record<string, Omit<ScriptedAnswer, "path">>> = {
  "json-200": { headers: { "content-type": "application/json" }, body: '{"ok":true,"list":[1,"ü"]}' },
  "text-200": { headers: { "content-type": "text/plain" }, body: "plain text ü" },
  "broken-json-200": { headers: { "content-type": "application/json" }, body: '{"ok":' },
  "empty-204": { status: 204 },
  "json-201": { status: 201, headers: { "content-type": "application/json" }, body: '{"id":7}' },
  "null-200": { headers: { "content-type": "application/json" }, body: "null" },
  "empty-200": { headers: { "content-type": "application/json" }, body: "" },
  "text-404": { status: 404, headers: { "content-type": "text/html" }, body: "<p>nothing here</p>" },
  "empty-404": { status: 404, headers: { "content-type": "text/plain" }, body: "" },
  "json-404": { status: 404, headers: { "content-type": "application/json" }, body: '{"code":404}' },
  "text-500": { status: 500, headers: { "content-type": "text/plain" }, body: 'broken "badly"' },
  ...Object.fromEntries(
    [301, 302, 303, 307, 308].map((status) => [
      `redirect-${String(status)}`,
      { status, headers: { location: "json-200?from=redirect" }, body: "elsewhere" },
    ]),
  ),
  reset: { reset: true },
};

const CLIENT_HEADERS = new Set([
  "accept-encoding",
  "host",
  "connection",
  "user-agent",
  "lp-url",
  "content-length",
  "referer",
  "accept",
]);

/** What can be compared of a request: what the options of the function have made of it. */
function plainRequests(requests: readonly { method: string; url: string; body: string; headers: object }[]): unknown {
  return requests.map(({ method, url, body, headers }) => ({
    method,
    url: url.replace(/^https?:\/\/[^/]*\/n\d+\//u, "/"),
    body,
    headers: Object.fromEntries(
      Object.entries<unknown>(headers as Record<string, unknown>)
        .filter(([name]) => !CLIENT_HEADERS.has(name))
        // The server of the matrix leaves out the boundary, which each client makes up.
        .map(([name, value]): [string, string] => [name, String(value).replace("; boundary=boundary", "")])
        .sort(),
    ),
  }));
}

/** Bytes as `observe` shows them, wherever they are in what JSON holds. */
function withBuffers(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("type" in value) || value.type !== "Buffer") return value;
  return { buffer: Buffer.from((value as { data?: number[] }).data ?? []).toString("base64") };
}

/** What came of the call: the text of its result, or name, message, status and body of its error. */
function plainEnd({ outcome }: Observation): unknown {
  if (outcome.kind === "value")
    return { value: outcome.json === "undefined" ? undefined : (JSON.parse(outcome.json, withBuffers) as unknown) };
  const { name, message, fields } = (
    outcome as { error: { name: string; message: string; fields: Record<string, unknown> } }
  ).error;
  return { name, message, ...(name === "StatusCodeError" && { statusCode: fields["statusCode"] }) };
}

it("does what the real one does", async () => {
  const origin = await server.start();
  const different: string[] = [];
  let compared = 0;
  let notSimulated = 0;
  for (const [index, { source }] of someOf([...combinations().entries()], { sample: 7 })) {
    const endpoint = /input\.base \+ "\/([\w-]+)/u.exec(source)?.[1] ?? "";
    if (!Object.hasOwn(ANSWERS, endpoint) || /resolveWithFullResponse|baseUrl/u.test(source)) continue;
    const tag = `n${String(index)}`;
    const input = { ...structuredClone(INPUT), base: `${origin}/${tag}` };
    const responses = Object.entries(ANSWERS).map(([name, answer]) => ({ ...answer, path: `/${tag}/${name}` }));
    const { path } = jobFor("", undefined);
    const scenario = { name: "matrix", input, responses };
    const simulated = await pool.observe({ side: "legacy", path, text: source, scenario });
    if ("notRun" in simulated) {
      notSimulated += 1;
      continue;
    }
    const real = await observe(
      () => callLegacy(load(source), input),
      () => server.receivedFor(tag),
    );
    compared += 1;
    const { error } = real;
    const end =
      error === undefined
        ? { value: real.value }
        : {
            name: error.name,
            message: error.message,
            ...(error.name === "StatusCodeError" && { statusCode: error.statusCode }),
          };
    const [left, right] = [
      { end: JSON.parse(JSON.stringify(end)) as unknown, requests: plainRequests(real.requests) },
      {
        end: JSON.parse(JSON.stringify(plainEnd(simulated.observation))) as unknown,
        requests: plainRequests(simulated.observation.requests),
      },
    ];
    if (!isDeepStrictEqual(left, right))
      different.push(`${source}\nreal ${JSON.stringify(left)}\nsimulated ${JSON.stringify(right)}`);
  }
  console.info(
    `requests compared ${String(compared)}, different ${String(different.length)}, not simulated ${String(notSimulated)}`,
  );
  expect(compared).toBeGreaterThan(isWhole ? 1_000 : 200);
  expect(different.slice(0, 5)).toEqual([]);
});
