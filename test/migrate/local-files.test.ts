import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { chainFrom } from "../../src/analysis/code/local-files.ts";
import { readLocalFiles } from "../../src/migrate/local-files.ts";
import { tempFolder } from "../cli/support.ts";

function read(folder: string, text: string) {
  const absolute = join(folder, "functions/order/index.js");
  return readLocalFiles({ path: "functions/order/index.js", absolute, named: false }, text);
}

const load = (...sources: readonly string[]): string =>
  sources.map((source) => `require(${JSON.stringify(source)});\n`).join("");

describe("readLocalFiles", () => {
  it("finds files as Node.js does", () => {
    const folder = tempFolder({
      "functions/order/index.js": "",
      "functions/order/a.js": "a",
      "functions/order/a/index.js": "folder a",
      "functions/order/b/index.js": "b",
      "functions/order/c.json": "{}",
      "functions/order/d": "d",
      "functions/e/package.json": '{ "main": "lib/e" }',
      "functions/e/lib/e.js": "e",
      "functions/f/package.json": "broken",
      "functions/f/index.json": "[]",
      "functions/order/g.cjs": "g",
    });
    const sources = ["./a", "./a/", "./b", "./c", "./c.json", "./d", "../e", "../f", "./g.cjs", "./g"];
    const found = read(folder, load(...sources));
    expect(found?.links).toEqual([
      { source: "./a", path: "functions/order/a.js" },
      { source: "./a/", path: "functions/order/a/index.js" },
      { source: "./b", path: "functions/order/b/index.js" },
      { source: "./c", path: "functions/order/c.json" },
      { source: "./c.json", path: "functions/order/c.json" },
      { source: "./d", path: "functions/order/d" },
      { source: "../e", path: "functions/e/lib/e.js" },
      { source: "../f", path: "functions/f/index.json" },
      { source: "./g.cjs", path: "functions/order/g.cjs" },
      { source: "./g", problem: "is not there" },
    ]);
    expect(found?.files).toHaveLength(8);
  });

  it("follows files to others, and comes to an end in a circle", () => {
    const folder = tempFolder({
      "functions/order/index.js": "",
      "functions/lib/a.js": load("./b", "package"),
      "functions/lib/b.js": load("./a", "../order/index", "./c"),
      "functions/lib/c.js": "",
    });
    const found = read(folder, load("../lib/a"));
    expect(found?.files.map(({ path, links }) => [path, links.length])).toEqual([
      ["functions/lib/a.js", 1],
      ["functions/lib/b.js", 3],
      ["functions/lib/c.js", 0],
    ]);
    expect(found && chainFrom(found, "../lib/a")).toEqual([
      "functions/lib/a.js",
      "functions/lib/b.js",
      "functions/lib/c.js",
    ]);
  });

  it("says why a path leads nowhere", () => {
    const folder = tempFolder({
      "functions/order/index.js": "",
      "functions/node_modules/lib/index.js": "",
      "functions/addon.node": "",
      "functions/bytes.js": new Uint8Array([0xff, 0xfe, 0]),
    });
    const found = read(folder, load("../node_modules/lib", "../addon", "/etc/hosts", "../bytes"));
    expect(found?.links.map((link) => ("problem" in link ? link.problem : "found"))).toEqual([
      "is in node_modules; load it by its name",
      "is no JavaScript",
      "is an absolute path",
      "is not a text in UTF-8",
    ]);
  });

  it("knows a file by where its links lead, and gives it the line breaks of the function", () => {
    const folder = tempFolder({ "functions/order/index.js": "", "shared/a.js": "#!/usr/bin/env node\r\na\r\n" });
    symlinkSync(join(folder, "shared/a.js"), join(folder, "functions/order/a.js"));
    const found = read(folder, load("./a", "../../shared/a"));
    expect(found?.files).toEqual([{ path: "shared/a.js", text: "\na\n", links: [] }]);
    expect(read(folder, "require('./a');\r\n")?.files[0]?.text).toBe("\r\na\r\n");
  });

  it("has nothing to read for a function that loads packages alone", () => {
    expect(read(tempFolder({ "functions/order/index.js": "" }), load("lodash", "fs"))).toBeUndefined();
  });
});
