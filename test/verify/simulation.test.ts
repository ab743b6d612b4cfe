import { afterAll, describe, expect, it } from "vitest";
import type { Observation, Scenario, Side } from "../../src/verify/model.ts";
import { jobFor, testPool } from "./support.ts";

const pool = testPool();
afterAll(() => {
  pool.close();
});

async function run(side: Side, text: string, scenario: Partial<Scenario> = {}): Promise<Observation> {
  const { path, substitutes = {} } = jobFor("", undefined);
  const observed = await pool.observe({ side, path, text, scenario: { name: "test", ...scenario }, substitutes });
  if ("notRun" in observed) throw new Error(observed.notRun);
  return observed.observation;
}

const legacy = (body: string, scenario: Partial<Scenario> = {}): Promise<Observation> =>
  run(
    "legacy",
    `const { Toolbelt } = require("lp-faas-toolbelt"); const http = Toolbelt.HTTPClient(); async function lambda(input, callback) { ${body} }`,
    scenario,
  );
const modern = (body: string, scenario: Partial<Scenario> = {}): Promise<Observation> =>
  run(
    "modern",
    `import { Toolbelt } from "core-functions-toolbelt"; async function lambda(input) { ${body} }`,
    scenario,
  );

describe("virtual time", () => {
  it("costs nothing, and is what Date says", async () => {
    const started = Date.now();
    const seen = await modern(`
      const [date, now] = [Date.now(), performance.now()];
      await new Promise((resolve) => setTimeout(resolve, 30000));
      return [Date.now() - date, performance.now() - now, new Date() - date, new Date().toISOString()];`);
    expect(seen.outcome).toMatchObject({ value: [30_000, 30_000, 30_000, "2024-05-15T10:30:30.000Z"] });
    expect(Date.now() - started).toBeLessThan(5_000);
  });

  it("keeps the order of timers, answers and immediates", async () => {
    const seen = await legacy(`
      setTimeout(() => console.info("timer 20"), 20);
      http("https://api.example.com/").then(() => console.info("answer"));
      setTimeout(() => { console.info("timer 5"); callback(null, 1); }, 5);
      setImmediate(() => console.info("immediate"));`);
    expect(seen.console.map(({ args }) => args[0])).toEqual(["immediate", "timer 5", "answer", "timer 20"]);
  });

  it("ends a request at its time limit, on either side in its way", async () => {
    const scenario = { responses: [{ delayMs: 12_000 }] };
    const before = await legacy(
      `http("https://api.example.com/", { timeout: 3000 }).catch((error) => callback(null, [error.message, Date.now() - Date.UTC(2024, 4, 15, 10, 30)]));`,
      scenario,
    );
    expect(before.outcome).toMatchObject({ value: ["Error: ESOCKETTIMEDOUT", 3000] });
    const after = await modern(
      `try { await fetch("https://api.example.com/", { signal: AbortSignal.timeout(3000) }); } catch (error) { return [error.name, Date.now() - Date.UTC(2024, 4, 15, 10, 30)]; }`,
      scenario,
    );
    expect(after.outcome).toMatchObject({ value: ["TimeoutError", 3000] });
  });

  it("ends where a function would go on for ever", async () => {
    expect((await modern(`setInterval(() => {}, 60000); return 1;`)).outcome).toMatchObject({ value: 1 });
    expect((await legacy(`setInterval(() => {}, 60000);`)).outcome).toEqual({ kind: "timeout" });
  });
});

describe("chance", () => {
  it("is the same in every run", async () => {
    const text = `const crypto = await import("node:crypto"); return [Math.random(), crypto.randomUUID(), crypto.randomBytes(4).toString("hex"), globalThis.crypto.randomUUID(), crypto.randomInt(1000)];`;
    const [first, second] = [await modern(text), await modern(text)];
    expect(first.outcome).toEqual(second.outcome);
    expect(first.outcome).toMatchObject({ kind: "value" });
  });
});

describe("the console", () => {
  it.each(["legacy", "modern"] as const)("of %s has the methods of the platform, and no more", async (side) => {
    const text = `for (const name of ["debug", "info", "log", "warn", "error"]) console[name](name); console.table([]);`;
    const seen = side === "legacy" ? await legacy(text) : await modern(text);
    expect(seen.console.map(({ level }) => level)).toEqual(["debug", "info", "log", "warn", "error"]);
    expect(seen.outcome).toMatchObject({ error: { name: "TypeError", message: "console.table is not a function" } });
  });
});

