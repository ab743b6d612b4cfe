import { describe, expect, test } from "vitest";
import { DECLARED_IDS } from "../../src/verify/compare/declared.ts";
import { formatDifference, verify } from "./index.ts";
import { CALL, DECLARED_ROWS, UNEXPLAINED_ROWS } from "./declared-rows.ts";
import type { CaseScript, Report } from "./index.ts";

const LIMITS = { idleMs: 40, limitMs: 2_000 };
const V1 = `const { Toolbelt } = require("lp-faas-toolbelt"); const http = Toolbelt.HTTPClient(); const secrets = Toolbelt.SecretClient();\n`;
const V2 = `import { Toolbelt } from "core-functions-toolbelt"; const secrets = Toolbelt.SecretClient();\n`;

function check(original: string, migrated: string, declared: string[], scenarios: CaseScript = {}): Promise<Report> {
  const v1 = `${V1}async function lambda(input, callback) { ${original} }`;
  const v2 = `${V2}async function lambda(input) { ${migrated} }`;
  return verify({ original: v1, migrated: v2, declared, scenarios, limits: LIMITS });
}

describe.each(DECLARED_ROWS)("$ids: $migrated", ({ ids, original, migrated, besides = [], scenarios = {} }) => {
  test("explained when declared", async () => {
    const report = await check(original, migrated, [...ids, ...besides], scenarios);
    expect(report.differences.map(formatDifference)).toEqual([]);
    expect(report.explained).not.toEqual([]);
  });

  test.each(ids)("not explained without %s", async (id) => {
    const others = DECLARED_IDS.filter((other) => other !== id);
    const report = await check(original, migrated, others, scenarios);
    expect(report.differences).not.toEqual([]);
  });
});

describe("what no declaration explains", () => {
  test.each(UNEXPLAINED_ROWS)("%s", async (_name, original, migrated, kinds) => {
    const report = await check(original, migrated, [...DECLARED_IDS], { derive: false });
    expect(report.differences.map(({ kind }) => kind)).toEqual(kinds);
  });
});

test("the status that is not checked shows in the derived scenarios", async () => {
  const original = CALL(`http("https://api.example.com/a", { headers: {} })`);
  const migrated = `return (await fetch("https://api.example.com/a")).text();`;
  const report = await check(original, migrated, [...DECLARED_IDS]);
  expect(report.differences.map(({ kind, scenario }) => `${kind}: ${scenario}`)).toEqual([
    "outcome: a JSON 404 for request 1 (GET https://api.example.com/a)",
    "outcome: a text 500 for request 1 (GET https://api.example.com/a)",
  ]);
});

describe("what a declaration does not excuse", () => {
  const wrong: readonly (readonly [what: string, id: string, original: string, migrated: string])[] = [
    [
      "a failure in V2 alone, where V1 went on",
      "early-error",
      CALL(`http("https://api.example.com/a", { headers: {}, simple: false })`),
      `const r = await fetch("https://api.example.com/a"); await r.text(); await fetch("https://api.example.com/b"); return input.a.b.c;`,
    ],
    [
      "a failure with another error",
      "early-error",
      `try { if (!input.row) throw new Error("no row"); callback(null, 1); } catch (e) { callback(e); }`,
      `throw new TypeError("Cannot be: Cannot read properties");`,
    ],
    [
      "other logs before the failure",
      "early-error",
      `try { console.info(input.row.id); callback(); } catch { callback(new Error("no row")); }`,
      `console.warn("other"); console.info(input.row.id);`,
    ],
    [
      "a failure in the place of silence",
      "never-settles",
      `console.info("x");`,
      `console.info("x"); throw new Error("new");`,
    ],
    [
      "an answer in the place of silence, where V1 left no error to nobody",
      "helper-error",
      `console.info("x");`,
      `console.info("x"); return 1;`,
    ],
    [
      "other logs in front of an error that is handled now",
      "helper-error",
      `console.info("x"); setTimeout(() => callback(null, input.a.b), 1);`,
      `try { return input.a.b; } catch { return 1; }`,
    ],
    [
      "another value in a header of the client",
      "client-headers",
      CALL(`http("https://api.example.com/a", { simple: false })`),
      `return (await fetch("https://api.example.com/a", { headers: { "LP-URL": "https://other" } })).text();`,
    ],
  ];

  test.each(wrong)("%s (%s)", async (_what, id, original, migrated) => {
    const report = await check(original, migrated, [id, "network-error-shape"], { derive: false, input: {} });
    expect(report.differences).not.toEqual([]);
  });
});

