import { afterAll, describe, expect, test } from "vitest";
import type { Observation, Scenario, Side } from "../../src/verify/model.ts";
import { Runner } from "./runner.ts";

const runner = new Runner();
afterAll(() => runner.close());

/** Runs a function of either side whose body returns a promise for its result. */
function run(side: Side, body: string, scenario: Partial<Scenario> = {}): Promise<Observation> {
  const text =
    side === "legacy"
      ? `const { Toolbelt } = require("lp-faas-toolbelt"); const http = Toolbelt.HTTPClient();
        function lambda(input, callback) { (async () => { ${body} })().then((r) => callback(null, r), callback); }`
      : `async function lambda(input) { ${body} }`;
  return runner.run({ side, text, scenario: { name: "test", ...scenario }, limits: { idleMs: 40, limitMs: 2_000 } });
}

async function valueOf(side: Side, body: string, scenario: Partial<Scenario> = {}): Promise<unknown> {
  const { outcome } = await run(side, body, scenario);
  return outcome.kind === "value" ? outcome.value : outcome;
}

const SLEEP = `const sleep = (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value));`;

describe("the clock of a run", () => {
  test("fires timers by their delays, however long, and none that is cleared", async () => {
    const body = `${SLEEP} const seen = []; const note = (v) => seen.push(v);
      const cleared = setTimeout(note, 5, "cleared"); setTimeout(note, 3_600_000, "hour"); setTimeout(note, 20, "later");
      setTimeout(note, 0, "soon"); clearTimeout(cleared); const two = setTimeout(note, 10, "refreshed");
      await sleep(9); two.refresh(); await sleep(4_000_000); return seen;`;
    for (const side of ["legacy", "modern"] as const) {
      expect(await valueOf(side, body)).toEqual(["soon", "refreshed", "later", "hour"]);
    }
  });

  test("lets intervals tick until they are cleared", async () => {
    const body = `let ticks = 0; return new Promise((resolve) => {
      const timer = setInterval(() => { ticks += 1; if (ticks === 3) { clearInterval(timer); resolve(ticks); } }, 60_000); });`;
    expect(await valueOf("modern", body)).toBe(3);
  });

  test("stands still while a request is under way", async () => {
    const body = (call: string): string => `${SLEEP} return Promise.race([sleep(2, "timer"), ${call}]);`;
    const call = {
      legacy: `http("https://api.example.com/")`,
      modern: `fetch("https://api.example.com/").then((r) => r.text())`,
    };
    for (const side of ["legacy", "modern"] as const) {
      const now = { responses: [{ body: "answer" }] };
      expect(await valueOf(side, body(call[side]), now)).toBe("answer");
      const later = { responses: [{ body: "answer", delayMs: 3 }] };
      expect(await valueOf(side, body(call[side]), later)).toBe("timer");
    }
  });

  test("answers late where the scenario says so, and then runs into a timeout", async () => {
    const legacy = (timeout: number): string =>
      `return http({ uri: "https://api.example.com/", timeout: ${String(timeout)} });`;
    const modern = (timeout: number): string =>
      `return (await fetch("https://api.example.com/", { signal: AbortSignal.timeout(${String(timeout)}) })).text();`;
    const scenario = { responses: [{ body: "answer", delayMs: 2_000 }] };
    expect(await valueOf("legacy", legacy(5_000), scenario)).toBe("answer");
    expect(await valueOf("modern", modern(5_000), scenario)).toBe("answer");
    expect(await valueOf("legacy", legacy(1_000), scenario)).toMatchObject({
      error: { name: "RequestError", message: "Error: ESOCKETTIMEDOUT" },
    });
    expect(await valueOf("modern", modern(1_000), scenario)).toMatchObject({ error: { name: "TimeoutError" } });
  });

  test("holds a settled run for its own timers, not for those of the HTTP client", async () => {
    const seen = await run("modern", `setTimeout(() => console.info("after"), 50); return 1;`);
    expect(seen.console).toEqual([{ level: "info", args: ["after"] }]);
    expect(await valueOf("modern", `AbortSignal.timeout(9); return 1;`)).toBe(1);
  });

  test("moves through the modules of Node.js as well", async () => {
    const text = `import { setTimeout as sleep } from "node:timers/promises"; import { setTimeout as later } from "timers";
      async function lambda() { await sleep(60_000); return new Promise((resolve) => later(resolve, 60_000, "done")); }`;
    const scenario = { name: "test" };
    const seen = await runner.run({ side: "modern", text, scenario, limits: { idleMs: 40, limitMs: 2_000 } });
    expect(seen.outcome).toMatchObject({ value: "done" });
  });
});

describe("what a function leaves behind", () => {
  test("listeners of the process are gone in the next run", async () => {
    const listens = `process.removeAllListeners("unhandledRejection"); process.on("unhandledRejection", () => console.error("late")); return 1;`;
    const floats = `Promise.reject(new Error("x")); return 1;`;
    await run("modern", listens);
    const seen = await run("modern", floats);
    expect(seen.console).toEqual([]);
    expect(seen.unhandled).toMatchObject([{ message: "x" }]);
  });

  test("the environment is that of the run, by whatever name", async () => {
    const text = `import { env } from "process"; async function lambda() { return env.MINE; }`;
    const limits = { idleMs: 40, limitMs: 2_000 };
    for (const MINE of ["first", "second"]) {
      const seen = await runner.run({ side: "modern", text, scenario: { name: "test", env: { MINE } }, limits });
      expect(seen.outcome).toMatchObject({ value: MINE });
    }
  });

  test("global names are as before", async () => {
    await run("legacy", `leaked = 1; Math = undefined; globalThis.fetch = () => "mine"; return 1;`);
    expect(await valueOf("legacy", `return [typeof leaked, typeof Math, String(fetch).includes("mine")];`)).toEqual([
      "undefined",
      "object",
      false,
    ]);
  });
});
