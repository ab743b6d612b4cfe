import { describe, expect, it } from "vitest";

import { readArguments } from "../../src/cli/arguments.ts";

describe("readArguments", () => {
  it("takes paths with the defaults of the help", () => {
    expect(readArguments(["src", "lib/a b.js"])).toEqual({
      kind: "migrate",
      paths: ["src", "lib/a b.js"],
      style: "faithful",
      transforms: [],
      packages: [],
      ownAccounts: [],
      dryRun: false,
      diff: false,
      check: false,
      json: false,
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
    expect(readArguments([...argv, "--transform", "y", "--transform", "x"])).toMatchObject({
      paths: ["a.js"],
      dryRun: true,
      diff: true,
      check: true,
      style: "idiomatic",
      packages: ["es-toolkit"],
      ownAccounts: ["51234567", "ACCOUNT_ID"],
      concurrency: 3,
      transforms: ["x", "y"],
    });
  });

  it("takes what follows -- for paths", () => {
    expect(readArguments(["--", "--check"])).toMatchObject({ kind: "migrate", paths: ["--check"], check: false });
  });

  it.each([
    [["--help", "--style", "x"], "help"],
    [["-h"], "help"],
    [["--version"], "version"],
    [["-v"], "version"],
    [["--list"], "list"],
  ])("answers %j without a path", (argv, kind) => {
    expect(readArguments(argv)).toMatchObject({ kind });
  });

  it.each([
    [["--dryrun", "a"], "unknown option --dryrun; did you mean --dry-run?"],
    [["--jsno", "a"], "unknown option --jsno; did you mean --json?"],
    [["--transforms=x", "a"], "unknown option --transforms; did you mean --transform?"],
    [["--wizard", "a"], "unknown option --wizard"],
    [["-x", "a"], "unknown option -x"],
    [["--own-account", "", "a"], "--own-account takes the number of an account, or the name of what holds it"],
    [["--packages", "ramda", "a"], 'unknown package "ramda"; known are es-toolkit'],
    [["--style", "fancy", "a"], 'unknown style "fancy"; known are faithful, idiomatic'],
    [["--concurrency", "0", "a"], '--concurrency takes a number of threads from 1 to 256, not "0"'],
    [["--concurrency", "many", "a"], '--concurrency takes a number of threads from 1 to 256, not "many"'],
    [["--concurrency=", "a"], '--concurrency takes a number of threads from 1 to 256, not ""'],
    [["--json=yes", "a"], "Option '--json' does not take an argument"],
    [["--json", "--diff", "a"], "--json and --diff cannot be combined: with --json nothing but the result is printed"],
    [[], "no path was given; name files, folders or globs to migrate"],
  ])("says what is wrong with %j", (argv, message) => {
    expect(readArguments(argv)).toEqual({ kind: "misuse", message });
  });
});
