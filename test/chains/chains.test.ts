import { existsSync, readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectFile } from "../expected.ts";
import { checkProgram } from "../properties/check.ts";
import type { Finding } from "../properties/check.ts";
import { captureRejections } from "../properties/contract.ts";
import { describeFault } from "../properties/report.ts";

/*
 * Functions written by hand, one for each shape that is known to be converted wrongly somewhere: each must behave in V2
 * as in V1 in every scenario. Where an `expected.js` stands next to the input, the output must be that text.
 */
const FOLDERS = [
  { folder: "fixtures/chains", count: 52 },
  { folder: "fixtures/pitfalls", count: 34 },
] as const;

describe.each(FOLDERS)("$folder", ({ folder, count }) => {
  const names = readdirSync(folder).toSorted(new Intl.Collator("en", { numeric: true }).compare);
  const findings = new Map<string, Finding>();
  let restore: () => void;

  beforeAll(() => {
    restore = captureRejections();
  });

  afterAll(() => {
    restore();
    const listed = (verdict: Finding["verdict"]): string[] =>
      names.filter((name) => findings.get(name)?.verdict === verdict);
    const same = names.filter((name) => {
      const finding = findings.get(name);
      return finding !== undefined && finding.scenarios > 0 && finding.difference === undefined;
    });
    const others = (["mechanical", "refused", "unparsable"] as const).flatMap((verdict) =>
      listed(verdict).map((name) => `  ${verdict}: ${name} (${findings.get(name)?.why ?? ""})`),
    );
    const idiomatic = listed("idiomatic");
    console.info(
      [
        `${folder}: ${String(same.length)} same, ${String(names.length - same.length)} different or not run`,
        `  idiomatic: ${String(idiomatic.length)} (of these with a chain left: ${withChain(idiomatic).join(", ") || "none"})`,
        ...others,
      ].join("\n"),
    );
  });

  /** Converted, but still with `.then`, `.catch` or `.finally`. */
  function withChain(idiomatic: readonly string[]): string[] {
    return idiomatic.filter((name) => /\.(?:then|catch|finally)\(/u.test(findings.get(name)?.text ?? ""));
  }

  test("has all its shapes", () => {
    expect(names).toHaveLength(count);
  });

  test.each(names)("%s", async (name) => {
    const original = readFileSync(`${folder}/${name}/input.js`, "utf8");
    const finding = await checkProgram(original);
    findings.set(name, finding);
    expect(finding.difference === undefined ? "" : describeFault(original, finding)).toBe("");
    expect(finding.verdict, finding.why).not.toBe("unparsable");
    const expected = `${folder}/${name}/expected.js`;
    if (existsSync(expected)) {
      await expectFile(expected, finding.text);
    }
  });
});
