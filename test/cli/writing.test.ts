import { chmodSync, lstatSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import type { MigrateSource } from "../../src/migrate/run-outcome.ts";
import { cli, contentOf, namesIn, fakeMigrate, tempFolder, v1Function, v2Function } from "./support.ts";

/** Migrates, and does something to the disk behind the command's back. */
function whileMigrating(action: () => void): MigrateSource {
  return (path, text, options) => {
    action();
    return fakeMigrate(path, text, options);
  };
}

describe("writing", () => {
  it("keeps the file's mode and leaves no temporary file", async () => {
    const folder = tempFolder({ "a.js": v1Function, "b.js": v1Function });
    chmodSync(join(folder, "a.js"), 0o750);
    chmodSync(join(folder, "b.js"), 0o604);
    await cli(folder, ["."]);
    expect(statSync(join(folder, "a.js")).mode & 0o7777).toBe(0o750);
    expect(statSync(join(folder, "b.js")).mode & 0o7777).toBe(0o604);
    expect(namesIn(folder)).toEqual(["a.js", "b.js"]);
  });

  it("puts a new file in the place of the old one, so that no reader sees half of it", async () => {
    const folder = tempFolder({ "a.js": v1Function });
    const before = statSync(join(folder, "a.js")).ino;
    await cli(folder, ["a.js"]);
    expect(statSync(join(folder, "a.js")).ino).not.toBe(before);
  });

  it("writes through a link to its target, once, whichever way it is reached", async () => {
    const folder = tempFolder({ "real/b.js": v1Function });
    symlinkSync("real/b.js", join(folder, "a.js"));
    const run = await cli(folder, ["a.js", ".", "real/b.js", "./real/../a.js"]);
    expect(run.stdout).toContain("(real/b.js:1:1)");
    expect(run.stdout).toContain("1 function: 1 migrated");
    expect(lstatSync(join(folder, "a.js")).isSymbolicLink()).toBe(true);
    expect(contentOf(folder, "real/b.js")).toBe(v2Function);
  });

  it("leaves a file alone that changed since it was read", async () => {
    const folder = tempFolder({ "a.js": v1Function, "b.js": v1Function });
    const edited = `${v1Function}// saved by an editor\n`;
    const migrateSource = whileMigrating(() => {
      writeFileSync(join(folder, "a.js"), edited);
    });
    const run = await cli(folder, ["a.js", "b.js"], { migrateSource });
    expect(run.code).toBe(2);
    expect(run.stderr).toBe(
      "faas-migrate: a.js changed on disk while it was migrated and was left as it is; run again\n",
    );
    expect(run.stdout).not.toContain("a.js");
    expect(contentOf(folder, "a.js")).toBe(edited);
    expect(contentOf(folder, "b.js")).toBe(v2Function);
    expect(namesIn(folder)).toHaveLength(2);
  });

  it("does not bring back a file that was removed or moved since it was read", async () => {
    const folder = tempFolder({ "a.js": v1Function, "b.js": v1Function });
    const migrateSource = whileMigrating(() => {
      rmSync(join(folder, "a.js"), { force: true });
      if (namesIn(folder).includes("b.js")) renameSync(join(folder, "b.js"), join(folder, "c.js"));
    });
    const run = await cli(folder, ["a.js"], { migrateSource });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("a.js was removed while it was migrated");
    expect(namesIn(folder)).toEqual(["c.js"]);
  });

  it("does not touch a file that stays the same", async () => {
    const folder = tempFolder({ "a.js": v2Function });
    const before = statSync(join(folder, "a.js"), { bigint: true });
    await cli(folder, ["a.js"]);
    expect(statSync(join(folder, "a.js"), { bigint: true })).toMatchObject({
      ino: before.ino,
      mtimeNs: before.mtimeNs,
    });
  });
});

describe("--diff", () => {
  it("prints the patch of each changed file, and writes", async () => {
    const folder = tempFolder({ "a.js": v1Function, "b.js": v2Function });
    const run = await cli(folder, ["--diff", "a.js", "b.js"]);
    expect(run.stdout).toContain(`--- a/a.js\n+++ b/a.js\n@@ -1,1 +1,1 @@\n-${v1Function}+${v2Function}\nMIGRATED`);
    expect(run.stdout).not.toContain("b/b.js");
    expect(contentOf(folder, "a.js")).toBe(v2Function);
  });

  it("shows the patch with --dry-run, and writes nothing", async () => {
    const folder = tempFolder({ "a.js": v1Function });
    const run = await cli(folder, ["--diff", "--dry-run", "a.js"]);
    expect(run.stdout).toContain(`-${v1Function}+${v2Function}\nWOULD MIGRATE`);
    expect(contentOf(folder, "a.js")).toBe(v1Function);
  });

  it("colours on a terminal only, and not with NO_COLOR", async () => {
    const folder = tempFolder({ "a.js": v1Function });
    const argv = ["--diff", "--dry-run", "a.js"];
    expect((await cli(folder, argv, { isTTY: true })).stdout).toContain(`\u001b[32m+${v2Function.trimEnd()}\u001b[39m`);
    expect((await cli(folder, argv, { isTTY: true, env: { NO_COLOR: "1" } })).stdout).not.toContain("\u001b");
    expect((await cli(folder, argv)).stdout).not.toContain("\u001b");
  });
});
