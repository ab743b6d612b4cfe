import { afterAll, expect, it } from "vitest";
import { someOf } from "../laws/ledger.ts";
import { formatDifference, verify } from "../oracle/index.ts";
import { caseNames, faithfulOf, scriptOf } from "./cases.ts";

/** Those that change; the others are what they were. A sample, but with `npm run test:laws`. */
const changed = someOf(caseNames, 2)
  .map(faithfulOf)
  .filter(({ isChanged }) => isChanged);
let scenarioCount = 0;

it.each(changed)("fixtures/$name behaves the same in every scenario", async ({ name, original, result }) => {
  const report = await verify({
    original,
    migrated: result.text,
    scenarios: scriptOf(name),
    declared: result.differences.map(({ id }) => id),
    limits: { idleMs: 60 },
  });
  scenarioCount += report.scenarios;
  expect(report.differences.map(formatDifference)).toEqual([]);
});

afterAll(() => {
  const mechanical = changed.filter(({ result }) => result.verdict === "mechanical").length;
  const share = ((100 * mechanical) / changed.length).toFixed(1);
  console.info(
    `${String(changed.length)} functions, ${String(scenarioCount)} scenarios, new Promise in ${String(mechanical)} (${share} %)`,
  );
});
