import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import type { MigrateSource } from "../../src/migrate/run-outcome.ts";
import { cli, contentOf, fakeMigrate, namesIn, tempFolder, v1Function, v2Function } from "./support.ts";

function git(folder: string, ...args: readonly string[]): void {
  const author = ["-c", "user.name=A", "-c", "user.email=a@example.com"];
  execFileSync("git", [...author, ...args], { cwd: folder, stdio: "pipe" });
}

function committed(files: Readonly<Record<string, string>>): string {
  const folder = tempFolder(files);
  git(folder, "init", "--quiet");
  git(folder, "add", ".");
  git(folder, "commit", "--quiet", "--message", "Start");
  return folder;
}

describe("what a run of a hundred functions has written", () => {
  it("is brought back in at most 40 lines, in all with --verbose", async () => {
    const names = Array.from({ length: 100 }, (_, index) => `function-number-${String(index)}`);
    const folder = tempFolder(Object.fromEntries(names.map((name) => [`functions/${name}/index.js`, v1Function])));
    await cli(folder, ["."]);
    const undone = await cli(folder, ["undo"]);
    const lines = undone.stdout.trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(40);
    expect(lines[0]).toBe("RESTORED (100 functions, 100 files)   --verbose lists them");
    expect(lines.slice(1, -2).join(" ").trim().split(/ +/u).toSorted()).toEqual(names.toSorted());
    expect(lines.at(-1)).toBe("100 files are as before the run.");

    await cli(folder, ["."]);
    for (const name of names) writeFileSync(join(folder, `functions/${name}/index.js`), "");
    const refused = await cli(folder, ["undo"]);
    expect(refused.stderr.trimEnd().split("\n").length).toBeLessThanOrEqual(40);
    expect(refused.stderr).toContain("  … and 65 more files   --verbose lists them\n");
    expect((await cli(folder, ["undo", "--verbose"])).stderr.trimEnd().split("\n")).toHaveLength(101);
    for (const name of names) writeFileSync(join(folder, `functions/${name}/index.js`), v2Function);
    expect((await cli(folder, ["undo", "--verbose"])).stdout.trimEnd().split("\n")).toHaveLength(101);
  });
});

describe("two names of one file (hard links)", () => {
  const old = '{"environmentVariables":[{"key":"A","value":"1"}]}';

  it("are written once, with what stands beside each, and brought back", async () => {
    const folder = tempFolder({
      "a/index.js": v1Function,
      "a/config.json": old,
      "b/config.json": old,
      "c.js": v1Function,
    });
    linkSync(join(folder, "a/index.js"), join(folder, "b/index.js"));
    expect(await cli(folder, ["."])).toMatchObject({ code: 0, stderr: "" });
    expect([contentOf(folder, "a/index.js"), contentOf(folder, "b/index.js")]).toEqual([v2Function, v2Function]);
    for (const name of ["a", "b"]) expect(contentOf(folder, `${name}/config.json`)).not.toBe(old);
    expect(statSync(join(folder, "b/index.js")).nlink).toBe(2);

    const undone = await cli(folder, ["undo"]);
    expect(undone).toMatchObject({ code: 0, stderr: "" });
    expect(undone.stdout).toContain("5 files are as before the run.");
    for (const name of ["a/index.js", "b/index.js", "c.js"]) expect(contentOf(folder, name)).toBe(v1Function);
    for (const name of ["a", "b"]) {
      expect(contentOf(folder, `${name}/config.json`)).toBe(old);
      expect(namesIn(join(folder, name))).toEqual(["config.json", "index.js"]);
    }
  });

  it("stay as they are where each would get another text", async () => {
    const folder = tempFolder({ "a.js": v1Function, "c.js": v1Function });
    linkSync(join(folder, "a.js"), join(folder, "b.js"));
    const migrateSource: MigrateSource = (path, text, options) => {
      const result = fakeMigrate(path, text, options);
      return { ...result, text: `${result.text}// ${path}\n` };
    };
    const run = await cli(folder, ["."], { migrateSource });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(
      `a.js is the same file as ${join(folder, "b.js")}, which would become another; make a copy of one\n`,
    );
    expect([contentOf(folder, "a.js"), contentOf(folder, "b.js")]).toEqual([v1Function, v1Function]);
    expect(contentOf(folder, "c.js")).not.toBe(v1Function);
    expect(namesIn(folder)).toEqual(["a.js", "b.js", "c.js"]);
  });
});

