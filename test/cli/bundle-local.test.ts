import { describe, expect, it } from "vitest";
import { migrateSource } from "../../src/migrate/migrate-source.ts";
import type { MigrateSource } from "../../src/migrate/run-outcome.ts";
import type { RunResult } from "../../src/migrate/run-result.ts";
import { sandboxFile } from "../verify/support.ts";
import { cli, contentOf, misuseOf, tempFolder } from "./support.ts";

const log = `let count = 0;

exports.log = (text) => {
  count += 1;
  console.info(count, text);
};
`;
const http = `const { Toolbelt } = require("lp-faas-toolbelt");
const { log } = require("./log");

const client = Toolbelt.HTTPClient();

/** Reads an order. */
async function read(id) {
  log(id ? "some" : "none");
  return client("https://orders.example.com/" + id, { json: true });
}

module.exports = { read };
`;
const order = `const { read } = require("../_lib/http");

async function lambda(input, callback) {
  try {
    const order = await read(input.payload.id);
    callback(null, order.state === "open" ? "open" : "closed");
  } catch (error) {
    callback(error);
  }
}
`;
const files = {
  "functions/_lib/http.js": http,
  "functions/_lib/log.js": log,
  "functions/order/index.js": order,
};
const settings = { migrateSource, sandbox: sandboxFile() };

async function json(folder: string, ...argv: readonly string[]): Promise<RunResult> {
  return JSON.parse((await cli(folder, [...argv, "--json", "functions"], settings)).stdout) as RunResult;
}

describe("a function that loads files of the project", () => {
  it("is refused with the chain of files, and the helper with it", async () => {
    const folder = tempFolder(files);
    const { stdout, code } = await cli(folder, ["functions"], settings);
    expect(stdout.replaceAll(/\s+/gu, " ")).toContain(
      "functions/order/index.js refused 1:18 This `require` loads a file of the project " +
        "(functions/_lib/http.js → functions/_lib/log.js), which only `--bundle-local` puts into the function",
    );
    expect(stdout).toContain("shared-file");
    expect(code).toBe(1);
    expect(contentOf(folder, "functions/_lib/http.js")).toBe(http);
  });

  it("is one file with --bundle-local; the others stay, and undo brings it back", async () => {
    const folder = tempFolder(files);
    const dry = await json(folder, "--bundle-local", "--dry-run");
    expect(contentOf(folder, "functions/order/index.js")).toBe(order);
    const result = await json(folder, "--bundle-local");
    expect({ ...result, dryRun: true }).toEqual(dry);
    expect(result.files.map(({ path, verdict, inlined }) => [path, verdict, inlined])).toEqual([
      ["functions/_lib/http.js", "unchanged", undefined],
      ["functions/order/index.js", "migrated", ["functions/_lib/log.js", "functions/_lib/http.js"]],
    ]);
    const written = contentOf(folder, "functions/order/index.js");
    expect(written).not.toMatch(/require|exports|callback/u);
    expect(written).toContain("let count = 0;");
    for (const path of ["functions/_lib/http.js", "functions/_lib/log.js"] as const) {
      expect(contentOf(folder, path)).toBe(files[path]);
    }
    expect((await json(folder, "--bundle-local")).summary.migrated).toBe(0);
    await cli(folder, ["undo"], settings);
    expect(contentOf(folder, "functions/order/index.js")).toBe(order);
  });

  it("is bundled where the configuration says so", async () => {
    const overrides = [{ files: ["functions/order/"], bundleLocal: true }];
    const other = { "functions/other/index.js": order };
    const folder = tempFolder({ ...files, ...other, "faas-migrate.config.json": JSON.stringify({ overrides }) });
    const { files: found } = await json(folder, "--dry-run");
    expect(found.map(({ path, verdict }) => [path, verdict])).toEqual([
      ["functions/_lib/http.js", "unchanged"],
      ["functions/order/index.js", "migrated"],
      ["functions/other/index.js", "refused"],
    ]);
    const config = { "faas-migrate.config.json": '{ "bundleLocal": "yes" }' };
    const { stderr } = await cli(tempFolder({ ...files, ...config }), ["--dry-run", "functions"], settings);
    expect(stderr).toContain('"bundleLocal" must be true or false, not "yes"');
  });

  it("is compared with its files by --verify", async () => {
    const { stdout } = await cli(tempFolder(files), ["--bundle-local", "--verify", "functions"], settings);
    expect(stdout).toMatch(/order {3}same in \d+ scenarios, 100 % of branches, but for [\w-]+/u);
    const faulty: MigrateSource = (path, text, options) => {
      const result = migrateSource(path, text, options);
      return { ...result, text: result.text.replace('"some" : "none"', '"none" : "some"') };
    };
    const folder = tempFolder(files);
    const run = await cli(folder, ["--bundle-local", "--verify", "functions"], { ...settings, migrateSource: faulty });
    expect(run.stdout).toContain("differs: when");
    expect(contentOf(folder, "functions/order/index.js")).toBe(order);
  });

  it("is compared with its files by verify", async () => {
    const { text } = await bundledText();
    const folder = tempFolder({ ...files, "new.js": text, "wrong.js": text.replace("count += 1", "count += 2") });
    const { stdout } = await cli(folder, ["verify", "functions/order/index.js", "new.js"], settings);
    expect(stdout).toMatch(/same in \d+ scenarios, 100 % of branches/u);
    const wrong = await cli(folder, ["verify", "functions/order/index.js", "wrong.js"], settings);
    expect(wrong.stdout).toContain("differs: when");
  });

  it("is bundled for editors too", async () => {
    const folder = tempFolder(files);
    const argv = ["--stdin", "--stdin-filepath", "functions/order/index.js", "--bundle-local"];
    const { stdout } = await cli(folder, argv, { ...settings, stdin: order });
    expect(stdout).toBe((await bundledText()).text);
  });

  it("says which file holds what keeps it V1", async () => {
    const proxy = http.replace("json: true", 'json: true, proxy: "http://proxy.example.com"');
    const folder = tempFolder({ ...files, "functions/_lib/http.js": proxy });
    const result = await json(folder, "--bundle-local", "--dry-run");
    expect(result.files.find(({ path }) => path.endsWith("order/index.js"))?.reasons).toMatchObject([
      { id: "http-option", line: 1, message: expect.stringMatching(/\(functions\/_lib\/http\.js:9\)$/u) as string },
    ]);
  });

  it("can't be bundled by single transforms", async () => {
    expect(await misuseOf(["--bundle-local", "--transform", "require-to-import", "a.js"])).toMatch(
      /cannot be combined/u,
    );
  });
});

async function bundledText(): Promise<{ text: string }> {
  const folder = tempFolder(files);
  await cli(folder, ["--bundle-local", "functions"], settings);
  return { text: contentOf(folder, "functions/order/index.js") };
}
