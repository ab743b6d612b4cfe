import { afterAll, describe, expect, it } from "vitest";
import { migrateSource } from "../../src/migrate/migrate-source.ts";
import { samplePrograms } from "../properties/generator.ts";
import { fixtures } from "./fixtures.ts";
import { enterLaw, isWhole, someOf } from "./ledger.ts";

/*
 * Nothing new is free, no comment swallows code, what no edit touches is the same and means the same, the handler can be
 * seen. The migration checks it for every run, and gives up a result that does not hold: the verdict is `failed` then.
 */

/** Prime, so that no hole of the templates keeps one filling throughout. */
const STRIDE = isWhole ? 97 : 14_983;

const NOTHING: ReadonlySet<string> = new Set();
const generated = [...samplePrograms(STRIDE)].map(({ index, text }) => ({
  name: `program ${String(index)}`,
  text,
  ownEnvironment: NOTHING,
}));
const counts = { functions: 0, "outputs checked": 0, "second runs that change nothing": 0 };

describe.each(["faithful", "idiomatic"] as const)("what becomes of a function in style %s", (style) => {
  it.each([...someOf(fixtures, 8), ...generated])("is checked for $name", ({ text, ownEnvironment }) => {
    const { verdict, text: output, reasons } = migrateSource("index.js", text, { style, ownEnvironment });
    counts.functions += 1;
    expect(verdict === "failed" ? reasons : []).toEqual([]);
    if (verdict === "migrated" || verdict === "mechanical") {
      counts["outputs checked"] += 1;
      expect(migrateSource("index.js", output, { style, ownEnvironment }).text).toBe(output);
      counts["second runs that change nothing"] += 1;
    }
  });
});

afterAll(() => {
  enterLaw({ law: "Nothing new is free, and what no edit touches stays what it was", counts });
});
