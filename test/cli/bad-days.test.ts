import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { cli, compiledCommand, contentOf, namesIn, tempFolder, v1Function, v2Function } from "./support.ts";

let installed: string;
let main: string;

beforeAll(() => {
  installed = mkdtempSync(join(tmpdir(), "faas-migrate-installed-"));
  main = compiledCommand(installed);
});

afterAll(() => {
  rmSync(installed, { recursive: true, force: true });
});

describe("a full disk", () => {
  it("as a limit on the size of files: nothing is written, one line says why", () => {
    const long = `${v1Function}${"// padding\n".repeat(20_000)}`;
    const folder = tempFolder({ "a.js": v1Function, "long.js": long });
    const command = `ulimit -f 64; trap '' XFSZ; exec "$0" "$1" --allow-dirty .`;
    const { status, stderr } = spawnSync("sh", ["-c", command, process.execPath, main], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(stderr).toMatch(/^faas-migrate: nothing was written, because .*\n$/u);
    expect([status, contentOf(folder, "a.js"), contentOf(folder, "long.js")]).toEqual([2, v1Function, long]);
    expect(readdirSync(folder).sort()).toEqual(["a.js", "long.js"]);
  });

  it("for the output: the files are written, one line says that it is lost", () => {
    const folder = tempFolder({ "a.js": v1Function });
    const full = openSync("/dev/full", "w");
    const { status, stderr } = spawnSync(process.execPath, [main, "--allow-dirty", "."], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", full, "pipe"],
    });
    closeSync(full);
    expect([status, stderr]).toEqual([
      2,
      "faas-migrate: the output could not be written: the disk is full; all else is done\n",
    ]);
    expect(contentOf(folder, "a.js")).toBe(v2Function);
  });
});

describe("too few file handles", () => {
  const limits = [24, 30, 36, 40];

  it.each(limits)("(%i) for threads are one clear line, and no fault of the tool", (limit) => {
    const names = ["a.js", "b.js", "c.js"];
    const folder = tempFolder(Object.fromEntries(names.map((name) => [name, v1Function])));
    const command = `ulimit -n ${String(limit)}; exec "$0" "$1" --allow-dirty --concurrency 2 .`;
    const run = spawnSync("sh", ["-c", command, process.execPath, main], { cwd: folder, encoding: "utf8" });
    expect([0, 2]).toContain(run.status);
    expect(run.stdout).not.toContain("internal-error");
    expect(run.stderr).toMatch(
      /^(?:faas-migrate: .*too many files are open; raise the limit \(ulimit -n\) and run again\n)*$/u,
    );
  });

  it.each(limits)("(%i) are one clear line, and no file is half done", (limit) => {
    const files = Object.fromEntries(["a", "b", "c"].map((name) => [`functions/${name}/index.js`, v1Function]));
    const folder = tempFolder(files);
    const command = `ulimit -n ${String(limit)}; exec "$0" "$1" --allow-dirty .`;
    const { status, stderr } = spawnSync("sh", ["-c", command, process.execPath, main], {
      cwd: folder,
      encoding: "utf8",
    });
    const texts = new Set(Object.keys(files).map((path) => contentOf(folder, path)));
    expect(texts.size).toBe(1);
    if (texts.has(v2Function)) return;
    expect(stderr).toMatch(/^faas-migrate: .*too many files are open; raise the limit \(ulimit -n\) and run again\n$/u);
    expect([status, texts]).toEqual([2, new Set([v1Function])]);
  });
});