describe("what git can't bring back", () => {
  it("is written where all is committed, and what is kept for undo is none of git's business", async () => {
    const folder = committed({ "sub/a.js": v1Function });
    const run = await cli(join(folder, "sub"), ["."], { allowDirty: false });
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(contentOf(folder, "sub/a.js")).toBe(v2Function);
    expect(execFileSync("git", ["status", "--porcelain"], { cwd: folder, encoding: "utf8" })).toBe(" M sub/a.js\n");
    expect(readdirSync(folder).sort()).toEqual([".faas-migrate", ".git", "sub"]);
  });

  it.each([
    ["changes", "1 file (a.js) has changes that are not committed"],
    ["staged changes", "1 file (a.js) has changes that are not committed"],
    ["untracked", "1 file (b c.js) is not committed to git yet"],
  ])("is not written, nor anything else: %s", async (what, reason) => {
    const folder = committed({ "a.js": v1Function, "ok.js": v1Function });
    const name = what === "untracked" ? "b c.js" : "a.js";
    writeFileSync(join(folder, name), `${v1Function}// ${what}\n`);
    if (what === "staged changes") git(folder, "add", ".");
    const run = await cli(folder, ["."], { allowDirty: false });
    expect(run.code).toBe(2);
    expect(run.stderr).toBe(
      `faas-migrate: nothing was written, because ${reason}; commit first, or add --allow-dirty: then the originals are ` +
        "kept in .faas-migrate/backup only\n",
    );
    expect(run.stdout).toContain("Nothing was written.\n");
    expect([contentOf(folder, "ok.js"), existsSync(join(folder, ".faas-migrate"))]).toEqual([v1Function, false]);
  });

  it("is not written in no repository, and a dry run does not mind", async () => {
    const folder = tempFolder(Object.fromEntries(["a", "b", "c", "d"].map((name) => [`${name}.js`, v1Function])));
    const run = await cli(folder, ["."], { allowDirty: false });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("because 4 files (a.js, b.js, c.js, …) are not in a git repository; commit first");
    expect(contentOf(folder, "a.js")).toBe(v1Function);
    expect(await cli(folder, ["--dry-run", "."], { allowDirty: false })).toMatchObject({ code: 0, stderr: "" });
  });

  it("is no question where nothing would change", async () => {
    const folder = tempFolder({ "a.js": v2Function });
    expect(await cli(folder, ["a.js"], { allowDirty: false })).toMatchObject({ code: 0, stderr: "" });
    expect(readdirSync(folder)).toEqual(["a.js"]);
  });
});

