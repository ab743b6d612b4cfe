import { existsSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ProofReport } from "../../src/verify/proof.ts";
import { forgers } from "./forgers.ts";
import { hostileFunctions, TRACE } from "./hostile.ts";
import { someOf } from "./scale.ts";
import { jobFor, testPool } from "./support.ts";

/** Shorter than for users, so that endless loops take less, and still long enough for a busy machine. */
const pool = testPool(1, { wallMs: 4_000 });
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

it("has at least forty hostile functions, and twenty that forge", () => {
  expect(hostileFunctions.length).toBeGreaterThanOrEqual(40);
  expect(forgers.length).toBeGreaterThanOrEqual(20);
  const names = [...hostileFunctions, ...forgers].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

const tried = { hostile: someOf(hostileFunctions, { few: 10 }), forgers: someOf(forgers, { few: 10 }) };

describe.each(tried.hostile)("a function that $name", ({ code, load = "", tells }) => {
  it("gets nowhere, is told of, and leaves nothing to the next function", async () => {
    const report = await prove(
      `${load}\nasync function lambda(input, callback) { try { callback(null, await (async () => { ${code} })()); } catch (error) { callback(error); } }`,
      `${load}\nasync function lambda(input) { ${code} }`,
    );
    const told = report.kind === "not-run" ? report.reason : report.kind;
    expect(told).toMatch(tells);
    expect(JSON.stringify(report)).not.toContain("a real secret");
    expect(existsSync(TRACE)).toBe(false);
    expect(await prove(harmless.original, harmless.migrated)).toMatchObject({ kind: "same", differences: [] });
  });
});

const plain = {
  original: `async function lambda(input, callback) { callback(null, "old"); }`,
  migrated: `async function lambda(input) { return "new"; }`,
};

describe.each(tried.forgers)("a function that differs and $name", ({ code }) => {
  it("is never said to be the same, as the result or as the original", async () => {
    const result = `async function lambda(input) { ${code} return "new"; }`;
    expect((await prove(plain.original, result)).kind).not.toBe("same");
    const original = `async function lambda(input, callback) { try { callback(null, await (async () => { ${code} return "old"; })()); } catch (error) { callback(null, "old"); } }`;
    expect((await prove(original, plain.migrated)).kind).not.toBe("same");
    expect(await prove(harmless.original, harmless.migrated)).toMatchObject({ kind: "same", differences: [] });
    expect(await prove(plain.original, plain.migrated)).toMatchObject({ kind: "differs" });
  });
});

it("counts", () => {
  console.info(
    `containment: hostile functions ${String(tried.hostile.length)}, forgers ${String(tried.forgers.length)} on either side; none got out or was said to be the same`,
  );
});

it("the parent is as it was", () => {
  const { CONTAINMENT_SECRET, ...env } = process.env;
  expect(CONTAINMENT_SECRET).toBe("a real secret");
  expect(env).toEqual(secretsBefore);
  rmSync(TRACE, { force: true });
  expect(readdirSync(tmpdir()).filter((name) => join(tmpdir(), name) === TRACE)).toEqual([]);
});
