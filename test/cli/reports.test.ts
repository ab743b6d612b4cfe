import { chmodSync, existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { asOrdinaryUser, cli, contentOf, tempFolder, v1Function, v2Function } from "./support.ts";

const project = { "functions/a/index.js": v1Function, "functions/b/index.js": `${v1Function}// REFUSE\n` };

describe("--report", () => {
  it("writes each file in the format of its ending, and the overview names the first", async () => {
    const folder = tempFolder(project);
    const { code, stdout } = await cli(folder, ["--report", "out/r.md", "--report", "r.sarif", "."]);
    expect(code).toBe(1);
    expect(stdout).toContain("in full: out/r.md\n");
    expect(contentOf(folder, "out/r.md")).toMatch(/^# Migration report\n/u);
    expect(contentOf(folder, "r.sarif")).toContain('"version": "2.1.0"');
  });

  it("says before anything is written that it does not know an ending", async () => {
    const folder = tempFolder(project);
    const { code, stderr } = await cli(folder, ["--report", "r.txt", "."]);
    expect(code).toBe(2);
    expect(stderr).toContain('a report ends in .codequality.json, .json, .sarif, .md, .html; "r.txt" does not\n');
    expect(contentOf(folder, "functions/a/index.js")).toBe(v1Function);
  });
});

describe("a report that can't be written", () => {
  it("is told in one line behind the overview, and the functions are written", async () => {
    const folder = tempFolder({ "a.js": v1Function, "b/file": "" });
    const { code, stdout, stderr } = await cli(folder, ["--report", "b/file/x.md", "a.js"]);
    expect(stdout).toContain("MIGRATED (1)");
    expect(stderr).toMatch(/^faas-migrate: the report b\/file\/x\.md cannot be written: .*; all else is done\n$/u);
    expect(code).toBe(2);
    expect(contentOf(folder, "a.js")).toBe(v2Function);
  });

  it("leaves no half of it, and the one that was there", async () => {
    const folder = tempFolder({ "a.js": v1Function, "out/x.md": "old" });
    chmodSync(join(folder, "out"), 0o555);
    const { code, stderr } = await asOrdinaryUser(() => cli(folder, ["--dry-run", "--report", "out/x.md", "a.js"]));
    chmodSync(join(folder, "out"), 0o755);
    expect(stderr).toContain("the report out/x.md cannot be written: permission denied; make the file and its folder");
    expect([code, contentOf(folder, "out/x.md"), readdirSync(join(folder, "out"))]).toEqual([2, "old", ["x.md"]]);
  });
});

describe("faas-migrate report", () => {
  it("tells of the last run again, dry runs too, though a second run would have nothing to tell", async () => {
    const folder = tempFolder(project);
    const first = await cli(folder, ["."]);
    const again = await cli(folder, ["report"]);
    expect(again).toEqual({ ...first, code: 0 });
    await cli(folder, ["--dry-run", "functions/b"]);
    expect((await cli(folder, ["report"])).stdout).toContain("1 function: 1 needs you\nNothing was written.");
    await cli(folder, ["functions/a"]);
    expect((await cli(folder, ["report"])).stdout).toContain("1 function: 1 needs you\n");
  });

  it("writes any report later, with the texts before and after", async () => {
    const folder = tempFolder(project);
    await cli(folder, ["."]);
    expect(await cli(folder, ["report", "r.html", "gl-code-quality-report.json"])).toMatchObject({
      code: 0,
      stdout: "written: r.html\nwritten: gl-code-quality-report.json\n",
    });
    expect(contentOf(folder, "r.html")).toContain("core-functions-toolbelt");
  });

  it("says in one line that there was no run", async () => {
    const { code, stderr } = await cli(tempFolder(), ["report"]);
    expect(code).toBe(2);
    expect(stderr).toContain(
      "there was no run in this repository yet; run faas-migrate --dry-run on your functions first\n",
    );
  });

  it("is kept out of git, and --check keeps nothing", async () => {
    const folder = tempFolder(project);
    await cli(folder, ["--check", "."]);
    expect(existsSync(join(folder, ".faas-migrate"))).toBe(false);
    await cli(folder, ["--dry-run", "."]);
    expect(readdirSync(join(folder, ".faas-migrate")).sort()).toEqual([".gitignore", "last.json"]);
    expect(contentOf(folder, ".faas-migrate/.gitignore")).toBe("*\n");
  });
});

describe("under GitHub Actions", () => {
  const settings = { env: { GITHUB_ACTIONS: "true" } };

  it("annotations follow the overview", async () => {
    const { stdout } = await cli(tempFolder(project), ["--check", "."], settings);
    expect(stdout).toMatch(
      /\n::warning file=functions\/a\/index\.js,line=1,.*\n::error file=functions\/b\/index\.js,line=2,/u,
    );
  });

  it("JSON stays one document", async () => {
    const { stdout } = await cli(tempFolder(project), ["--json", "."], settings);
    expect(() => JSON.parse(stdout) as unknown).not.toThrow();
  });
});

describe("faas-migrate explain", () => {
  it("explains a word of the overview", async () => {
    const { code, stdout } = await cli(tempFolder(), ["explain", "http-option"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^http-option {3}Why a function needs you\n/u);
    expect(stdout).toMatch(/\nDocs: https:\/\/\S+\/docs\/reasons\.md#http-option\n$/u);
  });

  it.each([
    ["mechanical", "mechanical   A verdict\n\nV2 code that runs the same", "README.md#verdicts"],
    ["faas/no-shared-state", "faas/no-shared-state   A rule of the ESLint plugin\n\n", "docs/rules/no-shared-state.md"],
    ["no-callback-handler", "The transform callback-to-async repairs it.", "docs/rules/no-callback-handler.md"],
    [
      "require-to-import",
      "require-to-import   A transform\n\nTurn require calls",
      "docs/transforms/require-to-import.md",
    ],
  ])("explains other words as well: %s", async (word, text, page) => {
    const { code, stdout } = await cli(tempFolder(), ["explain", word]);
    expect(code).toBe(0);
    expect(stdout).toContain(text);
    expect(stdout).toContain(page);
  });

  it("explains what is said about a line, with the line", async () => {
    const source = "function lambda(input, callback) {\n  with (input) callback(null, payload);\n}\n";
    const { code, stdout } = await cli(tempFolder({ "a.js": source }), ["explain", "a.js:2"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^2 \|\s+with \(input\) callback\(null, payload\);\n/u);
    expect(stdout).toContain("sloppy-mode   Why a function needs you\n");
    expect((await cli(tempFolder({ "a.js": source }), ["explain", "a.js:1"])).stdout).toBe(
      "a.js is refused, and there is no remark on line 1, but on 2.\n",
    );
  });

  it("explains what the run said about a line of a function that it has migrated", async () => {
    const folder = tempFolder({ "a.js": `${v1Function}// LOOK\n` });
    await cli(folder, ["a.js"]);
    expect(contentOf(folder, "a.js")).toBe(`${v2Function}// LOOK\n`);
    const { code, stdout } = await cli(folder, ["explain", "./a.js:1"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^1 \| const \{ Toolbelt \} = require\("lp-faas-toolbelt"\);\n/u);
    expect(stdout).toContain("About likely-bug.");
    writeFileSync(join(folder, "a.js"), v2Function);
    expect((await cli(folder, ["explain", "a.js:1"])).stdout).not.toContain("likely-bug");
  });

  it.each([
    [[], "explain takes one id or one file:line; 0 given"],
    [["http-opt"], 'unknown word "http-opt"; did you mean '],
    [["zzz"], 'unknown word "zzz"; see docs/reasons.md for all words'],
    [["gone.js:1"], "gone.js does not exist; check the path"],
  ])("%j is wrong usage", async (argv, message) => {
    const { code, stderr } = await cli(tempFolder(), ["explain", ...argv]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
