import { describe, expect, it } from "vitest";

import type { RunResult } from "../../src/migrate/run-result.ts";
import { cli, contentOf, tempFolder, v1Function, v2Function } from "./support.ts";

const refused = `${v1Function}// REFUSE\n`;
const broken = `${v1Function}// BROKEN\n`;

describe("exit code", () => {
  it("is 0 when everything was migrated", async () => {
    const folder = tempFolder({ "a.js": v1Function, "b.js": `${v1Function}// MECHANICAL\n` });
    const run = await cli(folder, ["."]);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toContain("2 functions: 1 migrated, 1 mechanical; 1 thing to do before you deploy\n");
    expect(contentOf(folder, "a.js")).toBe(v2Function);
  });

  it("is 0 for a second run, which changes nothing", async () => {
    const folder = tempFolder({ "a.js": v1Function });
    await cli(folder, ["a.js"]);
    const second = await cli(folder, ["a.js"]);
    expect(second).toMatchObject({ code: 0, stderr: "" });
    expect(second.stdout).toMatch(/\n1 function: 1 unchanged\n$/u);
  });

  it("is 1 when a file was refused, and the others are done", async () => {
    const folder = tempFolder({ "a.js": refused, "b.js": v1Function });
    const run = await cli(folder, ["."]);
    expect(run.code).toBe(1);
    expect(run.stdout).toContain("  a.js   refused\n    2:3  About too-odd.   too-odd\n");
    expect(contentOf(folder, "a.js")).toBe(refused);
    expect(contentOf(folder, "b.js")).toBe(v2Function);
  });

  it("is 1 when a migrated file has a reason to be looked at", async () => {
    const run = await cli(tempFolder({ "a.js": `${v1Function}// LOOK\n` }), ["."]);
    expect(run.code).toBe(1);
    expect(run.stdout).toContain("1 function: 1 needs you;");
  });

  it("is 2 for wrong usage, before anything is touched", async () => {
    const folder = tempFolder({ "a.js": v1Function });
    for (const argv of [[], ["--wizard", "a.js"], ["--transform", "magic", "a.js"], ["--style", "x", "a.js"]]) {
      const run = await cli(folder, argv);
      expect(run).toMatchObject({ code: 2, stdout: "" });
      expect(run.stderr).toMatch(/^faas-migrate: .+\nRun faas-migrate --help for the options\.\n$/u);
    }
    expect(contentOf(folder, "a.js")).toBe(v1Function);
  });

  it("names the known transforms when one is unknown", async () => {
    const run = await cli(tempFolder(), ["--transform", "magic", "."]);
    expect(run.stderr).toMatch(/^faas-migrate: unknown transform "magic"; known are .*\bcallback-to-async\b/u);
  });

  it("is 2 for a missing path, and nothing is written", async () => {
    const folder = tempFolder({ "a.js": v1Function });
    const run = await cli(folder, ["nowhere", "a.js"]);
    expect(run).toMatchObject({ code: 2, stderr: "faas-migrate: nowhere does not exist; check the path\n" });
    expect(run.stdout).toContain("Nothing was written.");
    expect(contentOf(folder, "a.js")).toBe(v1Function);
  });

  it("is 3 when the tool failed on a file, above 1, and the others are done", async () => {
    const folder = tempFolder({ "a.js": broken, "b.js": refused, "c.js": v1Function });
    const run = await cli(folder, ["."]);
    expect(run.code).toBe(3);
    expect(run.stdout).toContain("  a.js   failed\n    1:1  The migration failed");
    expect(run.stdout).toMatch(/the tool is\s+broken {3}internal-error\n/u);
    expect(contentOf(folder, "a.js")).toBe(broken);
    expect(contentOf(folder, "c.js")).toBe(v2Function);
  });

  it("is 3 above 2", async () => {
    expect((await cli(tempFolder({ "a.js": broken }), ["a.js", "nowhere"])).code).toBe(3);
  });

  it("is 2 above 1", async () => {
    expect((await cli(tempFolder({ "a.js": refused }), ["a.js", "nowhere"])).code).toBe(2);
  });
});

describe("--strict", () => {
  it("answers 1 when something is left to do outside the code; the summary says so without it too", async () => {
    const run = await cli(tempFolder({ "a.js": v1Function }), ["a.js"]);
    expect(run).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("; 1 thing to do before you deploy") as string,
    });
    expect((await cli(tempFolder({ "a.js": v1Function }), ["--strict", "a.js"])).code).toBe(1);
    expect((await cli(tempFolder({ "a.js": v2Function }), ["--strict", "a.js"])).code).toBe(0);
  });
});