describe("faas-migrate undo", () => {
  const bytes = "\uFEFFconst { Toolbelt } = require('lp-faas-toolbelt');\r\n// größe";

  it("brings back the last run byte for byte, then the one before", async () => {
    const folder = tempFolder({ "a.js": bytes, "sub/b.js": v1Function });
    chmodSync(join(folder, "a.js"), 0o640);
    await cli(folder, ["a.js"]);
    await cli(folder, ["sub"]);
    expect(await cli(folder, ["undo"])).toEqual({
      code: 0,
      stdout: "restored    sub/b.js\n1 file is as before the run.\n",
      stderr: "",
    });
    expect(contentOf(folder, "a.js")).not.toBe(bytes);
    expect(await cli(folder, ["undo"])).toMatchObject({ code: 0, stderr: "" });
    expect([contentOf(folder, "a.js"), contentOf(folder, "sub/b.js")]).toEqual([bytes, v1Function]);
    expect(statSync(join(folder, "a.js")).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder).sort()).toEqual(["a.js", "sub"]);
    expect((await cli(folder, ["undo"])).stdout).toBe("Nothing to undo: no run has changed anything here.\n");
  });

  it("touches nothing where a file was changed since, or is gone", async () => {
    const folder = tempFolder({ "a.js": v1Function, "b.js": v1Function, "c.js": v1Function });
    await cli(folder, ["."]);
    writeFileSync(join(folder, "a.js"), "edited");
    rmSync(join(folder, "c.js"));
    expect(await cli(folder, ["undo"])).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "faas-migrate: a.js was changed since the run\nfaas-migrate: c.js was changed since the run\n" +
        "faas-migrate: nothing was undone; add --keep-changed to bring back the other functions\n",
    });
    expect([contentOf(folder, "a.js"), contentOf(folder, "b.js")]).toEqual(["edited", v2Function]);
    const kept = await cli(folder, ["undo", "--keep-changed"]);
    expect([kept.code, contentOf(folder, "a.js"), contentOf(folder, "b.js")]).toEqual([1, "edited", v1Function]);
    const [, original = ""] = /a\.js was changed .*; its original is (?<path>.+)\n/u.exec(kept.stderr) ?? [];
    expect(readFileSync(original, "utf8")).toBe(v1Function);
    expect(namesIn(folder)).toEqual(["a.js", "b.js"]);
  });

  it("takes no paths", async () => {
    const run = await cli(tempFolder(), ["undo", "a.js"]);
    expect([run.code, run.stderr]).toEqual([
      2,
      "faas-migrate: undo takes no paths: it undoes the last run as a whole\nRun faas-migrate undo --help for the options.\n",
    ]);
  });
});

describe("hard links", () => {
  it("stay, and undo goes through them", async () => {
    const folder = tempFolder({ "a.js": v1Function, "elsewhere/x.txt": "" });
    linkSync(join(folder, "a.js"), join(folder, "elsewhere/b.txt"));
    await cli(folder, ["a.js"]);
    expect(contentOf(folder, "elsewhere/b.txt")).toBe(v2Function);
    expect(namesIn(folder)).toEqual(["a.js", "elsewhere"]);
    await cli(folder, ["undo"]);
    expect([contentOf(folder, "a.js"), contentOf(folder, "elsewhere/b.txt")]).toEqual([v1Function, v1Function]);
    expect(statSync(join(folder, "a.js")).nlink).toBe(2);
  });
});

describe("two runs on one tree", () => {
  it("are refused while the first goes on", async () => {
    const folder = tempFolder({ "a.js": v1Function });
    let second: ReturnType<typeof cli> | undefined;
    const migrateSource: MigrateSource = (path, text, options) => {
      second ??= cli(folder, ["a.js"]);
      return fakeMigrate(path, text, options);
    };
    const first = await cli(folder, ["a.js"], { migrateSource });
    const busy = await second;
    expect(first.code).toBe(0);
    expect(busy?.code).toBe(2);
    expect(busy?.stderr).toBe(
      `faas-migrate: another run (process ${String(process.pid)}) is working in this folder; wait until it ends\n`,
    );
  });

  it("are none when the other one is dead, whatever it has left", async () => {
    const folder = tempFolder({ "a.js": v1Function });
    const { pid } = JSON.parse(
      execFileSync(process.execPath, ["-p", "JSON.stringify({ pid: process.pid })"], { encoding: "utf8" }),
    ) as { pid: number };
    for (const content of [JSON.stringify({ pid, host: (await import("node:os")).hostname(), began: "1" }), "{"]) {
      mkdirSync(join(folder, ".faas-migrate"), { recursive: true });
      writeFileSync(join(folder, ".faas-migrate/lock"), content);
      expect(await cli(folder, ["a.js"])).toMatchObject({ code: 0, stderr: "" });
      expect(existsSync(join(folder, ".faas-migrate/lock"))).toBe(false);
    }
  });
});