describe("a folder that an ordinary user may not write", () => {
  it("keeps its function as it was, and only that", () => {
    const config = "{}\n";
    const folder = tempFolder({
      "functions/closed/index.js": v1Function,
      "functions/closed/config.json": config,
      "functions/open/index.js": v1Function,
    });
    const closed = join(folder, "functions/closed");
    chmodSync(closed, 0o555);
    const asOrdinary = process.getuid?.() === 0 ? LEAVE_POWER : [];
    const argv = [...asOrdinary, process.execPath, main, "--allow-dirty", "."];
    const { status, stderr } = spawnSync("env", [`HOME=${folder}`, ...argv], { cwd: folder, encoding: "utf8" });
    chmodSync(closed, 0o755);
    expect(stderr).toBe(
      "faas-migrate: functions/closed/index.js cannot be written: permission denied; make the file and its folder " +
        "writable and run again\n",
    );
    expect(status).toBe(2);
    expect(contentOf(folder, "functions/open/index.js")).toBe(v2Function);
    expect(contentOf(folder, "functions/closed/index.js")).toBe(v1Function);
    expect(contentOf(folder, "functions/closed/config.json")).toBe(config);
  });
});

/**
 * The user root may write everywhere: what starts a program without that power. It stays the owner of all files, so that
 * it can read the command wherever the repository lies.
 */
const LEAVE_POWER = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"];

describe("odd names and things", () => {
  it("takes names with line breaks, quotes, brackets and leading dashes from a folder", async () => {
    const names = ["-rf.js", "--check.js", "[x].js", "a\nb.js", `'"$(x)\`.js`];
    const folder = tempFolder(Object.fromEntries(names.map((name) => [`sub/${name}`, v1Function])));
    expect(await cli(folder, ["sub"])).toMatchObject({ code: 0, stderr: "" });
    for (const name of names) expect(contentOf(folder, `sub/${name}`)).toBe(v2Function);
  });

  it("goes 300 folders down", async () => {
    const folder = tempFolder();
    const deep = Array.from({ length: 300 }, () => "d").join("/");
    mkdirSync(join(folder, deep), { recursive: true });
    writeFileSync(join(folder, deep, "a.js"), v1Function);
    expect(await cli(folder, ["."])).toMatchObject({ code: 0, stderr: "" });
    expect(contentOf(folder, `${deep}/a.js`)).toBe(v2Function);
  });

  it("passes over a pipe with the name of a file, with a word", async () => {
    const folder = tempFolder({ "a.js": v1Function });
    execFileSync("mkfifo", [join(folder, "pipe.js")]);
    const run = await cli(folder, ["."]);
    expect([run.code, run.stderr]).toEqual([
      2,
      "faas-migrate: pipe.js is neither a file nor a folder, so it was skipped; rename or remove it\n",
    ]);
    expect(contentOf(folder, "a.js")).toBe(v2Function);
  });

  it("says of a name that is not UTF-8 that it can't be opened", async () => {
    const folder = tempFolder({ "a.js": v1Function });
    writeFileSync(Buffer.concat([Buffer.from(join(folder, "b")), Buffer.from([0xff]), Buffer.from(".js")]), v1Function);
    const run = await cli(folder, ["."]);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain("b\uFFFD.js has a name that is not UTF-8, so it cannot be opened; rename it\n");
    expect(contentOf(folder, "a.js")).toBe(v2Function);
  });

  it("says of a path that it is no JavaScript", async () => {
    const folder = tempFolder({ "README.md": "lambda", "a.js": v1Function });
    const run = await cli(folder, ["README.md", "a.js"]);
    expect([run.code, run.stderr]).toEqual([
      2,
      "faas-migrate: README.md is neither JavaScript nor TypeScript; give a .js or .ts file, or a folder\n",
    ]);
    expect(contentOf(folder, "a.js")).toBe(v1Function);
  });
});

