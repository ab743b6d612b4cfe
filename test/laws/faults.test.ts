import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { caseNames, faithfulOf } from "../functions/cases.ts";
import { faults } from "./faults.ts";
import { enterFault, enterLaw } from "./ledger.ts";

const repository = resolve(import.meta.dirname, "../..");

describe.each(faults)("$kind", ({ fixtures = {}, told = [], tests = [] }) => {
  it("is held by something", () => {
    expect(Object.keys(fixtures).length + tests.length).toBeGreaterThan(0);
    expect(Object.keys(fixtures).filter((name) => !caseNames.includes(name))).toEqual([]);
    expect(tests.filter((path) => !existsSync(join(repository, path)))).toEqual([]);
  });

  it.each(Object.entries(fixtures))("%s is %s", (name, verdict) => {
    const { result } = faithfulOf(name);
    const ids = [...result.reasons, ...result.differences, ...result.followUps].map(({ id }) => id);
    expect(result.verdict).toBe(verdict);
    expect(told.filter((id) => !ids.includes(id))).toEqual([]);
  });
});

it("are told apart", () => {
  expect(new Set(faults.map(({ kind }) => kind)).size).toBe(faults.length);
});

afterAll(() => {
  const held = faults.map(({ fixtures = {} }) => Object.keys(fixtures).length);
  enterLaw({
    law: "A fault that was found does not come back",
    counts: { kinds: faults.length, functions: held.reduce((sum, count) => sum + count, 0) },
  });
  faults.forEach(enterFault);
});
