import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { migrateSource } from "../../src/migrate/migrate-source.ts";
import { formatDifference, verify } from "../oracle/index.ts";

/*
 * The platform's own V1 samples are not ours to ship. Where a copy of that page lies beside the project, or where
 * V1_SAMPLES names one, its functions are migrated and compared as well.
 */
const PAGE =
  process.env["V1_SAMPLES"] ?? fileURLToPath(new URL("../../../shared/seeds/best-practices-v1.md", import.meta.url));
const samples = existsSync(PAGE) ? samplesOf(readFileSync(PAGE, "utf8")) : [];

function samplesOf(page: string): { readonly name: string; readonly text: string }[] {
  const found: { name: string; text: string }[] = [];
  let name = "";
  for (const [, heading, code] of page.matchAll(/^(?:#+ (.*)|\*\*(?:.*)\*\*)$|^```javascript\n([\s\S]*?)^```$/gmu)) {
    name = heading ?? name;
    if (code?.includes("lambda(") === true) {
      found.push({ name: `${name} (${String(found.length + 1)})`, text: code });
    }
  }
  return found;
}

/** The placeholder of the samples that are no programs. */
const ELLIPSIS = /^\s*\.\.\.$|: \.\.\.,$/mu;

// Skipped where no copy of the page is at hand.
describe.skipIf(samples.length === 0)("the platform's own V1 samples", () => {
  const complete = samples.filter(({ text }) => !ELLIPSIS.test(text));
  const incomplete = samples.filter(({ text }) => ELLIPSIS.test(text));

  it.each(complete)("$name is migrated and behaves the same", async ({ text }) => {
    const result = migrateSource("sample.js", text, { style: "faithful" });
    expect(result.verdict).toBe("migrated");
    const report = await verify({
      original: text,
      migrated: result.text,
      scenarios: {
        env: { CUSTOMER_URL: "https://shop.example.com/", SUCCESS_MESSAGE: "ok", ERROR_MESSAGE: "no", accountId: "1" },
      },
      declared: result.differences.map(({ id }) => id),
      limits: { idleMs: 60 },
    });
    expect(report.differences.map(formatDifference)).toEqual([]);
  });

  it.each(incomplete)("$name is refused, because it is no program", ({ text }) => {
    const result = migrateSource("sample.js", text, { style: "faithful" });
    expect(result.verdict).toBe("refused");
    expect(result.reasons.map(({ id }) => id)).toEqual(["syntax-error"]);
  });

  it("reports the misspelt client and the token that is handed out", () => {
    const reasons = samples.flatMap(({ text }) => migrateSource("sample.js", text, { style: "faithful" }).reasons);
    const ids = reasons.map(({ id }) => id);
    expect(ids).toContain("undeclared-name");
    expect(ids).toContain("url-without-scheme");
  });
});
