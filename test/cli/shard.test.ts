import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { cli, contentOf, tempFolder, v1Function } from "./support.ts";

const names = ["a", "b", "c", "d", "e", "f", "g"];
const project = {
  ...Object.fromEntries(
    names.map((name) => [`functions/${name}/index.js`, name === "c" ? `${v1Function}// REFUSE\n` : v1Function]),
  ),
  "functions/c/index.mjs": v1Function,
  "functions/c/index.ts": v1Function,
  "functions/c/other.js": v1Function,
};

interface Result {
  readonly files: readonly { readonly path: string }[];
}

async function shard(folder: string, part: string): Promise<Result> {
  const { stdout } = await cli(folder, [
    "--dry-run",
    "--json",
    "--shard",
    part,
    "--report",
    `${part[0] ?? ""}.json`,
    ".",
  ]);
  return JSON.parse(stdout) as Result;
}

describe("--shard", () => {
  it.each([1, 2, 3, 20])("deals all functions out to %i parts, each once", async (count) => {
    const folder = tempFolder(project);
    const parts = await Promise.all(
      Array.from({ length: count }, (_, index) => shard(folder, `${String(index + 1)}/${String(count)}`)),
    );
    const paths = parts.map(({ files }) => files.map(({ path }) => path));
    expect(paths.flat().sort()).toEqual(Object.keys(project).sort());
    expect(paths.find((each) => each.includes("functions/c/index.js"))).toEqual(
      expect.arrayContaining(["functions/c/index.mjs", "functions/c/index.ts"]),
    );
    const again = await shard(folder, `1/${String(count)}`);
    expect(again).toEqual(parts[0]);
  });

  it.each(["0/2", "3/2", "1", "a/b", "1/0"])("does not take %s", async (part) => {
    const { code, stderr } = await cli(tempFolder(project), ["--shard", part, "."]);
    expect(stderr).toContain(`--shard takes a part and the number of parts, such as 2/4, not "${part}"`);
    expect(code).toBe(2);
  });
});

describe("faas-migrate merge-reports", () => {
  it("tells, reports and exits as one run would", async () => {
    const folder = tempFolder(project);
    const whole = await cli(folder, ["--dry-run", "--json", "--report", "whole.md", "."]);
    for (const part of ["1/3", "2/3", "3/3"]) await shard(folder, part);
    const reports = ["3.json", "1.json", "2.json"];
    const merged = await cli(folder, ["merge-reports", "--json", "--report", "merged.md", ...reports]);
    expect(merged).toEqual(whole);
    expect(contentOf(folder, "2.json")).toContain('"shard": {\n    "index": 2,\n    "of": 3\n  }');
    expect(contentOf(folder, "merged.md")).toBe(contentOf(folder, "whole.md"));
    const shown = await cli(folder, ["merge-reports", "--check", ...reports]);
    expect(shown.stdout).toContain("NEEDS YOU (1)\n  functions/c/index.js   refused\n");
    expect(shown.code).toBe(1);
  });

  it.each([
    [["1.json", "2.json", "1.json"], "part 1 of 3 is given 2 times (1.json, 1.json); part 3 of 3 is missing"],
    [["1.json"], "part 2 of 3 is missing; part 3 of 3 is missing"],
    [["1.json", "2.json", "3.json", "copy.json"], "part 3 of 3 is given 2 times (3.json, copy.json)"],
    [["1.json", "half.json"], "1.json is one of 3 parts, and half.json is one of 2"],
    [["whole.json", "1.json"], "1.json holds a part of a run, and whole.json a run without --shard"],
  ])("takes each part once: %j", async (reports, message) => {
    const folder = tempFolder(project);
    for (const part of ["1/3", "2/3", "3/3"]) await shard(folder, part);
    await cli(folder, ["--dry-run", "--report", "whole.json", "."]);
    await cli(folder, ["--dry-run", "--shard", "1/2", "--report", "half.json", "."]);
    copyFileSync(join(folder, "3.json"), join(folder, "copy.json"));
    const { code, stdout, stderr } = await cli(folder, ["merge-reports", "--report", "merged.md", ...reports]);
    expect(stderr).toContain(`faas-migrate: these reports do not make one run: ${message}\n`);
    expect(stdout).toBe("");
    expect(code).toBe(2);
    expect(existsSync(join(folder, "merged.md"))).toBe(false);
  });

  it.each([
    [[], "merge-reports takes the JSON reports of all shards; none given"],
    [["gone.json"], "gone.json cannot be read as JSON: ENOENT"],
    [["bad.json"], "bad.json is not a report of faas-migrate; give a file that --json or --report x.json wrote"],
    [["one.json", "two.json"], "these reports do not make one run: style is faithful in one and idiomatic in another"],
    [["one.json", "three.json"], "these reports do not make one run: a.js is migrated in one and refused in another"],
  ])("refuses %j", async (argv, message) => {
    const result = (style: string, verdict: string): string =>
      JSON.stringify({
        version: "1",
        style,
        dryRun: true,
        files: [{ path: "a.js", verdict, transforms: [], differences: [], reasons: [], followUps: [] }],
        errors: [],
      });
    const folder = tempFolder({
      "bad.json": "{}",
      "one.json": result("faithful", "migrated"),
      "two.json": result("idiomatic", "migrated"),
      "three.json": result("faithful", "refused"),
    });
    const { code, stdout, stderr } = await cli(folder, ["merge-reports", ...argv]);
    expect(stderr).toContain(`faas-migrate: ${message}`);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });
});
