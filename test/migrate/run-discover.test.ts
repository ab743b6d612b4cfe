import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { discover } from "../../src/migrate/discover.ts";
import { mayHoldFunction, showsFunction } from "../../src/migrate/recognize.ts";
import { tempFolder } from "../cli/support.ts";

async function found(cwd: string, ...paths: string[]): Promise<string[]> {
  const { files, errors } = await discover(paths, cwd);
  expect(errors).toEqual([]);
  return files.map((file) => file.path);
}

describe("discover", () => {
  it("takes the JavaScript and TypeScript files of a folder in path order, without packages and git's own", async () => {
    const names = [
      "b.js",
      "a.mjs",
      "sub/c.cjs",
      "B.js",
      "d.ts",
      "d.d.ts",
      "e.json",
      "node_modules/x/f.js",
      ".git/hooks/g.js",
    ];
    const folder = tempFolder(
      Object.fromEntries([...names, "sub/node_modules/h.js", ".hidden/i.js"].map((name) => [name, ""])),
    );
    expect(await found(folder, ".")).toEqual([".hidden/i.js", "B.js", "a.mjs", "b.js", "d.ts", "sub/c.cjs"]);
  });

  it("takes a named file wherever it lies, and each file once", async () => {
    const folder = tempFolder({ "a.cjs": "", "node_modules/b.js": "", "c.js": "", ".gitignore": "c.js" });
    expect(await found(folder, "a.cjs", "node_modules/b.js", "./c.js", join(folder, "a.cjs"))).toEqual([
      "a.cjs",
      "c.js",
      "node_modules/b.js",
    ]);
  });

  it("says of a named file that it is no code", async () => {
    const { files, errors } = await discover(["a.txt", "a.tsx"], tempFolder({ "a.txt": "", "a.tsx": "" }));
    expect(files).toEqual([]);
    expect(errors.map(({ path, message }) => `${path} ${message}`)).toEqual([
      "a.tsx is TypeScript with JSX, which no function is written in; call it .ts to migrate it",
      "a.txt is neither JavaScript nor TypeScript; give a .js or .ts file, or a folder",
    ]);
  });

  it("remembers that a file was named although a folder holds it too", async () => {
    const folder = tempFolder({ "a.js": "" });
    for (const paths of [
      [".", "a.js"],
      ["a.js", "."],
    ]) {
      expect((await discover(paths, folder)).files).toMatchObject([{ path: "a.js", named: true }]);
    }
  });

  it("shows paths relative to the working directory, also above it", async () => {
    const folder = tempFolder({ "work/a.js": "", "other/b.js": "" });
    expect(await found(join(folder, "work"), ".", "../other")).toEqual(["../other/b.js", "a.js"]);
  });
});

describe("globs", () => {
  const files = { "a.js": "", "lib/b.js": "", "lib/deep/c.mjs": "", "lib/d.ts": "", "lib/node_modules/e.js": "" };

  it("takes matches that a folder's walk would take", async () => {
    const folder = tempFolder({ ...files, ".gitignore": "deep/" });
    expect(await found(folder, "**/*.{js,mjs,ts}")).toEqual(["a.js", "lib/b.js", "lib/d.ts"]);
    expect(await found(folder, "l*")).toEqual(["lib/b.js", "lib/d.ts"]);
  });

  it("takes an existing path as it is, although it reads like a glob", async () => {
    const folder = tempFolder({ "[ab].js": "", "a.js": "" });
    expect(await found(folder, "[ab].js")).toEqual(["[ab].js"]);
  });

  it("follows no link that leads out of the working directory, nor one to a folder", async () => {
    const folder = tempFolder({ "work/a.js": "", "b.js": "lambda", "out/c.js": "" });
    symlinkSync("../b.js", join(folder, "work/link.js"));
    symlinkSync("../out", join(folder, "work/out"));
    const { files, errors } = await discover(["**/*.js", "*"], join(folder, "work"));
    expect(files.map(({ path }) => path)).toEqual(["a.js"]);
    expect(errors).toMatchObject([
      // Once for each of the two globs.
      { path: "link.js", message: expect.stringContaining("leads out of the given paths") as string },
      { path: "link.js", message: expect.stringContaining("leads out of the given paths") as string },
    ]);
  });

  it("reports a glob that matches ignored files only", async () => {
    const folder = tempFolder({ "dist/a.js": "", ".gitignore": "dist" });
    const { errors } = await discover(["dist/*.js"], folder);
    expect(errors).toMatchObject([{ path: "dist/*.js", message: expect.stringContaining("matches no") as string }]);
  });
});

