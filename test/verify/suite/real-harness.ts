import { isDeepStrictEqual } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import type { Observation, Outcome, RecordedRequest, Scenario } from "../../../src/verify/model.ts";
import { givenScenarios } from "../../../src/verify/scenarios/script.ts";
import { caseNames, readText, ROOT, scriptOf } from "../../functions/cases.ts";
import { deriveScenarios } from "../../oracle/derive.ts";
import { Runner } from "../../oracle/runner.ts";
import { someOf } from "../scale.ts";
import { jobFor, testPool } from "../support.ts";

/*
 * What the simulation says is what the real things do: here the originals run with the real request-promise-native, and
 * both sides against a real server on this machine and with the real timers of Node.js.
 */
const runner = new Runner();
const pool = testPool();
afterAll(async () => {
  pool.close();
  await runner.close();
});

/** What the two clients and the wire add, and no function decides. */
const WIRE_HEADERS = new Set([
  "host",
  "connection",
  "accept-encoding",
  "transfer-encoding",
  "content-length",
  "referer",
]);

function plainRequest({ method, url, headers, body }: RecordedRequest): object {
  const kept = Object.entries(headers).filter(([name]) => !WIRE_HEADERS.has(name));
  return { method, url, body, headers: Object.fromEntries(kept.toSorted(([a], [b]) => (a < b ? -1 : 1))) };
}

/**
 * The requests, in their order: but for those that a client rejected and sent all the same, at some time between the
 * `catch` and the next request.
 */
function plainRequests(requests: readonly RecordedRequest[]): object {
  const [heard = [], rejected = []] = [false, true].map((is) =>
    requests.filter(({ isRejected = false }) => isRejected === is).map(plainRequest),
  );
  return { heard, rejected };
}

/** The JSON of a value as data: what is left out of other data is left out of it as well. */
function plainOutcome(outcome: Outcome): object {
  if (outcome.kind !== "value" || outcome.json === "undefined") return outcome;
  return { ...outcome, json: JSON.parse(outcome.json) as unknown };
}

/** Beside the real world stands a stand-in for oauth-1.0a, which signs without time and chance. */
const SIGNATURE = /^(OAuth oauth_consumer_key="[^"]*"), .*/u;

/** The way to an error leads through the code of the real client, or of the simulated one. */
const STACK_LINE = /\n {4}at .*/gu;

/** Fields of responses and errors that only the real client has: they tell of sockets and parsers. */
function plainObservation(observation: Observation): unknown {
  const { requests, outcome, later, ...rest } = observation;
  const whole = {
    requests: plainRequests(requests),
    outcome: plainOutcome(outcome),
    later: later.map(plainOutcome),
    ...rest,
  };
  const text = JSON.stringify(whole, (key, value: unknown) => {
    // V1's errors of a HEAD have the headers alone for a response.
    if ((key === "headers" || key === "response") && typeof value === "object" && value !== null) {
      const kept = Object.entries(value).filter(
        ([name]) => !["connection", "keep-alive", "transfer-encoding", "host"].includes(name),
      );
      return Object.fromEntries(kept);
    }
    if (typeof value === "string") return value.replace(SIGNATURE, "$1").replaceAll(STACK_LINE, "");
    // Nothing that the simulation has.
    return key === "socket" ? undefined : value;
  });
  return JSON.parse(text) as unknown;
}

/** The functions that the sandbox does not run, with the reason, and how they end in a real world. */
const REFUSED: Readonly<Record<string, readonly [reason: string, end: Outcome["kind"]]>> = {
  "adversarial/process-exit": ["it calls process.exit", "lost"],
  "adversarial/methods-added-to-texts": [
    "it changes what belongs to JavaScript itself (String.prototype.asTitle)",
    "value",
  ],
  "functions/template-file": ["it uses node:fs", "value"],
};

const migrated = caseNames.filter((name) => readText(`${ROOT}${name}/expected.js`) !== undefined);
const cases = someOf(migrated, { sample: 6 });

describe.each(cases)("%s", (name) => {
  it("does in the simulation what it does in a real world", async () => {
    const script = scriptOf(name);
    const texts = {
      legacy: readText(`${ROOT}${name}/index.js`) ?? "",
      modern: readText(`${ROOT}${name}/expected.js`) ?? "",
    };
    const scenarios: Scenario[] = givenScenarios(script);
    const { path, substitutes = {} } = jobFor("", undefined);
    for (const [index, scenario] of scenarios.entries()) {
      for (const side of ["legacy", "modern"] as const) {
        const text = texts[side];
        const real = await runner.run({ side, text, scenario, limits: { idleMs: 60, limitMs: 5_000 } });
        const simulated = await pool.observe({ side, path, text, scenario, substitutes });
        if ("notRun" in simulated) {
          expect([simulated.notRun, real.outcome.kind]).toEqual(REFUSED[name]);
          return;
        }
        const [left, right] = [plainObservation(real), plainObservation(simulated.observation)];
        if (!isDeepStrictEqual(left, right))
          expect({ scenario: scenario.name, side, ...(right as object) }).toEqual({
            scenario: scenario.name,
            side,
            ...(left as object),
          });
        if (index === 0 && side === "legacy" && script.derive !== false)
          scenarios.push(...deriveScenarios(scenario, real));
      }
    }
  });
});
