import { afterAll, describe, expect, it } from "vitest";
import { PLATFORM_IDS } from "../../src/verify/compare/declared.ts";
import type { ProofReport } from "../../src/verify/proof.ts";
import { someOf } from "./scale.ts";
import { SUBTLE_FAULTS } from "./subtle-faults.ts";
import { jobFor, testPool } from "./support.ts";

const pool = testPool();
afterAll(() => {
  pool.close();
});

const LEGACY = `const { Toolbelt } = require("lp-faas-toolbelt"); const http = Toolbelt.HTTPClient(); const secrets = Toolbelt.SecretClient();`;
const MODERN = `import { Toolbelt } from "core-functions-toolbelt"; const secrets = Toolbelt.SecretClient();
async function get(url, options = {}) {
  const response = await fetch(url, { ...options, headers: { Accept: "application/json", ...options.headers } });
  const text = await response.text();
  let body = text;
  try { body = text === "" ? undefined : JSON.parse(text); } catch {}
  if (!response.ok) throw Object.assign(new Error(response.status + " - " + JSON.stringify(body)), { name: "StatusCodeError", statusCode: response.status, error: body });
  return body;
}`;

describe("a function that a person has migrated with one small fault", () => {
  it("is one of forty", () => {
    expect(SUBTLE_FAULTS.length).toBeGreaterThanOrEqual(40);
  });

  const prove = (original: string, migrated: string): Promise<ProofReport> =>
    pool.prove(
      jobFor(
        `${LEGACY} async function lambda(input, callback) { try { callback(null, await (async () => { ${original} })()); } catch (error) { callback(error); } }`,
        `${MODERN} async function lambda(input) { ${migrated} }`,
        { declared: PLATFORM_IDS },
      ),
    );

  it.each(someOf(SUBTLE_FAULTS, { few: 2 }))("differs: %s", async (_what, original, migrated) => {
    expect(await prove(original, migrated)).toMatchObject({ kind: "differs" });
  });

  // What the text around them does differs in nothing, so that it is the fault which is found.
  const faultless = SUBTLE_FAULTS.flatMap(([what, original]): [string, string, string][] => {
    const migrated = original.replaceAll(/\bhttp\(([^;]*?), \{ json: true \}\)/gu, "get($1)");
    return /\bhttp\b|^throw "/u.test(migrated) ? [] : [[what, original, migrated]];
  });

  it.each(someOf(faultless, { few: 2 }))("does the same without it: %s", async (_what, original, migrated) => {
    expect(await prove(original, migrated)).toMatchObject({ kind: "same" });
  });

  it("differs: a variable of the platform that the function's configuration sets", async () => {
    const body = (word: string): string =>
      `if (process.env.NODE_ENV !== "production") console.info("${word}"); return input.payload.id;`;
    const report = await pool.prove(
      jobFor(
        `async function lambda(input, callback) { callback(null, await (async () => { ${body("test")} })()); }`,
        `async function lambda(input) { ${body("tests")} }`,
        { template: { env: { NODE_ENV: "production" } } },
      ),
    );
    expect(report).toMatchObject({ kind: "differs", differences: [{ scenario: "NODE_ENV is set" }] });
  });
});
