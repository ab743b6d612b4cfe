import { chmodSync, readFileSync, readdirSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { asOrdinaryUser, cli, contentOf, remark, sourceResult, tempFolder, v1Function, v2Function } from "./support.ts";

describe("paths", () => {
  it("says of an empty folder that there is nothing to migrate", async () => {
    const run = await cli(tempFolder(), ["."]);
    expect(run).toEqual({ code: 0, stdout: "Nothing to migrate: no V1 function was found.\n", stderr: "" });
  });

  it("says how a path is written whose folders are parted as on Windows", async () => {
    const folder = tempFolder({ "functions/a/index.js": v1Function });
    const path = String.raw`functions\a\index.js`;
    const { code, stderr, stdout } = await cli(folder, ["--dry-run", path]);
    if (process.platform === "win32") expect(stdout).toContain("WOULD MIGRATE (1)");
    else expect([code, stderr]).toEqual([2, `faas-migrate: ${path} does not exist; write functions/a/index.js\n`]);
  });

  it("reports a glob without a match", async () => {
    const run = await cli(tempFolder({ "a.js": v1Function }), ["lib/*.js"]);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toBe(
      "faas-migrate: lib/*.js matches no folder and no JavaScript or TypeScript file, or only ignored ones; check the pattern\n",
    );
  });

  it("does not take an empty path for the whole working directory", async () => {
    const folder = tempFolder({ "a.js": v1Function });
    const run = await cli(folder, [""]);
    expect(run).toMatchObject({
      code: 2,
      stderr: "faas-migrate: a path is empty; check for a variable that is not set\n",
    });
    expect(contentOf(folder, "a.js")).toBe(v1Function);
  });

  it("reports a path below a file, and a name that is too long", async () => {
    const run = await cli(tempFolder({ "a.js": v2Function }), ["a.js/b.js", "x".repeat(300)]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("a.js/b.js does not exist: a part of the path is a file");
    expect(run.stderr).toContain("is longer than the file system allows");
  });

  it("reports what is neither a file nor a folder, and does not read it", async () => {
    const run = await cli(tempFolder(), ["/dev/zero"]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("dev/zero is neither a file nor a folder");
  });

  it("takes paths with spaces, brackets and letters beyond ASCII", async () => {
    const names = ["with space.js", "[id].js", "größe-函数.js", "quote'\".js"];
    const folder = tempFolder(Object.fromEntries(names.map((name) => [name, v1Function])));
    expect((await cli(folder, names)).code).toBe(0);
    for (const name of names) expect(contentOf(folder, name)).toBe(v2Function);
  });

  it("shows a line break in a file name without breaking the line", async () => {
    const run = await cli(tempFolder({ "a\n\u001b[31mb.js": v1Function }), ["."]);
    expect(run.stdout).toContain("MIGRATED (1)   --verbose lists them\n  a\\n\\u001b[31mb.js\n");
  });
});

describe("permissions", () => {
  it("reports a file and a folder that must not be read, and does the others", async () => {
    const folder = tempFolder({ "a.js": v1Function, "closed.js": v1Function, "locked/b.js": v1Function });
    chmodSync(join(folder, "closed.js"), 0);
    chmodSync(join(folder, "locked"), 0);
    const run = await asOrdinaryUser(() => cli(folder, [".", "--dry-run"]));
    chmodSync(join(folder, "locked"), 0o755);
    expect(run.code).toBe(2);
    expect(run.stdout).toContain(
      "1 function: 1 would migrate; 1 thing to do before you deploy\n2 paths could not be read or written; see the errors.\n",
    );
    expect(run.stderr).toBe(
      "faas-migrate: closed.js cannot be read: permission denied; change its permissions or leave it out\n" +
        "faas-migrate: locked cannot be read: permission denied; change its permissions or leave it out\n",
    );
  });

  it("touches nothing in a folder whose .gitignore must not be read", async () => {
    const folder = tempFolder({ "a.js": v1Function, "sub/.gitignore": "b.js", "sub/b.js": v1Function });
    chmodSync(join(folder, "sub/.gitignore"), 0);
    const run = await asOrdinaryUser(() => cli(folder, [".", "--dry-run", "--json"]));
    expect(run.stderr).toContain("sub/.gitignore cannot be read: permission denied");
    expect(run.stdout).not.toContain("sub/b.js");
    expect(run.code).toBe(2);
  });

  it("leaves a read-only file as it is, even as its owner", async () => {
    const folder = tempFolder({ "a.js": v1Function });
    chmodSync(join(folder, "a.js"), 0o444);
    const run = await cli(folder, ["a.js"]);
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toBe("faas-migrate: a.js is read-only and was left as it is; make it writable and run again\n");
    expect(contentOf(folder, "a.js")).toBe(v1Function);
    expect(statSync(join(folder, "a.js")).mode & 0o777).toBe(0o444);
  });

  it("reports a folder that must not be written", async () => {
    const folder = tempFolder({ "sub/a.js": v1Function });
    chmodSync(folder, 0o777);
    chmodSync(join(folder, "sub"), 0o555);
    const run = await asOrdinaryUser(() => cli(folder, ["sub"]));
    expect(run.code).toBe(2);
    expect(run.stderr).toBe(
      "faas-migrate: sub/a.js cannot be written: permission denied; make the file and its folder writable and run again\n",
    );
    expect(contentOf(folder, "sub/a.js")).toBe(v1Function);
    expect(readdirSync(folder)).toEqual(["sub"]);
  });

  it("writes nothing where there is no place for the originals", async () => {
    const folder = tempFolder({ "a.js": v1Function });
    chmodSync(folder, 0o555);
    const run = await asOrdinaryUser(() => cli(folder, ["a.js"]));
    expect(run.code).toBe(2);
    expect(run.stderr).toBe(
      `faas-migrate: nothing was written, because ${folder}/.faas-migrate, where the originals are kept, cannot be ` +
        "written: permission denied; make the file and its folder writable and run again\n",
    );
    expect(contentOf(folder, "a.js")).toBe(v1Function);
  });
});

describe("links", () => {
  it("reports a link that leads in a circle, named or found", async () => {
    const folder = tempFolder({ "sub/b.js": v1Function });
    symlinkSync("loop.js", join(folder, "sub/loop.js"));
    for (const path of ["sub", "sub/loop.js"]) {
      const run = await cli(folder, [path]);
      expect(run.code).toBe(2);
      expect(run.stderr).toContain(
        "sub/loop.js is a symbolic link that leads in a circle; repair or remove the link\n",
      );
    }
    expect(contentOf(folder, "sub/b.js")).toBe(v2Function);
  });

  it("reports a link to nothing", async () => {
    const folder = tempFolder();
    symlinkSync("gone.js", join(folder, "a.js"));
    expect((await cli(folder, ["."])).stderr).toContain("a.js is a symbolic link to nothing");
  });

  it("does not follow links to folders, so that a circle ends", async () => {
    const folder = tempFolder({ "sub/a.js": v1Function });
    symlinkSync("..", join(folder, "sub/up"));
    const run = await cli(folder, ["."]);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toContain("1 function: 1 migrated");
  });
});

describe("content", () => {
  it("refuses a file that does not parse with the place", async () => {
    const folder = tempFolder({ "a.js": "lambda = (" });
    const reasons = [{ ...remark("syntax-error", 1, 11), message: "Unexpected end of input." }];
    const migrateSource = (_path: string, text: string) => sourceResult({ verdict: "refused", text, reasons });
    const run = await cli(folder, ["a.js"], { migrateSource });
    expect(run.code).toBe(1);
    expect(run.stdout).toContain("  a.js   refused\n    1:11  Unexpected end of input.   syntax-error\n");
  });

  it("refuses a binary file, and UTF-16 found in a folder", async () => {
    const utf16 = Buffer.from(`\uFEFF${v1Function}`, "utf16le");
    const folder = tempFolder({ "a.js": Buffer.from(`${v1Function}x = "\0"`), "sub/b.js": utf16 });
    const run = await cli(folder, ["a.js", "sub"]);
    expect(run.code).toBe(1);
    expect(run.stdout).toContain("  a.js   refused\n    2:6  The file contains a zero byte");
    expect(run.stdout).toMatch(/ {2}sub\/b\.js {3}refused\n {4}1:1 {2}The file is not valid UTF-8/u);
    expect(readFileSync(join(folder, "sub/b.js"))).toEqual(utf16);
  });

  it("refuses a file that is no UTF-8, and never rewrites it", async () => {
    const latin1 = Buffer.from(`// größe\n${v1Function}`, "latin1");
    const folder = tempFolder({ "a.js": latin1 });
    const run = await cli(folder, ["."]);
    expect(run.code).toBe(1);
    expect(run.stdout).toContain("  a.js   refused\n    1:6  The file is not valid UTF-8");
    expect(readFileSync(join(folder, "a.js"))).toEqual(latin1);
  });

  it("keeps byte order mark, line endings and the missing last one", async () => {
    const before = `\uFEFF${v1Function.trimEnd()}\r\n// größe 😀\r\n\tx`;
    const folder = tempFolder({ "a.js": before });
    await cli(folder, ["a.js"]);
    expect(contentOf(folder, "a.js")).toBe(before.replace("lp-faas-toolbelt", "core-functions-toolbelt"));
  });

  it("takes an empty file and a file of 5 MB", async () => {
    const large = v1Function + "// padding\n".repeat(500_000);
    const folder = tempFolder({ "empty.js": "", "large.js": large });
    const run = await cli(folder, ["empty.js", "large.js"]);
    expect(run).toMatchObject({ code: 0, stderr: "" });
    expect(contentOf(folder, "large.js")).toHaveLength(large.length + "core-functions".length - "lp-faas".length);
  });

  it("goes on when something is thrown that is no error", async () => {
    const folder = tempFolder({ "a.js": v1Function, "b.js": v1Function });
    const migrateSource = (path: string, text: string) => {
      if (path === "a.js") throw Object.create(null) as Error;
      return sourceResult({ text });
    };
    const run = await cli(folder, ["a.js", "b.js"], { migrateSource });
    expect(run.code).toBe(3);
    expect(run.stdout).toContain("2 functions: 1 unchanged, 1 needs you\n");
  });

  it("never writes a text that came without a verdict for it", async () => {
    const folder = tempFolder({ "a.js": v1Function });
    for (const verdict of ["refused", "unchanged", "failed"] as const) {
      await cli(folder, ["a.js"], { migrateSource: () => sourceResult({ verdict, text: "lost" }) });
      expect(contentOf(folder, "a.js")).toBe(v1Function);
    }
  });
});
