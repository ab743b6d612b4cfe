import { existsSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { migrateSource } from "../../src/migrate/migrate-source.ts";
import type { MigrateSource } from "../../src/migrate/run-outcome.ts";
import type { RunResult } from "../../src/migrate/run-result.ts";
import type { VerifyResult } from "../../src/verify/verify-paths.ts";
import { sandboxFile } from "../verify/support.ts";
import { cli, contentOf, tempFolder } from "./support.ts";

const sandbox = sandboxFile();

const v1 = `const { Toolbelt } = require("lp-faas-toolbelt");
const http = Toolbelt.HTTPClient();

async function lambda(input, callback) {
  try {
    const order = await http("https://orders.example.com/" + input.payload.id, { json: true });
    if (order.state === "open") console.info("open");
    callback(null, order.state);
  } catch (error) {
    callback(error);
  }
}
`;
const v2 = migrateSource("index.js", v1, { style: "faithful" }).text;

/** The real migration, with a fault in what it writes. */
const faulty: MigrateSource = (path, text, options) => {
  const result = migrateSource(path, text, options);
  return { ...result, text: result.text.replace(`=== "open"`, `!== "open"`) };
};

function verify(folder: string, ...argv: readonly string[]) {
  return cli(folder, argv, { sandbox, migrateSource });
}

describe("faas-migrate verify", () => {
  it("compares two files, and says in how many scenarios they do the same", async () => {
    const folder = tempFolder({ "old.js": v1, "new.js": v2 });
    const { code, stdout, stderr } = await verify(folder, "verify", "old.js", "new.js");
    expect(stdout).toMatch(/^old\.js {2}same in \d+ scenarios, 100 % of branches, but for [\w-]+/u);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("1 same, 0 differ, 0 not run");
  });

  it("names the first scenario that differs, with what was expected", async () => {
    const folder = tempFolder({ "old.js": v1, "new.js": v2.replace(`=== "open"`, `!== "open"`) });
    const { code, stdout } = await verify(folder, "verify", "old.js", "new.js");
    expect(stdout).toMatch(/^old\.js {2}differs: when .+: expected the log .*open.*, got none/u);
    expect(code).toBe(1);
  });

  it("gives a program a line for each function, and a terminal the names of those that are the same", async () => {
    const names = Array.from({ length: 40 }, (_, index) => `f${String(index + 10)}`);
    const folder = tempFolder(
      Object.fromEntries(
        names.flatMap((name) => [
          [`old/${name}/index.js`, "function lambda(input, callback) { callback(null, 1); }\n"],
          [`new/${name}/index.js`, "async function lambda(input) { return 1; }\n"],
        ]),
      ),
    );
    const told = async (isTTY: boolean): Promise<string[]> =>
      (await cli(folder, ["verify", "old", "new"], { sandbox, isTTY })).stdout.split("\n");
    expect((await told(false)).filter((line) => line.startsWith("old/"))).toHaveLength(40);
    const shown = (await told(true)).map(stripVTControlCharacters);
    expect(shown[0]).toBe("SAME (40)   --verbose lists them");
    expect(shown[1]).toMatch(/^ {2}f10 {2}f11 {2}/u);
  });

  it("compares the functions of two folders by their paths, one line each", async () => {
    const files = {
      "old/a/index.js": v1,
      "new/a/index.js": v2,
      "old/b/index.js": v1,
      "new/b/index.js": v1,
      "old/c/index.js": v1,
    };
    const folder = tempFolder({ ...files, "old/README.js": "export {};" });
    const { code, stdout } = await verify(folder, "verify", "--json", "old", "new");
    const { pairs, summary } = JSON.parse(stdout) as VerifyResult;
    expect(pairs.map(({ old, proof }) => [old, proof.kind, proof.reason])).toEqual([
      ["old/a/index.js", "same", undefined],
      ["old/b/index.js", "not-run", "new/b/index.js is still a V1 function"],
      ["old/c/index.js", "not-run", "new/c/index.js does not exist"],
    ]);
    expect([code, summary]).toEqual([1, { same: 1, differs: 0, "not-run": 2 }]);
    expect(Object.keys(files).map((path) => contentOf(folder, path))).toEqual([v1, v2, v1, v1, v1]);
  });

  it("tells of a function that never answers", async () => {
    const silent = v1.replace("callback(error);", `console.error("no");`);
    const folder = tempFolder({
      "old.js": silent,
      "new.js": migrateSource("x.js", silent, { style: "faithful" }).text,
    });
    const { stdout } = await verify(folder, "verify", "old.js", "new.js");
    expect(stdout).toMatch(/never answers when GET https:\/\/orders\.example\.com\/\S* (?:fails|answers)/u);
  });

  it("reads the input of a config.json with a byte order mark", async () => {
    const silent = v1.replace("callback(error);", `console.error("no");`);
    const folder = tempFolder({
      "old/index.js": silent,
      "old/config.json": `\uFEFF{ "input": { "payload": { "id": 77 } } }`,
      "new/index.js": migrateSource("x.js", silent, { style: "faithful" }).text,
    });
    const { stdout } = await verify(folder, "verify", "old", "new");
    expect(stdout).toMatch(/never answers when GET https:\/\/orders\.example\.com\/77 /u);
  });

  it("says which package is missing", async () => {
    const folder = tempFolder({
      "old.js": `const _ = require("lodash");\n${v1}`,
      "new.js": `import _ from "lodash";\n${v2}`,
    });
    const { code, stdout } = await verify(folder, "verify", "old.js", "new.js");
    expect(stdout).toMatch(/^old\.js {2}not run: package lodash is not installed/u);
    expect(code).toBe(1);
  });

  it("finds packages in a folder that is a link to a link", async () => {
    const greeter = `const { greet } = require("greeter");\nfunction lambda(input, callback) { callback(null, greet()); }\n`;
    const folder = tempFolder({
      "store/node_modules/greeter/index.js": `exports.greet = () => "hello";\n`,
      "project/old.js": greeter,
      "project/new.js": `import { greet } from "greeter";\nasync function lambda(input) { return greet(); }\n`,
    });
    symlinkSync("store/node_modules", join(folder, "shared"));
    symlinkSync("../shared", join(folder, "project/node_modules"));
    const { stdout } = await verify(folder, "verify", "project/old.js", "project/new.js");
    expect(stdout).toMatch(/old\.js {2}same in \d+ scenarios/u);
  });

  it("shows the same lines for the same seed", async () => {
    const folder = tempFolder({ "old.js": v1, "new.js": v2 });
    const outputs = [];
    for (let round = 0; round < 2; round += 1) {
      outputs.push((await verify(folder, "verify", "--seed", "7", "--scenarios", "5", "old.js", "new.js")).stdout);
    }
    expect(outputs[0]).toMatch(/same in 5 scenarios/u);
    expect(outputs[1]).toBe(outputs[0]);
  });
});

describe("wrong usage", () => {
  const files = { "a.js": v1, "b.js": v1 };

  it.each([
    ["verify takes two paths", ["verify"]],
    ["verify takes two paths", ["verify", "a.js"]],
    ["verify takes two paths", ["verify", "a.js", "b.js", "a.js"]],
    ["unknown option '--diff'", ["verify", "--diff", "a.js", "b.js"]],
    ["verify is a command, so it must come first", ["a.js", "verify", "b.js"]],
    ["--scenarios takes a number", ["verify", "--scenarios", "no", "a.js", "b.js"]],
    ["c.js does not exist", ["verify", "a.js", "c.js"]],
    ["two files or two folders", ["verify", "a.js", "."]],
    ["--force needs --verify", ["--force", "a.js"]],
    ["c.js does not exist", ["a.js", "c.js"]],
    ["matches no folder", ["a.js", "x*.js"]],
    ["a path is empty", ["a.js", ""]],
  ])("%s: exits with 2 and writes nothing", async (message, argv) => {
    const folder = tempFolder(files);
    const { code, stderr } = await verify(folder, ...argv);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
    expect([contentOf(folder, "a.js"), contentOf(folder, "b.js")]).toEqual([v1, v1]);
  });

  it("a path with the name of a command is written with ./", async () => {
    const folder = tempFolder({ "verify/index.js": v1 });
    const { code } = await verify(folder, "./verify");
    expect(code).toBe(0);
    expect(contentOf(folder, "verify/index.js")).toBe(v2);
  });
});

describe("--verify", () => {
  it("writes what does the same, with a proof line", async () => {
    const folder = tempFolder({ "order/index.js": v1 });
    const { code, stdout } = await verify(folder, "--verify", ".");
    expect(stdout).toMatch(/MIGRATED \(1\).*\n {2}order {3}same in \d+ scenarios/u);
    expect([code, contentOf(folder, "order/index.js")]).toEqual([0, v2]);
  });

  it("does not write what differs, nor what changes together with it", async () => {
    const config = `{"environmentVariables":[{"key":"A","value":"1"}]}`;
    const folder = tempFolder({ "order/index.js": v1, "order/config.json": config });
    const { code, stdout } = await cli(folder, ["--verify", "--json", "."], { sandbox, migrateSource: faulty });
    const [file] = (JSON.parse(stdout) as RunResult).files;
    expect(file).toMatchObject({ verdict: "refused", reasons: [{ id: "runs-differ" }], proof: { kind: "differs" } });
    expect([code, contentOf(folder, "order/index.js"), contentOf(folder, "order/config.json")]).toEqual([
      1,
      v1,
      config,
    ]);
  });

  it("writes it with --force, and exits with 1", async () => {
    const folder = tempFolder({ "order/index.js": v1 });
    const { code, stdout } = await cli(folder, ["--verify", "--force", "."], { sandbox, migrateSource: faulty });
    expect(stdout).toMatch(/ {2}order\/index\.js {3}migrated\n {4}differs: when/u);
    expect(code).toBe(1);
    expect(contentOf(folder, "order/index.js")).toContain(`!== "open"`);
  });

  it("exits with 1 where a function can't be run, and writes it", async () => {
    const text = `const moment = require("moment");\n${v1.replace("order.state)", "moment(order.state))")}`;
    const folder = tempFolder({ "order/index.js": text });
    const { code, stdout } = await verify(folder, "--verify", "--dry-run", ".");
    expect(stdout).toMatch(/not run: package moment is not installed|refused/u);
    expect(code).toBe(1);
    expect(existsSync(join(folder, "order/index.js"))).toBe(true);
  });
});
