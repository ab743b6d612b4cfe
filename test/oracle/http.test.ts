import { afterAll, describe, expect, test } from "vitest";
import { formatDifference, verify } from "./index.ts";
import type { CaseScript } from "./index.ts";
import type { Answer, Observation, Side } from "../../src/verify/model.ts";
import { Runner } from "./runner.ts";

const runner = new Runner();
afterAll(() => runner.close());

const LIMITS = { idleMs: 40, limitMs: 2_000 };
const V1 = `const { Toolbelt } = require("lp-faas-toolbelt"); const http = Toolbelt.HTTPClient();`;

function run(side: Side, expression: string, answer: Answer = {}): Promise<Observation> {
  const text =
    side === "legacy"
      ? `${V1} function lambda(input, callback) { Promise.resolve(${expression}).then((r) => callback(null, r), callback); }`
      : `async function lambda(input) { return ${expression}; }`;
  return runner.run({ side, text, scenario: { name: "test", responses: [answer] }, limits: LIMITS });
}

describe("V1's HTTPClient", () => {
  test("rejects a 404 with a StatusCodeError", async () => {
    const seen = await run("legacy", `http("https://api.example.com/a", { json: true })`, {
      status: 404,
      body: { code: 1 },
    });
    expect(seen.outcome).toMatchObject({
      kind: "failure",
      error: { name: "StatusCodeError", message: '404 - {"code":1}', fields: { statusCode: 404, error: { code: 1 } } },
    });
  });

  test("gives the text for json: true on what is no JSON, and undefined for nothing", async () => {
    const text = await run("legacy", `http("https://api.example.com/a", { json: true })`, { body: "<p>" });
    expect(text.outcome).toMatchObject({ value: "<p>" });
    const empty = await run("legacy", `http("https://api.example.com/a", { json: true })`, { status: 204 });
    expect(empty.outcome).toMatchObject({ json: "undefined" });
  });

  test("does not follow a 302 of a POST, but of a GET, to any host", async () => {
    const answer = { status: 302, headers: { location: "http://other.example.com/b" } };
    const post = await run("legacy", `http({ url: "https://api.example.com/a", method: "POST", body: "x" })`, answer);
    expect(post.requests.map(({ method, url }) => `${method} ${url}`)).toEqual(["POST https://api.example.com/a"]);
    expect(post.outcome).toMatchObject({ error: { name: "StatusCodeError", fields: { statusCode: 302 } } });
    const text = `${V1} function lambda(input, callback) { http("https://api.example.com/a").then((r) => callback(null, r), callback); }`;
    const scenario = { name: "test", overrides: { 0: answer } };
    const get = await runner.run({ side: "legacy", text, scenario, limits: LIMITS });
    expect(get.requests.map(({ url }) => url)).toEqual(["https://api.example.com/a", "http://other.example.com/b"]);
    expect(get.outcome.kind).toBe("value");
  });

  test("takes uri, url, URL objects and baseUrl", async () => {
    const targets = [
      `"https://api.example.com/x/y?z=1"`,
      `{ uri: "https://api.example.com/x/y?z=1" }`,
      `{ url: "https://api.example.com/x/y?z=1" }`,
      `{ url: new URL("https://api.example.com/x/y?z=1") }`,
      `{ baseUrl: "https://api.example.com/x", uri: "/y", qs: { z: 1 } }`,
    ];
    for (const target of targets) {
      const seen = await run("legacy", `http(${target})`);
      expect(
        seen.requests.map(({ url }) => url),
        target,
      ).toEqual(["https://api.example.com/x/y?z=1"]);
    }
  });

  test.each([
    ["get", "GET"],
    ["post", "POST"],
    ["del", "DELETE"],
  ])("sends with the verb of its function %s, and so does the package itself", async (name, verb) => {
    const options = `{ uri: "https://api.example.com/x", method: "PUT", simple: false, resolveWithFullResponse: true }`;
    const client = await run("legacy", `http.${name}(${options}).then((r) => r.statusCode)`);
    const itself = await run("legacy", `require("request-promise").${name}(${options}).then((r) => r.statusCode)`);
    for (const seen of [client, itself]) {
      expect(seen.outcome).toMatchObject({ value: 200 });
      expect(seen.requests.map(({ method }) => method)).toEqual([verb]);
    }
    expect(client.requests[0]?.headers).toHaveProperty("lp-url");
    expect(itself.requests[0]?.headers).not.toHaveProperty("lp-url");
  });

  test("adds its own headers only when the function gives none", async () => {
    const plain = await run("legacy", `http("https://api.example.com/a")`);
    expect(plain.requests[0]?.headers).toMatchObject({ "lp-url": "12345678", host: "api.example.com" });
    const own = await run("legacy", `http("https://api.example.com/a", { headers: { a: "1" } })`);
    expect(own.requests[0]?.headers).not.toHaveProperty("lp-url");
  });
});

