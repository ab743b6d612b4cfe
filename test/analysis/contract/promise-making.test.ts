import { describe, expect, it } from "vitest";
import { rejectsOnly } from "../../../src/analysis/contract/promise-making.ts";
import { argumentOf, modelOf } from "../support.ts";

describe("what makes a promise", () => {
  it.each([
    ["const id = 1; f(fetch(`https://a.example/${id}`, { method: 'POST' }));", true],
    ["f(fetch(url()));", false],
    ["const ask = fetch.bind(null, 'https://a.example'); f(ask());", true],
    ["async function load() {} f(load(1));", true],
    ["const load = async () => 1; const g = (a) => a; f(load().then(g));", true],
    ["let load = async () => 1; load = () => { throw 1; }; f(load());", false],
    ["function load() {} f(load());", false],
    ["const load = (async () => 1).bind(null, 1); f(load());", false],
    ["const p = load(); f(p);", true],
    ["f(client.load());", false],
    [
      "const { Toolbelt } = require('lp-faas-toolbelt'); const s = Toolbelt.SecretClient(); f(s.readSecret('a'));",
      true,
    ],
  ])("%s → fails by its rejection alone: %s", (text, expected) => {
    const model = modelOf(text);
    expect(rejectsOnly(model, argumentOf(model, "f"))).toBe(expected);
  });
});
