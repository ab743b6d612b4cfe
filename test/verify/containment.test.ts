import { existsSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ProofReport } from "../../src/verify/proof.ts";
import { hostileFunctions, TRACE } from "./hostile.ts";
import { jobFor, testPool } from "./support.ts";

/** Shorter than for users, so that endless loops do not take five seconds each. */
const pool = testPool(1, { wallMs: 1_500 });
const secretsBefore = { ...process.env };

beforeAll(() => {
  process.env["CONTAINMENT_SECRET"] = "a real secret";
});
afterAll(() => {
  delete process.env["CONTAINMENT_SECRET"];
  pool.close();
});

const harmless = {
  original: `function lambda(input, callback) { callback(null, [[1, 2].map((n) => n + 1), typeof leaked, Object.keys({}), String(Math.max(1, 2))]); }`,
  migrated: `async function lambda(input) { return [[1, 2].map((n) => n + 1), typeof leaked, Object.keys({}), String(Math.max(1, 2))]; }`,
};

function prove(original: string, migrated: string): Promise<ProofReport> {
  return pool.prove(jobFor(original, migrated, { scenarios: 8 }));
}

it("has at least forty hostile functions", () => {
  expect(hostileFunctions.length).toBeGreaterThanOrEqual(40);
  expect(new Set(hostileFunctions.map(({ name }) => name)).size).toBe(hostileFunctions.length);
});

describe.each(hostileFunctions)("a function that $name", ({ code, load = "", tells }) => {
  it("gets nowhere and is told of", { timeout: 20_000 }, async () => {
    const report = await prove(
      `${load}\nasync function lambda(input, callback) { try { callback(null, await (async () => { ${code} })()); } catch (error) { callback(error); } }`,
      `${load}\nasync function lambda(input) { ${code} }`,
    );
    const told = report.kind === "not-run" ? report.reason : report.kind;
    expect(told).toMatch(tells);
    expect(JSON.stringify(report)).not.toContain("a real secret");
    expect(existsSync(TRACE)).toBe(false);
  });

  it("leaves nothing to the next function", { timeout: 20_000 }, async () => {
    expect(await prove(harmless.original, harmless.migrated)).toMatchObject({ kind: "same", differences: [] });
  });
});

it("the parent is as it was", () => {
  const { CONTAINMENT_SECRET, ...env } = process.env;
  expect(CONTAINMENT_SECRET).toBe("a real secret");
  expect(env).toEqual(secretsBefore);
  rmSync(TRACE, { force: true });
  expect(readdirSync(tmpdir()).filter((name) => join(tmpdir(), name) === TRACE)).toEqual([]);
});
