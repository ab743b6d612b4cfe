import type { Answer, Observation, Scenario } from "../../src/verify/model.ts";

const FAILURES: readonly (readonly [string, Answer])[] = [
  ["a body that is not JSON", { status: 200, headers: { "content-type": "text/html" }, body: "<p>hello</p>" }],
  ["an empty 204", { status: 204 }],
  ["a JSON 404", { status: 404, body: { code: 404, message: "not found" } }],
  ["a text 500", { status: 500, body: "out of order" }],
  ["a redirect", { status: 302, headers: { location: "/redirected" }, body: "moved" }],
  ["a lost connection", { reset: true }],
];

/** A page of requests shall not turn into hundreds of runs: later requests of a loop fail like the first ones. */
const MAX_REQUESTS = 8;

/** What can go wrong for the requests and secrets that the run of `base` was seen to use, one thing at a time. */
export function deriveScenarios(base: Scenario, seen: Observation): Scenario[] {
  const derived: Scenario[] = [];
  for (const [index, request] of seen.requests.slice(0, MAX_REQUESTS).entries()) {
    for (const [name, answer] of FAILURES) {
      const overrides = { ...base.overrides, [index]: answer };
      derived.push({
        ...base,
        name: `${name} for request ${String(index + 1)} (${request.method} ${request.url})`,
        overrides,
      });
    }
  }
  for (const key of new Set(seen.secretReads)) {
    const missingSecrets = [...(base.missingSecrets ?? []), key];
    derived.push({ ...base, name: `the secret ${key} is missing`, missingSecrets });
  }
  return derived;
}