test.each([
  ["legacy", `http({ url: "https://api.example.com:8443/a?b=%20c", method: "PUT", body: Buffer.from([0, 255, 10]) })`],
  [
    "modern",
    `fetch(new URL("https://api.example.com:8443/a?b=%20c"), { method: "PUT", body: Buffer.from([0, 255, 10]) })`,
  ],
] as const)("%s: bytes, method and the URL that was meant are recorded", async (side, expression) => {
  const seen = await run(side, expression);
  expect(seen.requests).toMatchObject([{ method: "PUT", url: "https://api.example.com:8443/a?b=%20c", body: "AP8K" }]);
});

test.each([
  [
    "legacy",
    `const https = require("https"); function lambda(input, done) { https.get("https://api.example.com/a?b", (r) => { let t = ""; r.on("data", (d) => { t += d; }); r.on("end", () => done(null, t)); }).on("error", done); }`,
  ],
  [
    "modern",
    `import https from "node:https"; import { setTimeout as wait } from "node:timers/promises";
    async function lambda() { await wait(3000); return new Promise((ok, no) => { https.request({ hostname: "api.example.com", path: "/a?b" }, (r) => { let t = ""; r.on("data", (d) => { t += d; }); r.on("end", () => ok(t)); }).on("error", no).end(); }); }`,
  ],
] as const)("%s: the modules of Node.js stay in the simulated world", async (side, text) => {
  const scenario = { name: "test", responses: [{ body: "hello" }] };
  const seen = await runner.run({ side, text, scenario, limits: LIMITS });
  expect(seen.outcome).toMatchObject({ value: "hello" });
  expect(seen.requests).toMatchObject([
    { method: "GET", url: "https://api.example.com/a?b", headers: { host: "api.example.com" } },
  ]);
});

test("requests in parallel are recorded and answered in the order in which they are made", async () => {
  const paths = JSON.stringify(Array.from({ length: 12 }, (_, index) => `https://api${String(index)}.example.com/`));
  const original = `${V1} function lambda(input, callback) { Promise.all(${paths}.map((u) => http({ url: u, headers: {} }).then(() => console.info(u)))).then(() => callback()); }`;
  const migrated = `async function lambda() { await Promise.all(${paths}.map((u) => fetch(u).then((r) => r.text()).then(() => console.info(u)))); }`;
  for (let round = 0; round < 10; round += 1) {
    const report = await verify({
      original,
      migrated,
      declared: [],
      runner,
      limits: LIMITS,
      scenarios: { derive: false },
    });
    expect(report.differences.map(formatDifference)).toEqual([]);
  }
});

test("connections are lost on both sides in the side's own way", async () => {
  const legacy = await run("legacy", `http("https://api.example.com/a")`, { reset: true });
  expect(legacy.outcome).toMatchObject({
    kind: "failure",
    error: {
      name: "RequestError",
      message: "Error: socket hang up",
      fields: { cause: { fields: { code: "ECONNRESET" } } },
    },
  });
  const modern = await run("modern", `fetch("https://api.example.com/a")`, { reset: true });
  expect(modern.outcome).toMatchObject({ kind: "failure", error: { name: "TypeError", message: "fetch failed" } });
  expect(modern.requests).toHaveLength(1);
});

test("a URL without a scheme fails on both sides in the side's own way", async () => {
  const legacy = await run("legacy", `http("www.example.com/a")`);
  expect(legacy.outcome).toMatchObject({ error: { message: 'Error: Invalid URI "www.example.com/a"' } });
  const modern = await run("modern", `fetch("www.example.com/a")`);
  expect(modern.outcome).toMatchObject({ error: { message: "Failed to parse URL from www.example.com/a" } });
});

