import { describe, expect, it } from "vitest";

import { commandTable } from "../../src/cli/command-table.ts";
import { define } from "../../src/cli/commands/migrate.ts";
import { defineMigrate, readMigrate } from "../../src/cli/migrate-request.ts";
import { helpOf, parse } from "../../src/cli/parser.ts";
import { writingCommand } from "../../src/cli/writing-command.ts";
import { cli, contentOf, misuseOf, tempFolder, v1Function } from "./support.ts";

function read(argv: readonly string[]) {
  return readMigrate(parse(defineMigrate(), argv));
}

describe("the command of a dry run that writes", () => {
  it("is the same without what only shows", () => {
    const argv = [
      "--dry-run",
      "--transform",
      "a",
      "src",
      "--transform=b",
      "--verbose",
      "--style",
      "idiomatic",
      "it's.js",
      "--",
      "-dash.js",
    ];
    expect(writingCommand(parse(defineMigrate(), argv))).toBe(
      String.raw`npx faas-migrate --transform a --transform b --style idiomatic src 'it'\''s.js' ./-dash.js`,
    );
  });
});

describe("arguments of a migration", () => {
  it("takes paths with the defaults of the help", () => {
    expect(read(["src", "lib/a b.js"])).toEqual({
      paths: ["src", "lib/a b.js"],
      choices: {},
      transforms: [],
      typecheck: false,
      dryRun: false,
      diff: false,
      check: false,
      strict: false,
      verbose: false,
      interactive: false,
      insertTodos: false,
      allowDirty: false,
      cache: true,
      reports: [],
      json: false,
      stdinPath: undefined,
      shard: undefined,
      concurrency: undefined,
      proof: undefined,
      force: false,
    });
  });

  it("takes every option, before or after the paths", () => {
    const argv = [
      "--dry-run",
      "a.js",
      "--diff",
      "--check",
      "--style=idiomatic",
      "--packages",
      "es-toolkit",
      "--own-account",
      "51234567",
      "--own-account=ACCOUNT_ID",
      "--concurrency",
      "3",
      "--transform",
      "x",
    ];
    expect(read([...argv, "--transform", "y", "--transform", "x"])).toMatchObject({
      paths: ["a.js"],
      dryRun: true,
      diff: true,
      check: true,
      choices: { style: "idiomatic", packages: ["es-toolkit"], ownAccounts: ["51234567", "ACCOUNT_ID"] },
      concurrency: 3,
      transforms: ["x", "y"],
    });
  });

  it("takes what follows -- for paths", () => {
    expect(read(["--", "--check"])).toMatchObject({ paths: ["--check"], check: false });
  });

  it.each([
    [["--help", "--style", "x"], /^Usage: faas-migrate \[options\] <paths...>\n/u],
    [["-h"], /^Usage: faas-migrate /u],
    [["--version"], /^\d+\.\d+\.\d+\n$/u],
    [["-v"], /^\d+\.\d+\.\d+\n$/u],
    [["--list"], /^drop-dead-code /u],
    [["verify", "--help"], /^Usage: faas-migrate verify \[options\] <old> <new>\n/u],
  ])("answers %j without a path", async (argv, answer) => {
    const { code, stdout, stderr } = await cli(tempFolder(), argv);
    expect(stdout).toMatch(answer);
    expect([code, stderr]).toEqual([0, ""]);
  });

  it.each([
    [["--dryrun", "a"], "unknown option '--dryrun'; did you mean --dry-run?"],
    [["--jsno", "a"], "unknown option '--jsno'; did you mean --json?"],
    [["--transforms=x", "a"], "unknown option '--transforms=x'; did you mean --transform?"],
    [["--wizardry", "a"], "unknown option '--wizardry'"],
    [["-x", "a"], "unknown option '-x'; write ./-x for a path of that name"],
    [["--own-account", "", "a"], "--own-account takes the number of an account, or the name of what holds it"],
    [["--packages", "ramda", "a"], 'unknown package "ramda"; known are es-toolkit'],
    [["--style", "fancy", "a"], 'unknown style "fancy"; known are faithful, idiomatic'],
    [["--concurrency", "0", "a"], '--concurrency takes a number of threads from 1 to 256, not "0"'],
    [["--concurrency", "many", "a"], '--concurrency takes a number of threads from 1 to 256, not "many"'],
    [["--concurrency=", "a"], '--concurrency takes a number of threads from 1 to 256, not ""'],
    [["--json=yes", "a"], "--json takes no value"],
    [["--json", "--diff", "a"], "--json and --diff cannot be combined: with --json nothing but the result is printed"],
    [[], "no path was given; name files, folders or globs to migrate"],
    [["--concurrency", "257", "a"], '--concurrency takes a number of threads from 1 to 256, not "257"'],
    [["a", "--style"], "option '--style <style>' argument missing"],
    [["src", "verify"], "verify is a command, so it must come first; write ./verify for a path of that name"],
    [["verify", "--check"], "unknown option '--check'"],
  ])("says what is wrong with %j", async (argv, message) => {
    expect(await misuseOf(argv)).toBe(message);
  });
});

describe("commands", () => {
  it("are words, and a folder of that name is ./verify", async () => {
    const folder = tempFolder({ "verify/a.js": v1Function });
    expect(await cli(folder, ["verify"])).toMatchObject({ code: 2, stdout: "" });
    expect(contentOf(folder, "verify/a.js")).toBe(v1Function);
    expect((await cli(folder, ["./verify"])).stdout).toContain("MIGRATED (1)   --verbose lists them\n  a.js\n");
  });

  it("have a help of one screen each, and are listed in that of the command", async () => {
    const main = helpOf(define());
    const helps = [
      main,
      ...(await Promise.all([...commandTable.values()].map(async ({ load }) => helpOf((await load()).define())))),
    ];
    for (const [name, { summary }] of commandTable)
      expect(main.replaceAll(/ {2,}/gu, "  ")).toContain(`${name}  ${summary}\n`);
    for (const help of helps) {
      expect(help.split("\n").length, help).toBeLessThanOrEqual(60);
      for (const line of help.split("\n")) expect(line.length, line).toBeLessThanOrEqual(100);
    }
  });

  it.each([44, 60, 80])("print a help that fits %i columns", async (columns) => {
    const commands = await Promise.all([...commandTable.values()].map(async ({ load }) => (await load()).define()));
    for (const command of [define(), ...commands]) {
      const lines = helpOf(command, columns).split("\n");
      expect(lines.filter((line) => line.length > columns && !/^Usage: |^ *\S+$/u.test(line))).toEqual([]);
    }
  });
});
