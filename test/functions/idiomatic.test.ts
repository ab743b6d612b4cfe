import { parse } from "acorn";
import { describe, expect, it } from "vitest";
import { migrateSource } from "../../src/migrate/migrate-source.ts";
import { someOf } from "../laws/ledger.ts";
import { survivesCliRewriting } from "../oracle/cli-imports.ts";
import { formatDifference, verify } from "../oracle/index.ts";
import { caseNames, faithfulOf, migratedAs, scriptOf } from "./cases.ts";

const migrated = caseNames.map((name) => ({
  name,
  original: faithfulOf(name).original,
  faithful: faithfulOf(name).result,
  idiomatic: migratedAs("idiomatic", name).result,
}));

/** The others are compared in their faithful form. */
const own = migrated.filter(({ faithful, idiomatic }) => idiomatic.text !== faithful.text);

it("migrates the same functions in both styles, many of them in another form", () => {
  for (const { name, faithful, idiomatic } of migrated) {
    expect(idiomatic.verdict, name).toBe(faithful.verdict);
    expect(idiomatic.reasons, name).toEqual(faithful.reasons);
  }
  expect(own.length).toBeGreaterThan(20);
});

describe.each(someOf(own, 3))("fixtures/functions/$name with --style idiomatic", ({ name, original, idiomatic }) => {
  const { text, differences } = idiomatic;

  it("gives an ES module that a second run and the platform's command line leave intact", () => {
    expect(() => parse(text, { ecmaVersion: 2024, sourceType: "module" })).not.toThrow();
    expect(survivesCliRewriting(text)).toEqual({ ok: true });
    expect(migrateSource(`${name}/index.js`, text, { style: "idiomatic" }).verdict).toBe("unchanged");
  });

  it("behaves the same but for what it declares", async () => {
    const report = await verify({
      original,
      migrated: text,
      scenarios: scriptOf(name),
      declared: differences.map(({ id }) => id),
      limits: { idleMs: 60 },
    });
    expect(report.differences.map(formatDifference)).toEqual([]);
  });
});