describe("links that lead out of the given paths", () => {
  it("are not followed, and told of where they lead to a function", async () => {
    const folder = tempFolder({ "other/a.js": v1Function, "other/b.js": "export {};", "sub/c.js": v1Function });
    symlinkSync("../other/a.js", join(folder, "sub/a.js"));
    symlinkSync("../other/b.js", join(folder, "sub/b.js"));
    const run = await cli(folder, ["sub"]);
    const line = "is a symbolic link that leads out of the given paths; give other/a.js itself to migrate it\n";
    expect([run.code, run.stderr]).toEqual([2, `faas-migrate: sub/a.js ${line}`]);
    expect([contentOf(folder, "other/a.js"), contentOf(folder, "sub/c.js")]).toEqual([v1Function, v2Function]);
    expect((await cli(folder, ["sub/a.js"])).stderr).toBe(`faas-migrate: sub/a.js ${line}`);
    expect((await cli(folder, ["sub", "other"])).code).toBe(0);
    expect(contentOf(folder, "other/a.js")).toBe(v2Function);
  });
});

describe("what comes from files", () => {
  const hostile = "\u001B]0;x\u0007\u009B2J\u202Eabc\u200B";

  it("acts on no terminal: names, messages and JSON", async () => {
    const folder = tempFolder({ [`a${hostile}.js`]: `${v1Function}// REFUSE\n` });
    for (const argv of [["."], ["--json", "."], [`no${hostile}`]]) {
      const { stdout, stderr } = await cli(folder, argv);
      for (const character of ["\u001B", "\u0007", "\u009B", "\u202E", "\u200B"]) {
        expect(stdout + stderr).not.toContain(character);
      }
      expect(stdout + stderr).toContain("202e");
    }
    const { files } = JSON.parse((await cli(folder, ["--json", "."])).stdout) as { files: { path: string }[] };
    expect(files.map(({ path }) => path)).toEqual([`a${hostile}.js`]);
  });
});

describe("a config.json of V1 without a function beside it", () => {
  const list = '{"environmentVariables":[{"key":"A","value":"1"}]}';

  it.each([
    ["with main.js", { "a/main.js": v1Function, "a/config.json": list }, "a/config.json is of V1"],
    [
      "alone",
      { "a/config.json": list, "b/config.json": list, "c.js": v1Function },
      "a/config.json (and 1 more) is of V1",
    ],
  ])("stays as it is, with a word: %s", async (_, files, word) => {
    const folder = tempFolder(files);
    const run = await cli(folder, ["."]);
    expect(run.code).toBe(0);
    expect(run.stderr).toContain(`${word}, but stays as it is: no index.js lies beside it.`);
    expect(contentOf(folder, "a/config.json")).toBe(list);
  });

  it.each([
    ["of V2", { "a/config.json": '{"environmentVariables":{"A":"1"}}' }],
    ["with no variables", { "a/config.json": '{"environmentVariables":[]}' }],
    ["with other entries", { "a/config.json": '{"environmentVariables":["A"]}' }],
    ["of something else", { "a/config.json": '{"port":80}' }],
    ["broken", { "a/config.json": '{"environmentVariables":[' }],
    ["with its function", { "a/config.json": list, "a/index.ts": v1Function }],
    ["ignored", { "a/config.json": list, ".gitignore": "config.json" }],
  ])("is meant only where it is one: %s", async (_, files) => {
    const folder = tempFolder({ ...files, "b.js": v1Function });
    expect((await cli(folder, ["--dry-run", "."])).stderr).toBe("");
  });
});

describe("a config.json that is none", () => {
  it.each(["", "[]", "{", "null"])("stops its function: %j", async (config) => {
    const folder = tempFolder({ "a/index.js": v1Function, "a/config.json": config, "b/index.js": v1Function });
    const run = await cli(folder, ["."]);
    expect(run.code).toBe(1);
    expect([contentOf(folder, "a/index.js"), contentOf(folder, "b/index.js")]).toEqual([v1Function, v2Function]);
    expect(contentOf(folder, "a/config.json")).toBe(config);
    expect(namesIn(folder)).toEqual(["a", "b"]);
  });

  it("is no matter where it is an object of something else", async () => {
    const folder = tempFolder({ "a/index.js": v1Function, "a/config.json": '{ "port": 80 }' });
    expect((await cli(folder, ["."])).code).toBe(0);
    expect(contentOf(folder, "a/index.js")).toBe(v2Function);
  });
});
