import { afterAll, describe, expect, test } from "vitest";
import type { Observation, Scenario, Side } from "../../src/verify/model.ts";
import { Runner } from "./runner.ts";

const runner = new Runner();
afterAll(() => runner.close());

function run(side: Side, text: string, scenario: Partial<Scenario> = {}): Promise<Observation> {
  return runner.run({ side, text, scenario: { name: "test", ...scenario }, limits: { idleMs: 40, limitMs: 2_000 } });
}

async function outcome(side: Side, text: string, scenario: Partial<Scenario> = {}): Promise<unknown> {
  const { outcome: found } = await run(side, text, scenario);
  return found.kind === "value" ? { value: found.json } : found;
}

const legacy = (body: string): Promise<unknown> => outcome("legacy", `function lambda(input, callback) { ${body} }`);
const error = (message: string, name = "Error"): unknown => ({ $: "Error", name, message, fields: {} });

describe("the V1 contract", () => {
  test("the first settlement wins", async () => {
    expect(await legacy(`callback(null, 1); callback(null, 2); throw new Error("late");`)).toEqual({ value: "1" });
    expect(await legacy(`callback(new Error("no")); callback(null, 2);`)).toEqual({
      kind: "failure",
      error: error("no"),
    });
  });

  test.each([
    ["0", 0],
    ["''", ""],
    ["false", false],
    ["'text'", "text"],
  ])("callback(%s) rejects with that value", async (source, value) => {
    expect(await legacy(`callback(${source}, "lost");`)).toEqual({ kind: "failure", error: value });
  });

  test("undefined and null mean no error", async () => {
    expect(await legacy(`callback(undefined, 1);`)).toEqual({ value: "1" });
    expect(await legacy(`callback();`)).toEqual({ value: "undefined" });
    expect(await legacy(`callback(null, null);`)).toEqual({ value: "null" });
  });

  test("a promise as the result is adopted", async () => {
    expect(await legacy(`callback(null, Promise.resolve(3));`)).toEqual({ value: "3" });
    expect(await legacy(`callback(null, Promise.reject(new Error("p")));`)).toEqual({
      kind: "failure",
      error: error("p"),
    });
  });

  test("the return value is ignored, and without a callback the run times out", async () => {
    expect(await legacy(`callback(null, 1); return 2;`)).toEqual({ value: "1" });
    expect(await legacy(`return 2;`)).toEqual({ kind: "timeout" });
    expect(await outcome("legacy", `async function lambda() { return 2; }`)).toEqual({ kind: "timeout" });
  });

  test("throws and rejections fail the run", async () => {
    expect(await legacy(`throw new Error("sync");`)).toEqual({ kind: "failure", error: error("sync") });
    const text = `async function lambda() { await null; throw new TypeError("async"); }`;
    expect(await outcome("legacy", text)).toEqual({ kind: "failure", error: error("async", "TypeError") });
  });

  test.each([
    `function lambda(i, cb) { cb(null, 1); }`,
    `const lambda = (i, cb) => cb(null, 1);`,
    `module.exports = (i, cb) => cb(null, 1);`,
    `exports.lambda = (i, cb) => cb(null, 1);`,
    `module.exports = { lambda(i, cb) { cb(null, 1); } };`,
    `const process = require("process"); const { URL } = require("url"); const fetch = 1; function lambda(i, cb) { cb(null, 1); } // end`,
  ])("finds the handler in %s", async (text) => {
    expect(await outcome("legacy", text)).toEqual({ value: "1" });
  });

  test("sloppy mode, and no leftover of it in the next run", async () => {
    const text = `function lambda(i, cb) { cb(null, typeof leaked); leaked = 010; }`;
    expect(await outcome("legacy", text)).toEqual({ value: '"undefined"' });
    expect(await outcome("legacy", text)).toEqual({ value: '"undefined"' });
  });

  test("work after the settlement is still seen", async () => {
    const seen = await run(
      "legacy",
      `function lambda(i, cb) { cb(null, 1); setTimeout(() => console.warn("late"), 3000); }`,
    );
    expect(seen.console).toEqual([{ level: "warn", args: ["late"] }]);
  });

  test("the platform's environment", async () => {
    const text = `function lambda(i, cb) { cb(null, [process.env.BRAND_ID, process.env.X_LIVEPERSON_BRAND_ID, process.env.MINE]); }`;
    expect(await outcome("legacy", text, { env: { MINE: "1" } })).toEqual({ value: '["12345678",null,"1"]' });
  });
});

