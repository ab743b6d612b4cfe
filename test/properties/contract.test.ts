import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { differenceOf } from "./compare.ts";
import { captureRejections, compile, observe } from "./contract.ts";
import { scenariosOf } from "./scenarios.ts";

/* The comparison must be able to fail: each original has a right rewrite and a plausible wrong one. */
interface Row {
  readonly name: string;
  readonly original: string;
  readonly right: string;
  readonly wrong: string;
  readonly declared?: readonly string[];
}

const ROWS: readonly Row[] = [
  {
    name: "no return after the error callback",
    original: `if (input.payload.bad) callback(new Error("A")); note("mid"); callback(null, "B");`,
    right: `if (input.payload.bad) { note("mid"); throw new Error("A"); } note("mid"); return "B";`,
    wrong: `if (input.payload.bad) throw new Error("A"); note("mid"); return "B";`,
  },
  {
    name: "an error inside its own try",
    original: `first().then((r) => { if (!r.ok) throw new Error("bad"); callback(null, r); }, (e) => callback(e)).catch(callback);`,
    right: `const r = await first(); if (!r.ok) throw new Error("bad"); return r;`,
    wrong: `try { const r = await first(); if (!r.ok) throw new Error("bad"); return r; } catch (e) { throw new Error("w" + e.message); }`,
  },
  {
    name: "an unknown error value",
    original: `read((error, data) => callback(error, data));`,
    right: `return new Promise((resolve, reject) => read((e, data) => (e === undefined || e === null ? resolve(data) : reject(e))));`,
    wrong: `return new Promise((resolve, reject) => read((e, data) => (e ? reject(e) : resolve(data))));`,
  },
  {
    name: "code after a floating chain",
    original: `first().then((r) => callback(null, r)).catch(callback); note("started");`,
    right: `const pending = first(); note("started"); return await pending;`,
    wrong: `const r = await first(); note("started"); return r;`,
  },
  {
    name: "an answer that does not wait for what follows",
    original: `first().then((r) => { callback(null, r); second(); }).catch(callback);`,
    right: `const r = await first(); try { second().catch(() => {}); } catch {} return r;`,
    wrong: `const r = await first(); try { await second(); } catch {} return r;`,
  },
  {
    name: "a synchronous error beside the chain's catch",
    original: `first().then((r) => callback(null, r)).catch(() => callback(null, "fallback"));`,
    right: `const pending = first(); try { return await pending; } catch { return "fallback"; }`,
    wrong: `try { return await first(); } catch { return "fallback"; }`,
  },
  {
    name: "a fast failure next to a slow one",
    original: `Promise.all([first(), second()]).then((all) => callback(null, all), callback);`,
    right: `return Promise.all([first(), second()]);`,
    wrong: `const one = await first(); const two = await second(); return [one, two];`,
  },
  {
    name: "a rejection that nobody handled before",
    original: `first().then((r) => callback(null, r)).catch(callback); second().catch(() => {});`,
    right: `const pending = first(); second().catch(() => {}); return await pending;`,
    wrong: `const pending = first(); second(); return await pending;`,
  },
  {
    name: "a path without callback",
    original: `if (input.payload.bad) callback(null, 1);`,
    right: `if (input.payload.bad) return 1;`,
    wrong: `return 1;`,
    declared: ["never-settles"],
  },
  {
    name: "a failure on a path that never called back",
    original: `first().then((r) => callback(null, r));`,
    right: `return await first();`,
    wrong: `try { return await first(); } catch { throw new Error("other"); }`,
    declared: ["never-settles"],
  },
  {
    name: "an error object made of a text",
    original: `callback("text");`,
    right: `throw new Error("text");`,
    wrong: `throw new Error("Error: text");`,
    declared: ["error-object"],
  },
  {
    name: "an error object made of an object",
    original: `callback({ code: 4, message: "m" });`,
    right: `throw Object.assign(new Error("m"), { code: 4 });`,
    wrong: `throw new Error("m");`,
    declared: ["error-object"],
  },
];

async function countDifferences({ original, declared = [] }: Row, body: string, allowAll = true): Promise<number> {
  const v1 = `function lambda(input, callback) { ${original} }`;
  const legacy = compile("v1", v1);
  const modern = compile("v2", `async function lambda(input) { ${body} }`);
  let count = 0;
  for (const scenario of scenariosOf(v1)) {
    const before = await observe(legacy, scenario);
    const after = await observe(modern, scenario);
    count += differenceOf(before, after, new Set(allowAll ? declared : [])) === undefined ? 0 : 1;
  }
  return count;
}

describe("the comparison under both contracts", () => {
  let restore: () => void;
  beforeAll(() => {
    restore = captureRejections();
  });
  afterAll(() => {
    restore();
  });

  test.each(ROWS)("$name", async (row) => {
    expect(await countDifferences(row, row.right)).toBe(0);
    expect(await countDifferences(row, row.wrong)).toBeGreaterThan(0);
  });

  test.each(ROWS.filter(({ declared }) => declared !== undefined))("$name must be declared", async (row) => {
    expect(await countDifferences(row, row.right, false)).toBeGreaterThan(0);
  });

  test("V1 takes every thing but undefined and null for an error", async () => {
    const program = compile("v1", "function lambda(input, callback) { callback(input.payload.error, 1); }");
    const scenarios = scenariosOf("input.payload.error");
    const outcomes: string[] = [];
    for (const scenario of scenarios) {
      outcomes.push((await observe(program, scenario)).outcome.kind);
    }
    expect(outcomes).toEqual(["resolved", "resolved", "rejected", "rejected", "rejected", "rejected"]);
  });
});
