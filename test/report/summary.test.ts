import { describe, expect, it } from "vitest";

import type { FileResult } from "../../src/migrate/result.ts";
import type { RunResult } from "../../src/migrate/run-result.ts";
import { summarize } from "../../src/migrate/run-result.ts";
import { exitCodeOf, followUpChecklist, needsPerson } from "../../src/report/summary.ts";
import { remark } from "../cli/support.ts";

function file(path: string, parts: Partial<FileResult> = {}): FileResult {
  return { path, verdict: "migrated", transforms: [], differences: [], reasons: [], followUps: [], ...parts };
}

function result(files: readonly FileResult[], errors: RunResult["errors"] = []): RunResult {
  return { version: "1.0.0", style: "faithful", dryRun: false, files, errors, summary: summarize(files) };
}

describe("needsPerson", () => {
  it("is true for a refused or failed file and for every reason", () => {
    expect(needsPerson(file("a", { verdict: "refused" }))).toBe(true);
    expect(needsPerson(file("a", { verdict: "failed" }))).toBe(true);
    expect(needsPerson(file("a", { verdict: "unchanged", reasons: [remark("x")] }))).toBe(true);
  });

  it("is false for declared differences, follow-ups and a mechanical result alone", () => {
    expect(needsPerson(file("a", { differences: [remark("x")], followUps: [remark("y")] }))).toBe(false);
    expect(needsPerson(file("a", { verdict: "mechanical" }))).toBe(false);
  });
});

describe("exitCodeOf", () => {
  const refused = file("r", { verdict: "refused" });
  const failed = file("f", { verdict: "failed" });
  const error = { path: "e", message: "m" };

  it.each([
    [result([]), 0, 0],
    [result([file("a", { verdict: "unchanged" })]), 0, 0],
    [result([file("a")]), 0, 1],
    [result([file("a", { verdict: "mechanical" })]), 0, 1],
    [result([refused]), 1, 1],
    [result([refused], [error]), 2, 2],
    [result([refused, failed], [error]), 3, 3],
  ])("case %#", (run, plain, check) => {
    expect(exitCodeOf(run, { check: false, strict: false })).toBe(plain);
    expect(exitCodeOf(run, { check: true, strict: false })).toBe(check);
  });

  it("counts what is to be done outside the code when it shall be strict", () => {
    const run = result([file("a", { followUps: [remark("allowed-domains")] })]);
    expect(exitCodeOf(run, { check: false, strict: false })).toBe(0);
    expect(exitCodeOf(run, { check: false, strict: true })).toBe(1);
  });
});

describe("groups", () => {
  const files = [
    file("a.js", { differences: [remark("x", 1), remark("x", 2), remark("own")], followUps: [remark("todo", 5)] }),
    file("b.js", {
      differences: [remark("x", 3), { ...remark("x"), message: "Another x." }],
      followUps: [remark("todo")],
    }),
  ];

  it("hold each follow-up once", () => {
    expect(followUpChecklist(files)).toEqual([
      { id: "todo", message: "About todo.", places: ["a.js:5:1", "b.js:1:1"], fileCount: 2 },
    ]);
  });
});