describe("V1's client", () => {
  it("writes into the objects that it is given, and leaves out what is undefined", async () => {
    const seen = await legacy(
      `const uri = require("url").parse("https://api.example.com/a"); const auth = { username: "u", password: "p" };
      try { await http({ uri, auth, jar: undefined }); } catch (error) {
        callback(null, [uri.port, auth, error.options.uri === uri, "jar" in error.options]);
      }`,
      { responses: [{ status: 404 }] },
    );
    expect(seen.outcome).toMatchObject({
      value: [443, { username: "u", password: "p", user: "u", pass: "p" }, true, false],
    });
  });

  it("takes of a URL what it would find in a parsed address", async () => {
    const seen = await legacy(`
      await http({ uri: new URL("https://me:secret@api.example.com:8443/a?b=1") });
      await http({ uri: new URL("https://api.example.com/a?b=1"), qs: { c: 2 } });
      callback(null, 1);`);
    expect(seen.requests.map(({ url }) => url)).toEqual([
      "https://api.example.com:8443/a?b=1",
      "https://api.example.com/a?c=2",
    ]);
    expect(seen.requests[0]?.headers).not.toHaveProperty("authorization");
  });
});

describe("node:http", () => {
  it.each([
    ["legacy", "http:", `const client = require("http");`],
    ["modern", "https:", `const client = await import("node:https");`],
  ] as const)("of %s reaches the simulated network by %s", async (side, scheme, load) => {
    const body = `${load} return new Promise((resolve, reject) => client.request("${scheme}//api.example.com:8080/a?b=1", { method: "POST", headers: { "X-A": "1" } }, (response) => {
      let text = ""; response.on("data", (part) => { text += part; }); response.on("end", () => resolve([response.statusCode, text])); }).on("error", reject).end("sent"))`;
    const scenario = { responses: [{ status: 201, body: "made" }] };
    const seen =
      side === "legacy"
        ? await legacy(`(await (async () => { ${body} })().then((r) => callback(null, r), callback))`, scenario)
        : await modern(body, scenario);
    expect(seen.outcome).toMatchObject({ value: [201, "made"] });
    expect(seen.requests).toMatchObject([
      {
        method: "POST",
        url: `${scheme}//api.example.com:8080/a?b=1`,
        headers: { "x-a": "1" },
        body: Buffer.from("sent").toString("base64"),
      },
    ]);
  });
});

describe("a V2 text", () => {
  it("links as a module does", async () => {
    const wrong = await run(
      "modern",
      `import { HTTPClient } from "core-functions-toolbelt"; async function lambda() {}`,
    );
    expect(wrong.outcome).toMatchObject({ kind: "load-error", error: { name: "SyntaxError" } });
    const right = await run(
      "modern",
      `import path, { join as put } from "node:path";\nimport * as all from "path";\nexport const one = put("a", "b"); const two = await Promise.resolve(all.join(one, "c"));\nexport default async function lambda() { return [two, path.sep, typeof require, this]; }`,
    );
    expect(right.outcome).toMatchObject({ value: ["a/b/c", "/", "undefined", { $: "undefined" }] });
  });

  it("has the places of its file in its errors", async () => {
    const seen = await run(
      "modern",
      `import {\n  join,\n} from "node:path";\n\nasync function lambda() {\n  return new Error("here").stack.split("\\n")[1].replace(/.*:(\\d+):\\d+\\)?$/, "$1") + join("a");\n}`,
    );
    expect(seen.outcome).toMatchObject({ value: "6a" });
  });
});

describe("a function of one run", () => {
  it("leaves nothing to the next: globals, variables of the module, timers", async () => {
    const text = `leaked = (typeof leaked === "undefined" ? 0 : leaked) + 1; let own = 0; function lambda(input, callback) { own += 1; setTimeout(() => console.info("late"), 1e7); callback(null, [leaked, own]); }`;
    for (let round = 0; round < 2; round += 1) {
      const seen = await run("legacy", text, { input: {}, later: [{}] });
      expect([seen.outcome, ...seen.later]).toMatchObject([{ value: [1, 1] }, { value: [1, 2] }]);
      expect(seen.console).toEqual([]);
    }
  });
});

it("gives every run the input as it was", async () => {
  const scenario = { input: { list: [1, 2] }, later: [{ list: [3] }] };
  for (let round = 0; round < 2; round += 1) {
    const seen = await modern(`return input.list.shift();`, scenario);
    expect([seen.outcome, ...seen.later]).toMatchObject([{ value: 1 }, { value: 3 }]);
  }
});

it("takes a method that all objects have for no field of the input that is given", async () => {
  const answer = 'Object.prototype.hasOwnProperty.call(input.payload, "id") && input.hasOwnProperty("headers")';
  const original = `function lambda(input, callback) { callback(null, ${answer}); }`;
  const result = `async function lambda(input) { return ${answer}; }`;
  const report = await pool.prove(jobFor(original, result, { template: { input: { headers: [], payload: {} } } }));
  expect(report).toMatchObject({ kind: "same" });
});