describe(".gitignore", () => {
  it("counts in nested folders, where the nearest rule wins", async () => {
    const folder = tempFolder({
      ".gitignore": "*.min.js\n/build\nlogs/\n",
      "a.js": "",
      "a.min.js": "",
      "build/b.js": "",
      "sub/build/c.js": "",
      "sub/logs/d.js": "",
      "sub/.gitignore": "!keep.min.js\nsecret.js\n",
      "sub/keep.min.js": "",
      "sub/other.min.js": "",
      "sub/deep/secret.js": "",
      "secret.js": "",
    });
    expect(await found(folder, ".")).toEqual(["a.js", "secret.js", "sub/build/c.js", "sub/keep.min.js"]);
  });

  it("counts from the folders above, up to the root of the repository and no further", async () => {
    const folder = tempFolder({
      ".gitignore": "outside.js\n",
      "repo/.gitignore": "ignored.js\n",
      "repo/sub/ignored.js": "",
      "repo/sub/outside.js": "",
      "repo/sub/deep/ignored.js": "",
    });
    mkdirSync(join(folder, "repo/.git"));
    expect(await found(folder, "repo/sub")).toEqual(["repo/sub/outside.js"]);
    expect(await found(join(folder, "repo/sub"), ".")).toEqual(["outside.js"]);
  });

  it("counts from the working directory outside of a repository", async () => {
    const folder = tempFolder({ ".gitignore": "b.js\n", "sub/a.js": "", "sub/b.js": "" });
    expect(await found(folder, "sub")).toEqual(["sub/a.js"]);
  });

  it("does not keep an ignored folder closed that the user named", async () => {
    const folder = tempFolder({
      ".gitignore": "dist/\n*.tmp.js\n",
      "dist/a.js": "",
      "dist/.gitignore": "b.js",
      "dist/b.js": "",
    });
    expect(await found(folder, "dist")).toEqual(["dist/a.js"]);
    expect(await found(folder, ".", "dist")).toEqual(["dist/a.js"]);
  });

  it("counts for what a link leads to", async () => {
    const folder = tempFolder({ ".gitignore": "secret.js\n", "secret.js": "", "a.js": "" });
    symlinkSync("secret.js", join(folder, "link.js"));
    expect(await found(folder, ".")).toEqual(["a.js"]);
    expect(await found(folder, "*.js")).toEqual(["a.js"]);
  });

  it("is read with a byte order mark and with CRLF", async () => {
    const folder = tempFolder({ ".gitignore": "\uFEFFa.js\r\nb.js\r\n", "a.js": "", "b.js": "", "c.js": "" });
    expect(await found(folder, ".")).toEqual(["c.js"]);
  });
});

describe("mayHoldFunction", () => {
  it.each([
    "var lambda = run;",
    "const { lambda } = handlers;",
    "function lambda() { arguments[1](null); }",
    "module.exports = (input, callback) => callback(null);",
  ])("is true for %j, though it does not show a function", (text) => {
    expect(mayHoldFunction(text)).toBe(true);
    expect(showsFunction(text)).toBe(false);
  });

  it.each(["", "export const handler = (event, context) => {};"])("is false for %j", (text) => {
    expect(mayHoldFunction(text)).toBe(false);
  });
});

describe("showsFunction", () => {
  it.each([
    "const { Toolbelt } = require('lp-faas-toolbelt');",
    "function lambda(input, callback) {}",
    "function lambda({ payload, headers }, callback) {}",
    "const lambda = async (input, callback) => {};",
    "const lambda = function named(input,\n  callback) {};",
    "exports.lambda = main;",
    "module.exports['lambda'] = main;",
    "module.exports = {\n  lambda: main,\n};",
  ])("is true for %j", (text) => {
    expect(showsFunction(text)).toBe(true);
  });

  it.each([
    "",
    "const { Toolbelt } = require('core-functions-toolbelt');\nasync function lambda(input) {}",
    "export const handler = (event, context) => {};",
    "// a lambda; then call(one, two)",
  ])("is false for %j", (text) => {
    expect(showsFunction(text)).toBe(false);
  });
});
