import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { migrateSource } from "../../src/migrate/migrate-source.ts";
import type { CliRun } from "./support.ts";
import { cli, namesIn, repository, tempFolder } from "./support.ts";

const proxied = readFileSync(join(repository, "fixtures/functions/proxy-option/index.js"), "utf8");
const plain = "\uFEFFasync function lambda(input, callback) {\r\n  callback(null, 1);\r\n}\r\n";

function give(folder: string, stdin: string | Uint8Array, ...argv: string[]): Promise<CliRun> {
  return cli(folder, ["--stdin", "--stdin-filepath", "functions/a/index.js", ...argv], {
    migrateSource,
    stdin,
    allowDirty: false,
  });
}

describe("--stdin", () => {
  it("gives the migrated text, and writes nothing", async () => {
    const folder = tempFolder({});
    expect(await give(folder, plain)).toEqual({
      code: 0,
      stdout: "\uFEFFasync function lambda(input) {\r\n  return 1;\r\n}\r\n",
      stderr: "",
    });
    expect(namesIn(folder)).toEqual([]);
  });

  it("gives what stays as it is, and says why beside it", async () => {
    const folder = tempFolder({});
    expect(await give(folder, proxied)).toEqual({
      code: 1,
      stdout: proxied,
      stderr:
        "functions/a/index.js:8:7: refused: The request option `proxy` goes through a proxy, which fetch ignores. (http-option)\n",
    });
    const modern = "async function lambda(input) {}\n";
    expect(await give(folder, modern)).toEqual({ code: 0, stdout: modern, stderr: "" });
    const broken = await give(folder, "lambda = (");
    expect(broken).toMatchObject({ code: 1, stdout: "lambda = (" });
    expect(broken.stderr).toContain("(syntax-error)\n");
  });

  it("gives bytes back that are no text", async () => {
    const { code, stderr, stdout } = await give(tempFolder({}), new Uint8Array([0x61, 0, 0x62]));
    expect(stdout).toBe("a\0b");
    expect(stderr).toContain("(binary-file)");
    expect(code).toBe(1);
  });

  it("looks at the config.json beside the file, and at the configuration", async () => {
    const folder = tempFolder({ "functions/a/config.json": '{ "environmentVariables": [ }' });
    const { code, stdout, stderr } = await give(folder, plain);
    expect(stdout).toBe(plain);
    expect(stderr).toContain("functions/a/index.js:1:1: refused: ");
    expect(stderr).toContain("functions/a/config.json:1:");
    expect(code).toBe(1);

    const convertible = '{ "environmentVariables": [{ "key": "A", "value": "1" }] }';
    const other = await give(tempFolder({ "functions/a/config.json": convertible }), plain);
    expect(other.stdout).toContain("return 1;");
    expect(other.stderr).toContain("the config.json next to it must change too");

    const ignoring = tempFolder({ "faas-migrate.config.json": '{ "ignore": ["functions/a/"] }' });
    expect(await give(ignoring, plain)).toMatchObject({ code: 0, stdout: plain });
    const accepting = tempFolder({
      "faas-migrate.config.json":
        '{ "accepted": [{ "path": "functions/a/index.js", "reason": "http-option", "because": "x" }] }',
    });
    expect((await give(accepting, proxied)).code).toBe(0);
  });

  it.each([
    [["--stdin"], "--stdin needs --stdin-filepath: the path of the file that the text belongs to"],
    [["--stdin-filepath", "a.js"], "--stdin-filepath needs --stdin"],
    [["--stdin", "--stdin-filepath", "a.js", "b.js"], "--stdin takes no path but that of --stdin-filepath"],
    [["--stdin", "--stdin-filepath", "a.js", "--insert-todos"], "--stdin and --insert-todos cannot be combined"],
    [["--stdin", "--stdin-filepath", "a.js", "--json"], "--stdin and --json cannot be combined"],
    [["--stdin", "--stdin-filepath", "a.js", "--transform", "x"], 'unknown transform "x"'],
  ])("refuses %j", async (argv, message) => {
    const { code, stdout, stderr } = await cli(tempFolder({}), argv, { allowDirty: false });
    expect(stderr).toContain(`faas-migrate: ${message}`);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });
});
