import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { migrateSource } from "../../src/migrate/migrate-source.ts";
import { expectFile } from "../expected.ts";
import { formatDifference, verify } from "../oracle/index.ts";
import { bundled, bundleNames, scriptOf } from "./cases.ts";
import { linkedOriginal } from "./linked.ts";

describe.each(bundleNames)("fixtures/bundles/%s", (name) => {
  it("becomes one file, or is refused with a reason", async () => {
    const { folder, original, result } = bundled(name, "faithful");
    const isChanged = result.verdict === "migrated" || result.verdict === "mechanical";
    expect(isChanged).toBe(!name.startsWith("refused-"));
    await expectFile(join(folder, "expected.js"), isChanged ? result.text : undefined);
    const told = { verdict: result.verdict, inlined: result.inlined, reasons: result.reasons };
    await expectFile(join(folder, "expected.json"), `${JSON.stringify(told, undefined, 2)}\n`);
    if (!isChanged) expect(result.text).toBe(original);
  });

  it.each(["faithful", "idiomatic"] as const)("behaves as its files did (%s)", async (style) => {
    const { original, local, result } = bundled(name, style);
    if (result.verdict === "refused") return;
    const report = await verify({
      original: linkedOriginal(original, local),
      migrated: result.text,
      scenarios: scriptOf(name),
      declared: result.differences.map(({ id }) => id),
      limits: { idleMs: 60 },
    });
    expect(report.differences.map(formatDifference)).toEqual([]);
    expect(report.scenarios).toBeGreaterThan(0);
    expect(migrateSource("index.js", result.text, { style }).text).toBe(result.text);
  });
});