describe("a difference that is declared and does not explain what else is wrong", () => {
  const U = `"https://api.example.com/a"`;
  const WRITE = (value: string): string => `await secrets.updateSecret({ key: "k", value: "${value}" });`;
  const redirect = { path: "/a", status: 302, headers: { location: "/b" }, body: "moved" };
  const rows: readonly (readonly [string, string[], string, string, CaseScript])[] = [
    [
      "a lost write behind credentials that V1 rejected",
      ["unchecked-credentials"],
      `let end; try { end = await http(${U}, { headers: {}, auth: { user: 7, pass: "x" } }); } catch (e) { end = e.message; } ${WRITE("1")} callback(null, end);`,
      `return (await fetch(${U}, { headers: { authorization: "Basic " + btoa("7:x") } })).text();`,
      {},
    ],
    [
      "other credentials",
      ["unchecked-credentials"],
      `callback(null, await http(${U}, { headers: {}, simple: false, auth: { user: "a", pass: "x" } }));`,
      `return (await fetch(${U}, { headers: { authorization: "Basic " + btoa("a:y") } })).text();`,
      {},
    ],
    [
      "credentials in the place of missing ones",
      ["unchecked-credentials"],
      `callback(null, await http(${U}, { headers: {}, auth: {} }).catch((error) => error.message));`,
      `return (await fetch(${U}, { headers: { authorization: "Basic " + btoa("a:y") } })).text();`,
      {},
    ],
    [
      "another token",
      ["unchecked-credentials"],
      `callback(null, await http(${U}, { headers: {}, simple: false, auth: { bearer: "x" } }));`,
      `return (await fetch(${U}, { headers: { authorization: "Bearer y" } })).text();`,
      {},
    ],
    [
      "another write behind a GET with a body",
      ["get-with-body"],
      `await http(${U}, { headers: {}, method: "GET", body: "x" }); ${WRITE("1")} callback(null, 1);`,
      `try { await fetch(${U}, { body: "x" }); } catch {} ${WRITE("2")} return 1;`,
      {},
    ],
    [
      "another write behind a redirect",
      ["redirects-followed"],
      `await http(${U}, { method: "POST", headers: {}, simple: false }); ${WRITE("1")} callback();`,
      `await fetch(${U}, { method: "POST" }); ${WRITE("2")}`,
      { responses: [redirect, {}] },
    ],
    [
      "another log in front of a body that is no JSON",
      ["strict-json", "accept-not-sent"],
      `console.info("begin"); const a = await http(${U}, { headers: {}, json: true }); callback(null, a);`,
      `console.info("other"); return (await fetch(${U})).json();`,
      { responses: [{ body: "<p>" }] },
    ],
    [
      "another text in the place of a list",
      ["form-encoding"],
      `await http(${U}, { method: "POST", headers: {}, form: { a: ["x", "y"] } }); callback();`,
      `await fetch(${U}, { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" }, body: "a=x%2Cz" });`,
      {},
    ],
    [
      "another text in a multipart form",
      ["multipart-form"],
      `await http(${U}, { method: "POST", headers: {}, formData: { a: "1" } }); callback();`,
      `const form = new FormData(); form.append("a", "2"); await fetch(${U}, { method: "POST", body: form });`,
      {},
    ],
    [
      "another text in a body that is no form",
      ["form-spaces", "form-encoding", "text-content-type"],
      `await http(${U}, { method: "POST", headers: {}, body: '{"a":"1 2"}' }); callback();`,
      `await fetch(${U}, { method: "POST", body: '{"a":"1+2"}' });`,
      {},
    ],
    [
      "another error in the place of a value that can't be written",
      ["error-object"],
      `const a = {}; a.a = a; callback(a);`,
      `throw new TypeError("other");`,
      {},
    ],
    [
      "an end of the process in the place of silence",
      ["helper-error"],
      `setTimeout(() => callback(null, input.a.b), 1);`,
      `process.exit();`,
      {},
    ],
  ];

  test.each(rows)("%s", async (_what, ids, original, migrated, scenarios) => {
    const report = await check(original, migrated, [...ids, "network-error-shape"], {
      derive: false,
      input: {},
      ...scenarios,
    });
    expect(report.differences).not.toEqual([]);
  });
});

test("the order of different effects", async () => {
  const original = `await http("https://api.example.com/a"); console.info("sent"); callback();`;
  const migrated = `console.info("sent"); await fetch("https://api.example.com/a");`;
  const report = await check(original, migrated, ["client-headers"], { derive: false });
  expect(report.differences.map(({ kind }) => kind)).toEqual(["order"]);
});

test("a client or a value that outlives the call shows in a later call", async () => {
  const original = `const seen = []; seen.push(input); callback(null, seen);`;
  const migrated = `const seen = (globalThis.kept ??= []); seen.push(input); return seen;`;
  expect((await check(original, migrated, [], { input: 1 })).differences).toEqual([]);
  expect((await check(original, migrated, [], { input: 1, later: [2] })).differences).toMatchObject([
    { kind: "outcome", legacy: { json: "[2]" }, modern: { json: "[1,2]" } },
  ]);
});

test("two texts that do not load are no proof", async () => {
  const report = await check(`require("no-such-package"`, `await import("no-such-package"`, [...DECLARED_IDS]);
  expect(report.differences).toMatchObject([{ kind: "outcome", legacy: { kind: "load-error" } }]);
});

test("two texts that end their thread are no proof", async () => {
  const report = await check(`process.exit();`, `process.exit();`, [...DECLARED_IDS]);
  expect(report.differences).toMatchObject([{ kind: "outcome", legacy: { kind: "lost" } }]);
});

test("an id that nobody knows explains nothing", async () => {
  expect((await check(`callback(null, 1);`, `return 2;`, ["toString", "other"])).differences).toHaveLength(1);
});

test("a difference is readable", async () => {
  const [difference] = (await check(`callback(null, 1);`, `return 2;`, [])).differences;
  if (difference === undefined) throw new Error("there must be one");
  expect(formatDifference(difference)).toMatchInlineSnapshot(`
    "outcome differs (happy path)
      original: {
          "kind": "value",
          "value": 1,
          "json": "1"
        }
      migrated: {
          "kind": "value",
          "value": 2,
          "json": "2"
        }"
  `);
});
