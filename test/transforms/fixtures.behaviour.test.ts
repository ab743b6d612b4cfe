import { expect, it } from "vitest";
import { findHandler } from "../../src/analysis/code/handler.ts";
import { createModel } from "../../src/analysis/code/model.ts";
import { parseSource } from "../../src/analysis/code/parse.ts";
import { migrateSource } from "../../src/migrate/migrate-source.ts";
import { someOf } from "../laws/ledger.ts";
import { formatDifference, verify } from "../oracle/index.ts";
import { casesOf, tested } from "./fixtures.ts";

/** Inputs that between them take every branch of the functions in the fixtures. */
const PAYLOADS = [
  { bad: true },
  { fail: true },
  { bad: true, fail: true },
  { list: [1, 2, 3], kind: 1 },
  { list: [3, 2, 1], kind: 2, none: true },
];

const SCENARIOS = {
  input: { headers: [], payload: {} },
  scenarios: PAYLOADS.map((payload) => ({ name: JSON.stringify(payload), input: { headers: [], payload } })),
};

/** The cases with a V1 handler that can be run. */
const legacy = tested.flatMap(({ id }) =>
  casesOf(id)
    .filter(({ input }) => findHandler(createModel(parseSource(input)))?.callback !== undefined)
    .map((each) => ({ ...each, id })),
);

it.each(someOf(legacy, 4))("$id: $name behaves as before, with the other steps", async ({ id, input, options }) => {
  const result = migrateSource(`${id}/index.js`, input, { style: "faithful", ...options });
  if (result.verdict === "refused") {
    expect(result.text).toBe(input);
    return;
  }
  const report = await verify({
    original: input,
    migrated: result.text,
    scenarios: SCENARIOS,
    declared: result.differences.map((difference) => difference.id),
    limits: { idleMs: 60 },
  });
  expect(report.differences.map(formatDifference)).toEqual([]);
});
