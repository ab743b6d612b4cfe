import { describe, expect, it } from "vitest";
import { countOutput } from "./count.ts";

const ORIGINAL = `
function lambda(input, callback) {
  callback(null, input.payload);
}
`;

describe("countOutput", () => {
  it("counts the lines of functions that the original does not declare, with the comments above them", () => {
    const { helperLines } = countOutput(
      ORIGINAL,
      "async function lambda(input) {\n  return one(input);\n}\n\n// What it does.\n// And why.\nfunction one(input) {\n\n  return input.payload;\n}\n",
    );
    expect(helperLines).toBe(5);
  });

  it("leaves out functions that the original has", () => {
    const own = "function one(input) { return input; }\n";
    expect(countOutput(own + ORIGINAL, `${own}async function lambda(input) { return one(input); }\n`).helperLines).toBe(
      0,
    );
  });

  it("tells requests that need a helper from those that don't", () => {
    const { requests, plainRequests } = countOutput(
      ORIGINAL,
      `async function lambda(input) {
  const first = await fetch(input.payload.first);
  const second = await readJson(await fetch(input.payload.second));
  const third = await fetch(input.payload.third, { method: "POST", body: encode(input.payload) });
  const fourth = await fetch(input.payload.fourth);
  const body = await readJson(fourth);
  const fifth = await request({ url: input.payload.fifth });
  return [await first.json(), second, await third.json(), body, fifth];
}
async function readJson(response) { return response.json(); }
function encode(value) { return JSON.stringify(value); }
async function request({ url }) { return send(url); }
async function send(url) { return fetch(url); }
`,
    );
    expect({ requests, plainRequests }).toEqual({ requests: 5, plainRequests: 1 });
  });

  it("finds catches that only throw on, but for those of the original and those that explain themselves", () => {
    const migrated = `async function lambda(input) {
  try { return await input.load(); } catch (e) { throw e; }
  try { return await input.load(); } catch (e) { throw e; } finally { input.end(); }
  try { return await input.load(); } catch (e) { throw e; /* for the log */ }
  try { return await input.load(); } catch (e) { throw new Error(e.message); }
}
`;
    expect(countOutput(ORIGINAL, migrated).uselessCatches).toEqual(["line 2"]);
    expect(countOutput(migrated, migrated).uselessCatches).toEqual([]);
  });

  it("finds names that say nothing where the original has others", () => {
    const migrated =
      "async function lambda(input) { const pending = input.a; const outcome2 = input.b; return [pending, outcome2]; }";
    expect(countOutput(ORIGINAL, migrated).needlessNames).toEqual(["pending", "outcome2"]);
    expect(countOutput(migrated, migrated).needlessNames).toEqual([]);
  });

  it("finds lines over 120 columns that the original does not have, at whatever indentation", () => {
    const long = `const text = "${"x".repeat(120)}";`;
    const migrated = `async function lambda(input) {\n  ${long}\n  return text;\n}\n`;
    expect(countOutput(ORIGINAL, migrated).longLines).toEqual([`  ${long}`]);
    expect(countOutput(`${long}\n${ORIGINAL}`, migrated).longLines).toEqual([]);
  });
});