describe("the V2 contract", () => {
  const modern = (body: string): Promise<unknown> => outcome("modern", `async function lambda(input) { ${body} }`);

  test("returns, throws, times out", async () => {
    expect(await modern(`return { a: undefined, b: new Map() };`)).toEqual({ value: '{"b":{}}' });
    expect(await modern(`return;`)).toEqual({ value: "undefined" });
    expect(await modern(`throw new Error("x");`)).toEqual({ kind: "failure", error: error("x") });
    expect(await modern(`return new Promise(() => {});`)).toEqual({ kind: "timeout" });
  });

  test.each(["'text'", "404", "false", "undefined", "null", "{ message: 'no' }", "['no']"])(
    "throw %s is dropped: the caller gets an empty answer",
    async (source) => {
      expect(await modern(`throw ${source};`)).toEqual({ value: "undefined" });
      expect(await modern(`return Promise.reject(${source});`)).toEqual({ value: "undefined" });
    },
  );

  test("strict mode", async () => {
    expect(await modern(`leaked = 5; return leaked;`)).toEqual({
      kind: "failure",
      error: error("leaked is not defined", "ReferenceError"),
    });
    expect(await modern(`return 010;`)).toMatchObject({ kind: "load-error", error: { name: "SyntaxError" } });
    expect(await modern(`return typeof require + typeof module;`)).toEqual({ value: '"undefinedundefined"' });
  });

  test.each(["SecretError", "MTLSError", "HTTPClient"])("an import of %s fails the whole file", async (name) => {
    const text = `import { ${name} } from "core-functions-toolbelt"; async function lambda() { return 1; }`;
    expect(await outcome("modern", text)).toMatchObject({ kind: "load-error", error: { name: "SyntaxError" } });
  });

  test("names of the user may be those of globals and imports", async () => {
    const text = `import { URL } from "url"; import process from "node:process"; import OAuth from "oauth-1.0a";
      const fetch = 1; const console = 2; const lambda = async () => [typeof URL, typeof process.env, typeof OAuth]`;
    expect(await outcome("modern", text)).toEqual({ value: '["function","object","function"]' });
  });

  test("a file without a lambda does not load", async () => {
    expect(await outcome("modern", `export const other = 1;`)).toMatchObject({ kind: "load-error" });
    expect(await outcome("modern", `export async function lambda() { return 1; }`)).toEqual({ value: "1" });
  });

  test("secrets are cached, for one run", async () => {
    const text = `import { Toolbelt } from "core-functions-toolbelt";
      async function lambda() { const a = Toolbelt.SecretClient(), b = Toolbelt.SecretClient();
        await a.readSecret("k"); await b.readSecret("k"); await b.readSecret("k", { useCache: false }); await a.updateSecret({ key: "k", value: "new" });
        return b.readSecret("k"); }`;
    for (let round = 0; round < 2; round += 1) {
      const seen = await run("modern", text);
      expect(seen.secretReads).toEqual(["k", "k"]);
      expect(seen.secretWrites).toEqual([{ key: "k", value: "new" }]);
      expect(seen.outcome).toMatchObject({ json: '{"key":"k","value":"new"}' });
    }
  });
});

describe("a function that misbehaves", () => {
  test.each(["legacy", "modern"] as const)("%s: floating failures are recorded", async (side) => {
    const settleIt = side === "legacy" ? `callback(null, 1)` : `return 1`;
    const text = `${side === "legacy" ? "" : "async "}function lambda(input, callback) {
      Promise.reject(new Error("floating")); setTimeout(() => { throw new Error("timer"); }, 1); ${settleIt}; }`;
    const seen = await run(side, text);
    expect(seen.unhandled).toEqual([error("floating"), error("timer")]);
    expect(seen.outcome.kind).toBe("value");
  });

  test("a timer that is cleared or repeats does not hold the run for ever", async () => {
    const cleared = `async function lambda() { clearTimeout(setTimeout(() => {}, 1e6)); return 1; }`;
    expect(await outcome("modern", cleared)).toEqual({ value: "1" });
    const text = `async function lambda() { setInterval(() => {}, 1e6); return 1; }`;
    const seen = await runner.run({
      side: "modern",
      text,
      scenario: { name: "test" },
      limits: { idleMs: 40, limitMs: 200 },
    });
    expect(seen.outcome.kind).toBe("value");
  });

  test("a blocked thread is given up", async () => {
    const impatient = new Runner(1_500);
    const job = { scenario: { name: "test" }, limits: { idleMs: 40, limitMs: 2_000 } };
    const blocked = await impatient.run({ ...job, side: "legacy", text: `function lambda() { for (;;) {} }` });
    expect(blocked.outcome).toEqual({ kind: "lost" });
    await impatient.close();
  });

  test("process.exit costs the thread, not the process", async () => {
    expect(await outcome("modern", `async function lambda() { process.exit(3); }`)).toEqual({ kind: "lost" });
    expect(await outcome("modern", `async function lambda() { return 1; }`)).toEqual({ value: "1" });
  });
});
