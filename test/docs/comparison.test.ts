import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { describe, expect, it } from "vitest";

const repository = resolve(import.meta.dirname, "../..");

/** Each row of docs/comparison.md, and the test that would fail if this tool did not do it. */
const rows: readonly (readonly [row: string, file: string, title: string])[] = [
  [
    "A run that writes nothing",
    "test/cli/exit-codes.test.ts",
    "%s writes nothing and answers %i when a file would change",
  ],
  [
    "The change as a diff before it is written",
    "test/cli/writing.test.ts",
    "shows the patch with --dry-run, and writes nothing",
  ],
  [
    "Files with changes that are not committed are left alone",
    "test/cli/undo.test.ts",
    "is not written, nor anything else: %s",
  ],
  [
    "Undo of a whole run, byte for byte",
    "test/cli/undo.test.ts",
    "brings back the last run byte for byte, then the one before",
  ],
  [
    "A file that links out of the given folder is not written through",
    "test/cli/bad-days.test.ts",
    "are not followed, and told of where they lead to a function",
  ],
  [
    "`.gitignore` is honoured without being asked",
    "test/migrate/run-discover.test.ts",
    "counts in nested folders, where the nearest rule wins",
  ],
  ["CRLF line ends stay", "test/cli/bad-input.test.ts", "keeps byte order mark, line endings and the missing last one"],
  [
    "A byte order mark stays",
    "test/cli/bad-input.test.ts",
    "keeps byte order mark, line endings and the missing last one",
  ],
  [
    "A licence at the top stays when the first statement goes",
    "test/functions/functions.test.ts",
    "fixtures/$name gives the expected text and report",
  ],
  [
    "A path that is missing fails the command",
    "test/cli/exit-codes.test.ts",
    "is 2 for a missing path, and nothing is written",
  ],
  [
    "A file that can't be parsed fails the command",
    "test/cli/bad-input.test.ts",
    "refuses a file that does not parse with the place",
  ],
  [
    "Each place that stays as it is has a named reason",
    "test/docs/generated.test.ts",
    "docs/reasons.md lists every remark",
  ],
  [
    "Each difference for callers is listed with its place",
    "test/functions/behaviour.test.ts",
    "fixtures/$name behaves the same in every scenario",
  ],
  [
    "What is left to do outside the code is listed",
    "test/functions/functions.test.ts",
    "fixtures/$name gives the expected text and report",
  ],
  [
    "A word or a line is explained on demand",
    "test/cli/reports.test.ts",
    "explains what is said about a line, with the line",
  ],
  [
    "Before and after are run and compared",
    "test/cli/verify.test.ts",
    "does not write what differs, nor what changes together with it",
  ],
  ["Results are checked with TypeScript", "test/types/check-run.ts", "is told with its place in the original"],
  ["JSON", "test/report/formats.test.ts", "fits the published schema, and explains each remark"],
  ["SARIF", "test/report/formats.test.ts", "is valid under the schema of version 2.1.0, and names the places"],
  ["GitHub annotations", "test/report/formats.test.ts", "stand at the lines of reasons, and one message is one line"],
  [
    "GitLab code quality",
    "test/report/formats.test.ts",
    "has a fingerprint of its own for each issue, whatever line it is on",
  ],
  [
    "One HTML page, readable without a network",
    "test/browser/report.ts",
    "shows all functions, without a complaint and without asking for anything else",
  ],
  [
    "Markdown with boxes to tick",
    "test/report/formats.test.ts",
    "has boxes to tick, a column for the owner, and no text that acts",
  ],
  [
    "The report of the last run can be had later",
    "test/cli/reports.test.ts",
    "writes any report later, with the texts before and after",
  ],
  [
    "A check that fails while there is something to do",
    "test/cli/exit-codes.test.ts",
    "--check answers 1 when a person is needed",
  ],
  [
    "A configuration file",
    "test/cli/configuration.test.ts",
    "gives the style, other styles to some files, and loses against the command line",
  ],
  [
    "Known findings can be accepted, with a reason",
    "test/cli/accept.test.ts",
    "keeps a reason in the configuration, and --check is green",
  ],
  [
    "TODO comments at the places, taken away when they are solved",
    "test/cli/todos.test.ts",
    "takes the comment away when it is solved",
  ],
  [
    "Standard input to standard output, for editors",
    "test/cli/stdin.test.ts",
    "gives the migrated text, and writes nothing",
  ],
  ["Threads or processes", "test/cli/process.test.ts", "give the same result as none, in path order"],
  [
    "A part of the files per CI job, with reports put together",
    "test/cli/shard.test.ts",
    "tells, reports and exits as one run would",
  ],
  ["Rules that keep the code good afterwards", "test/rules/fixtures.test.ts", "has the findings beside it"],
];

const page = readFileSync(join(repository, "docs/comparison.md"), "utf8");
const shown = [...page.matchAll(/^\| (?<row>\S.*?) +\| yes: `(?<test>test\/[^`]*)` *\|/gmu)].map(
  ({ groups }) => groups,
);

describe("docs/comparison.md", () => {
  it("says yes in each row, and has no other rows than these", () => {
    const lines = page.split("\n").filter((line) => /^\| .*\|$/u.test(line) && line.split("|").length === 9);
    const features = lines.filter((line) => !/^\| *(?:-|\| faas-migrate)/u.test(line));
    expect(shown.map((each) => each?.["row"])).toEqual(rows.map(([row]) => row));
    expect(features).toHaveLength(rows.length);
  });

  it.each(rows)("%s: names the test that shows it", (row, file, title) => {
    const named = shown.find((each) => each?.["row"] === row)?.["test"] ?? "";
    expect(["", ".ts", ".test.ts"].map((ending) => named + ending)).toContain(file);
    expect(existsSync(join(repository, file))).toBe(true);
    expect(readFileSync(join(repository, file), "utf8")).toContain(JSON.stringify(title));
  });
});