test("modern: errors, responses and buffers belong to the function's own realm", async () => {
  const seen = await run(
    "modern",
    `fetch("x").catch((e) => [e instanceof TypeError, e instanceof Error, e.cause.code])`,
  );
  expect(seen.outcome).toMatchObject({ value: [true, true, "ERR_INVALID_URL"] });
});

const READ_JSON = `
async function readJson(response) {
  const text = await response.text();
  let data; try { data = text === "" ? undefined : JSON.parse(text); } catch { data = text; }
  if (!response.ok) throw Object.assign(new Error(response.status + " - " + JSON.stringify(data)), { name: "StatusCodeError", statusCode: response.status, error: data });
  return data;
}`;

interface HttpRow {
  readonly name: string;
  readonly original: string;
  readonly right: string;
  readonly wrong: string;
}

const URL_TEXT = `"https://api.example.com/things?a=1"`;
const ROWS: readonly HttpRow[] = [
  {
    name: "a GET with json: true",
    original: `return http(${URL_TEXT}, { json: true, headers: { a: "1" } });`,
    right: `return readJson(await fetch(${URL_TEXT}, { headers: { Accept: "application/json", a: "1" } }));`,
    wrong: `const r = await fetch(${URL_TEXT}, { headers: { Accept: "application/json", a: "1" } });
            if (!r.ok) return readJson(r); return r.json();`,
  },
  {
    name: "a POST with a JSON body",
    original: `return http(${URL_TEXT}, { method: "POST", json: true, body: { b: [1] } });`,
    right: `return readJson(await fetch(${URL_TEXT}, { method: "POST", redirect: "manual",
              headers: { Accept: "application/json", "Content-Type": "application/json" }, body: JSON.stringify({ b: [1] }) }));`,
    wrong: `return readJson(await fetch(${URL_TEXT}, { method: "POST",
              headers: { Accept: "application/json", "Content-Type": "application/json" }, body: JSON.stringify({ b: [1] }) }));`,
  },
  {
    name: "a POST with a form",
    original: `return http(${URL_TEXT}, { method: "POST", json: true, headers: {}, form: { a: "1 2" } });`,
    right: `return readJson(await fetch(${URL_TEXT}, { method: "POST", redirect: "manual",
              headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" }, body: "a=1%202" }));`,
    wrong: `return readJson(await fetch(${URL_TEXT}, { method: "POST", redirect: "manual",
              headers: { Accept: "application/json" }, body: new URLSearchParams({ a: "1 2" }) }));`,
  },
  {
    name: "a string body without a content type",
    original: `return http(${URL_TEXT}, { method: "PUT", body: "text", json: false, headers: { a: "1" }, simple: false });`,
    right: `return (await fetch(${URL_TEXT}, { method: "PUT", redirect: "manual", headers: { a: "1" }, body: new Blob(["text"]) })).text();`,
    wrong: `return (await fetch(${URL_TEXT}, { method: "PUT", redirect: "manual", headers: { a: "1" }, body: "text" })).text();`,
  },
];

describe.each(ROWS)("$name", ({ original, right, wrong }) => {
  const declared = ["client-headers", "http-error-shape", "network-error-shape"];
  const check = (body: string, scenarios: CaseScript = {}) =>
    verify({
      original: `${V1} async function lambda(input, callback) { try { callback(null, await (() => { ${original} })()); } catch (e) { console.error("failed: " + e.message); callback(e); } }`,
      migrated: `async function lambda(input) { try { return await (async () => { ${body} })(); } catch (e) { console.error("failed: " + e.message); throw e; } } ${READ_JSON}`,
      declared,
      runner,
      limits: LIMITS,
      scenarios,
    });

  test("right: only declared differences", async () => {
    const report = await check(right);
    expect(report.differences.map(formatDifference)).toEqual([]);
    expect(report.scenarios).toBe(7);
    expect(report.explained).not.toEqual([]);
  });

  test("wrong: a difference", async () => {
    expect((await check(wrong)).differences).not.toEqual([]);
  });
});
