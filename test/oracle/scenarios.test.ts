import { describe, expect, test } from "vitest";
import { readCaseScript, verify } from "./index.ts";
import type { Observation } from "../../src/verify/model.ts";
import { deriveScenarios } from "./derive.ts";
import { givenScenarios } from "../../src/verify/scenarios/script.ts";

const request = { method: "GET", url: "https://api.example.com/a", headers: {}, body: "" };
const seen: Observation = {
  outcome: { kind: "timeout" },
  later: [],
  requests: [request, request],
  secretReads: ["k", "k", "l"],
  secretWrites: [],
  console: [],
  calls: [],
  order: [],
  brokenBodies: 0,
  logsUnbroken: 0,
  unhandled: [],
};

test("each request fails in six ways, each secret can be missing", () => {
  const [base] = givenScenarios({ missingSecrets: ["m"] });
  const derived = deriveScenarios(base, seen);
  expect(derived).toHaveLength(2 * 6 + 2);
  expect(derived.at(-1)).toMatchObject({ name: "the secret l is missing", missingSecrets: ["m", "l"] });
  expect(derived[11]).toMatchObject({ overrides: { 1: { reset: true } } });
});

test("a named scenario replaces members of the case", () => {
  const given = givenScenarios({ env: { A: "1" }, input: 1, scenarios: [{ name: "other", input: 2 }] });
  expect(given).toEqual([
    { name: "happy path", env: { A: "1" }, input: 1 },
    { name: "other", env: { A: "1" }, input: 2 },
  ]);
});

test("scripted answers are used in turn, by method and path", async () => {
  const calls = `const out = []; for (const path of ["/a?x", "/b", "/a", "/a"]) out.push(await get("https://api.example.com" + path));`;
  const report = await verify({
    original: `const get = require("lp-faas-toolbelt").Toolbelt.HTTPClient();
      async function lambda(input, callback) { ${calls} callback(null, out); }`,
    migrated: `async function lambda() { return ["one", "other", "two", "two"]; }`,
    declared: [],
    scenarios: {
      derive: false,
      responses: [
        { path: "/a", method: "POST", body: "never" },
        { path: "/a", body: "one" },
        { path: "/a", body: "two" },
        { path: "/b", body: "other" },
      ],
    },
  });
  expect(report.differences.map(({ kind }) => kind)).toEqual(["requests"]);
});

describe("a scenarios.json that is wrong", () => {
  test.each([
    [[], "case: expected an object."],
    [
      { inputs: 1 },
      "case.inputs: expected one of input, later, env, secrets, missingSecrets, responses, orchestratorBodies, derive, scenarios as the name.",
    ],
    [{ env: { A: 1 } }, "case.env.A: expected a text (environment variables are texts)."],
    [{ secrets: [] }, "case.secrets: expected an object."],
    [{ missingSecrets: [1] }, "case.missingSecrets[0]: expected a text."],
    [{ responses: {} }, "case.responses: expected a list."],
    [{ responses: [{ status: 99 }] }, "case.responses[0].status: expected an HTTP status from 200 to 599."],
    [{ responses: [{ path: "a" }] }, 'case.responses[0].path: expected a path that starts with "/".'],
    [
      { responses: [{ uri: "a" }] },
      "case.responses[0].uri: expected one of method, path, url, status, headers, body, reset, delayMs as the name.",
    ],
    [{ derive: 1 }, "case.derive: expected true or false."],
    [{ scenarios: [{}] }, "case.scenarios[0].name: expected a text."],
  ])("%j", (value, message) => {
    expect(() => readCaseScript(value, "case")).toThrow(new Error(message));
  });

  test("and one that is right", () => {
    const script = { input: {}, responses: [{ path: "/a", status: 204 }], scenarios: [{ name: "x" }] };
    expect(readCaseScript(script, "case")).toBe(script);
  });
});
