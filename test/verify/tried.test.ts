import { describe, expect, it } from "vitest";
import type { Observation, Scenario } from "../../src/verify/model.ts";
import { looksAsIfItLoadsPackages } from "../../src/verify/loads-packages.ts";
import { Tried } from "../../src/verify/scenarios/tried.ts";

const scenario = (given: Partial<Scenario>): Scenario => ({ name: "one", input: { id: 1 }, ...given });
const seen = (requests: readonly object[]): Observation => ({ requests }) as unknown as Observation;
const SENT = { method: "GET", url: "https://api.example.com/", headers: {}, body: "" };

describe("a scenario", () => {
  it("that gives what another one gave need not be run", () => {
    const tried = new Tried();
    tried.add(scenario({ responses: [{ status: 404 }] }), seen([SENT]));
    expect(tried.has(scenario({ name: "other", responses: [{ status: 404 }] }))).toBe(true);
    expect(tried.has(scenario({ responses: [{ status: 500 }] }))).toBe(false);
    expect(tried.has(scenario({ responses: [{ status: 404 }], overrides: { 0: {} } }))).toBe(false);
    expect(tried.has(scenario({ input: { id: 2 }, responses: [{ status: 404 }] }))).toBe(false);
  });

  it("that answers otherwise need not be run where nobody asks", () => {
    const tried = new Tried();
    tried.add(scenario({ responses: [{ status: 404 }] }), seen([]));
    expect(tried.has(scenario({ responses: [{ status: 500 }], overrides: { 0: { reset: true } } }))).toBe(true);
    expect(tried.has(scenario({ env: { A: "1" }, responses: [{ status: 500 }] }))).toBe(false);
  });
});

it.each([
  [`const _ = require("lodash");`, true],
  [`import { DateTime } from 'luxon';`, true],
  [`import "dotenv/config";`, true],
  ["const client = await import(`axios`);", true],
  [`const { Toolbelt } = require("lp-faas-toolbelt"); const { join } = require("path");`, false],
  [`import { Toolbelt } from "core-functions-toolbelt"; import { join } from "node:path";`, false],
  [`const http = require("request-promise-native");`, false],
])("%s: loads packages, %s", (text, expected) => {
  expect(looksAsIfItLoadsPackages(text)).toBe(expected);
});