describe("progress", () => {
  const settings = { isTTY: true, env: { NO_COLOR: "1" } };

  it("is shown on a terminal from the first function on, and taken away", async () => {
    const { stderr } = await cli(tempFolder({ "a.js": v1Function, "b.js": v1Function }), ["."], settings);
    expect(stderr).toContain("migrating functions [");
    expect(stderr).toContain("] 1 of 2");
    expect(stderr.endsWith("\u001b[2K")).toBe(true);
  });

  it.each([
    ["into a pipe", [], { ...settings, isTTY: false }],
    ["in CI", [], { ...settings, env: { CI: "true" } }],
    ["with --json", ["--json"], settings],
  ])("is not shown %s", async (_, argv, where) => {
    expect((await cli(tempFolder({ "a.js": v1Function }), [...argv, "."], where)).stderr).toBe("");
  });
});

describe("--check and --dry-run", () => {
  it.each([
    ["--check", 1],
    ["--dry-run", 0],
  ])("%s writes nothing and answers %i when a file would change", async (option, code) => {
    const folder = tempFolder({ "a.js": v1Function });
    const run = await cli(folder, [option, "."]);
    expect(run.code).toBe(code);
    expect(run.stdout).toMatch(/1 function: 1 would migrate; .*\nNothing was written\. Next: npx faas-migrate \.\n$/u);
    expect(contentOf(folder, "a.js")).toBe(v1Function);
  });

  it("--check answers 0 when there is nothing to do", async () => {
    expect((await cli(tempFolder({ "a.js": v2Function }), ["--check", "a.js"])).code).toBe(0);
  });

  it("--check answers 1 when a person is needed", async () => {
    expect((await cli(tempFolder({ "a.js": refused }), ["--check", "."])).code).toBe(1);
  });
});

describe("--json", () => {
  it("prints exactly one document, with the errors in it and on standard error", async () => {
    const folder = tempFolder({ "sub/b.js": refused, "sub/a.js": v1Function });
    const run = await cli(folder, ["--json", "--dry-run", "--style", "idiomatic", "sub", "nowhere"], { isTTY: true });
    const result = JSON.parse(run.stdout) as RunResult;
    expect(Object.keys(result)).toEqual(["version", "style", "dryRun", "files", "errors", "summary"]);
    expect(result).toMatchObject({ style: "idiomatic", dryRun: true });
    expect(result.version).toMatch(/^\d+\.\d+\.\d+/u);
    expect(result.files.map((file) => file.path)).toEqual(["sub/a.js", "sub/b.js"]);
    expect(result.files[1]).toEqual({
      path: "sub/b.js",
      verdict: "refused",
      transforms: [],
      differences: [],
      reasons: [
        {
          id: "too-odd",
          message: "About too-odd.",
          line: 2,
          column: 3,
          docs: expect.stringMatching(/docs\/reasons\.md#too-odd$/u) as string,
        },
      ],
      followUps: [],
    });
    expect(result.errors).toEqual([{ path: "nowhere", message: "does not exist; check the path" }]);
    expect(result.summary).toEqual({ migrated: 1, mechanical: 0, refused: 1, unchanged: 0, failed: 0 });
    expect(run.stderr).toContain("nowhere does not exist");
    expect(run.code).toBe(2);
  });

  it("lists the transforms as a document too", async () => {
    const run = await cli(tempFolder(), ["--list", "--json"]);
    expect(JSON.parse(run.stdout)).toContainEqual({
      id: "callback-to-async",
      description: expect.any(String) as string,
    });
  });
});

describe("--help, --version, --list", () => {
  it("documents every option and every exit code", async () => {
    const { stdout, code } = await cli(tempFolder(), ["--help"]);
    expect(code).toBe(0);
    for (const option of [
      "dry-run",
      "diff",
      "check",
      "strict",
      "json",
      "transform",
      "style",
      "concurrency",
      "list",
      "version",
    ]) {
      expect(stdout).toContain(`--${option}`);
    }
    for (const exitCode of ["0  done", "1  done", "2  wrong usage", "3  internal error"])
      expect(stdout).toContain(exitCode);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(120);
  });

  it("prints the version alone", async () => {
    expect((await cli(tempFolder(), ["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+\S*\n$/u);
  });

  it("lists the transforms with what they do", async () => {
    expect((await cli(tempFolder(), ["--list"])).stdout).toMatch(/^callback-to-async {2,}\S.+\.$/mu);
  });
});

describe("the real migration", () => {
  it("leaves a file alone that is no function", async () => {
    const text = "export const answer = 42;\r\n";
    const folder = tempFolder({ "a.js": text });
    const { migrateSource } = await import("../../src/migrate/migrate-source.ts");
    const run = await cli(folder, ["a.js"], { migrateSource });
    expect(run.code).toBe(0);
    expect(run.stdout).toContain("1 function: 1 unchanged\n");
    expect(contentOf(folder, "a.js")).toBe(text);
  });

  it("never damages a file that does not parse", async () => {
    const text = `${v1Function}exports.lambda = (input, callback) => {{`;
    const folder = tempFolder({ "a.js": text });
    const { migrateSource } = await import("../../src/migrate/migrate-source.ts");
    expect((await cli(folder, ["a.js"], { migrateSource })).code).toBeLessThan(2);
    expect(contentOf(folder, "a.js")).toBe(text);
  });
});
