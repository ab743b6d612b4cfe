import { describe, expect, it } from "vitest";
import { findFreshReads } from "../../../src/analysis/secrets/freshness.ts";
import { secretUseOf } from "../../../src/analysis/secrets/reads.ts";
import { modelOf } from "../support.ts";

/** The reads in this code that must be fresh, as text. */
function freshIn(code: string): string[] {
  const model = modelOf(
    `const { Toolbelt } = require("lp-faas-toolbelt");\nconst client = Toolbelt.SecretClient();\n${code}`,
  );
  const { reads, updates } = secretUseOf(model);
  return findFreshReads(model, reads, updates).map((call) => model.textOf(call));
}

const inHandler = (body: string): string => `async function lambda(input) {\n${body}\n}`;

describe("findFreshReads", () => {
  it.each([
    ["two names that are texts", "const a = await client.readSecret('a'); const b = await client.readSecret('b');"],
    ["a branch beside the other", "if (input.x) await client.readSecret('a'); else await client.readSecret('a');"],
    ["a choice", "return input.x ? await client.readSecret('a') : (await client.readSecret('a')).value;"],
    [
      "the cases of a switch",
      "switch (input.x) { case 1: await client.readSecret('a'); break; default: await client.readSecret('a'); }",
    ],
    ["reads without a name", "await client.readSecret(); await client.readSecret();"],
    ["a loop over a list", "for (const name of ['a', 'b']) await client.readSecret(name);"],
    [
      "another secret that is written",
      "await client.readSecret('a'); await client.updateSecret({ key: 'b', value: 'x' });",
    ],
  ])("leaves %s alone", (_, body) => {
    expect(freshIn(inHandler(body))).toEqual([]);
  });

  it.each([
    ["in a literal", "await client.readSecret('a'); await client.updateSecret({ key: 'a', value: 'x' });"],
    [
      "as an entry that was read",
      "const entry = await client.readSecret('a'); entry.value = 'x'; await client.updateSecret(entry);",
    ],
    ["as an entry from elsewhere", "await client.readSecret('a'); await client.updateSecret(input.entry);"],
    ["by a literal that spreads", "await client.readSecret('a'); await client.updateSecret({ ...input.entry });"],
    ["by a call without an entry", "await client.readSecret('a'); await client.updateSecret();"],
    [
      "under the name of a variable",
      "await client.readSecret('a'); await client.updateSecret({ key: input.name, value: 'x' });",
    ],
    [
      "under a name of the environment",
      "await client.readSecret('a'); await client.updateSecret({ key: process.env.NAME, value: 'x' });",
    ],
  ])("finds a secret that may be written: %s", (_, body) => {
    expect(freshIn(inHandler(body))).toEqual(["client.readSecret('a')"]);
  });

  it("finds the second look at a secret, and not the first", () => {
    expect(freshIn(inHandler("await client.readSecret('a'); await client.readSecret( 'a' );"))).toEqual([
      "client.readSecret( 'a' )",
    ]);
    const inTest = "if ((await client.readSecret('a')).value) return (await client.readSecret( 'a' )).value;";
    expect(freshIn(inHandler(inTest))).toEqual(["client.readSecret( 'a' )"]);
    const ofEnvironment = "await client.readSecret(process.env.A); await client.readSecret(process.env.A, true);";
    expect(freshIn(inHandler(ofEnvironment))).toEqual(["client.readSecret(process.env.A, true)"]);
  });

  it("leaves one read in each of two functions alone", () => {
    expect(freshIn("const a = () => client.readSecret('a');\nconst b = () => client.readSecret('a');")).toEqual([]);
  });

  it.each([
    ["while", "async function lambda() { while (true) await client.readSecret('a'); }"],
    ["do", "async function lambda() { do { await client.readSecret('a'); } while (true); }"],
    ["for", "async function lambda() { for (let i = 0; i < 3; i++) await client.readSecret('a'); }"],
    ["a function that calls itself", "async function look() { await client.readSecret('a'); return look(); }"],
    ["a constant that calls itself", "const look = async () => { await client.readSecret('a'); return look(); };"],
    ["a timer", "async function lambda() { setInterval(() => client.readSecret('a'), 10); }"],
    ["a loop, without a name", "async function lambda() { while (true) await client.readSecret(); }"],
  ])("finds a read that waits for a change: %s", (_, code) => {
    expect(freshIn(code)).toHaveLength(1);
  });

  it("finds every read of a secret that is waited for", () => {
    const code = "async function lambda() { while (true) await client.readSecret('a'); }\n";
    expect(freshIn(`${code}const other = () => client.readSecret('a');`)).toHaveLength(2);
  });
});
