import { describe, expect, it } from "vitest";

import type { FileProof, FileResult } from "../../src/migrate/result.ts";
import { summarize } from "../../src/migrate/run-result.ts";
import { colorsFor } from "../../src/report/colors.ts";
import { renderPatch } from "../../src/report/patch.ts";
import type { TerminalOptions } from "../../src/report/terminal.ts";
import { renderErrors, renderTerminal } from "../../src/report/terminal.ts";
import { remark } from "../cli/support.ts";

const colors = colorsFor(false, {});

function file(path: string, parts: Partial<FileResult> = {}): FileResult {
  return { path, verdict: "migrated", transforms: [], differences: [], reasons: [], followUps: [], ...parts };
}

interface How extends Partial<TerminalOptions> {
  readonly dryRun?: boolean;
}

function render(files: readonly FileResult[], { dryRun = false, ...options }: How = {}): string {
  const how = { version: "1.0.0", style: "faithful", dryRun, errors: [] } as const;
  return renderTerminal({ ...how, files, summary: summarize(files) }, { colors, ...options });
}

/** A function in a folder of its own. */
function handler(name: string, parts: Partial<FileResult> = {}): FileResult {
  return file(`functions/${name}/index.js`, parts);
}

const proof = (kind: FileProof["kind"], text: string): FileProof => ({ kind, text });

describe("renderTerminal", () => {
  const shared = remark("secrets-cached", 4, 2);
  const project = [
    file("functions/crm/config.json"),
    handler("crm", { differences: [shared], followUps: [remark("allowed-domains")] }),
    handler("greet", { verdict: "mechanical", differences: [shared, remark("hang-ends", 9)] }),
    handler("hello", { verdict: "unchanged" }),
    handler("likely", { reasons: [remark("loop", 7)] }),
    handler("proxy", {
      verdict: "refused",
      reasons: [remark("eval", 2, 8), remark("http-option", 12), remark("eval", 3)],
    }),
    file("functions/settings.json"),
    file("test/crm.test.js", { verdict: "unchanged", followUps: [remark("function-loaded", 3)] }),
  ];

  it("begins with what needs a person, counts functions, and ends with what comes next", () => {
    expect(render(project)).toBe(`NEEDS YOU (2)
  functions/proxy/index.js   refused
    2:8, 3:1  About eval.   eval
    12:1      About http-option.   http-option
  functions/likely/index.js   migrated
    7:1  About loop.   loop

MIGRATED (2)   --verbose lists them
  crm  greet (mechanical)

UNCHANGED (1)   nothing to migrate
  hello

CHANGES THAT YOUR CALLERS MAY NOTICE (2 kinds)   in full: --verbose
  secrets-cached   2 functions   About secrets-cached.
  hang-ends        1 function    About hang-ends.

BEFORE YOU DEPLOY (2)
  [ ] About allowed-domains.   allowed-domains (functions/crm/index.js:1:1)
  [ ] About function-loaded.   function-loaded (test/crm.test.js:3:1)

5 functions: 1 migrated, 1 mechanical, 1 unchanged, 2 need you; 2 things to do before you deploy;
  functions/settings.json migrated
Next: git diff        Why: npx faas-migrate explain loop
`);
  });

  it("says of a dry run what would become of them, and the command that does it", () => {
    const told = render(project, { dryRun: true, command: "npx faas-migrate functions/" });
    expect(told).toContain("  functions/likely/index.js   would migrate\n");
    expect(told).toContain("\nWOULD MIGRATE (2)");
    expect(told).toContain("  crm  greet (would stay mechanical)\n");
    expect(told).toMatch(/\n5 functions: 1 would migrate, 1 would stay mechanical, 1 unchanged, 2 need you;/u);
    expect(told).toMatch(
      /\nNothing was written\. Next: npx faas-migrate functions\/\nWhy: npx faas-migrate explain loop\n$/u,
    );
    expect(told).not.toMatch(/\bmigrated\b/u);
    expect(render([handler("hello", { verdict: "unchanged" })], { dryRun: true, command: "x" })).toContain(
      "\nNothing was written.\n",
    );
  });

  it("calls it changed, and not migrated, when only some transforms ran", () => {
    const told = render(project, { isPart: true });
    expect(told).toContain("\nCHANGED (2)");
    expect(told).toContain("\n5 functions: 1 changed, 1 changed, 1 unchanged, 2 need you;");
    expect(render(project, { isPart: true, dryRun: true })).toContain("\nWOULD CHANGE (2)");
  });

  it("lists all with --verbose: paths, places, whole sentences", () => {
    const told = render(project, { isVerbose: true });
    expect(told).toContain(`MIGRATED (2)
  functions/crm/index.js, config.json
    4:2  About secrets-cached.   secrets-cached
  functions/greet/index.js   mechanical
    4:2  About secrets-cached.   secrets-cached
    9:1  About hang-ends.   hang-ends
`);
  });

  it("shows the proof of each function, and one that differs first", () => {
    const told = render([
      handler("a", { proof: proof("same", "same in 34 scenarios") }),
      handler("b", { verdict: "refused", reasons: [remark("runs-differ")], proof: proof("differs", "differs in 2") }),
      handler("c", { proof: proof("not-run", "not run: no handler") }),
    ]);
    expect(told).toContain("NEEDS YOU (2)\n  functions/b/index.js   refused\n    differs in 2\n");
    expect(told).toContain("  functions/c/index.js   migrated\n    not run: no handler\n");
    expect(told).toContain("MIGRATED (1)   --verbose lists them\n  a   same in 34 scenarios\n");
  });

  it("tells the reasons of a config.json with its function, and no consequence besides", () => {
    const told = render([
      file("d/config.json", { verdict: "refused", reasons: [remark("config-shape", 4)] }),
      file("d/index.js", { verdict: "refused", reasons: [remark("config-refused")] }),
    ]);
    expect(told).toContain(
      "NEEDS YOU (1)\n  d/index.js   refused\n    config.json:4:1  About config-shape.   config-shape\n",
    );
    expect(told).toContain("1 function: 1 needs you\n");
  });

  it("gives two functions of one name their paths", () => {
    expect(render([file("emea/order/index.js"), file("apac/order/index.js"), file("apac/greet.js")])).toContain(
      "  emea/order  apac/order  greet.js\n",
    );
  });

  it("names the folder too where a file's name is that of many", () => {
    const files = ["a/b/main.js", "functions/proxy/handler.ts", "c/x/order.js", "d/x/order.js", "greet.js", "main.js"];
    expect(render(files.map((path) => file(path)))).toContain(
      "  b/main.js  proxy/handler.ts  c/x/order.js  d/x/order.js  greet.js  main.js\n",
    );
  });

  const long = { ...remark("long"), message: "A sentence that goes on and on. ".repeat(8).trim() };
  const hundred = Array.from({ length: 100 }, (_, index) =>
    handler(`function-number-${String(index)}`, {
      verdict: index % 2 === 0 ? "refused" : "migrated",
      reasons: index % 2 === 0 ? [long, remark("eval", 2)] : [],
      differences: Array.from({ length: 12 }, (__, kind) => ({ ...long, id: `kind-${String(kind)}` })),
      followUps: [{ ...long, message: `${String(index)} ${long.message}` }],
    }),
  );

  it.each([60, 80, 120, 300])("takes at most 40 lines of %i columns for 100 functions", (columns) => {
    const lines = render(hundred, { columns }).trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(40);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(Math.min(columns, 120));
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}… and \d+ more functions {3}in full: --verbose$/u));
    const paths = lines.flatMap((line) => line.match(/functions\/[\w-]+\/index\.js/gu) ?? []);
    expect(new Set(paths).size).toBe(paths.length);
  });

  it.each([40, 50])(
    "fits a terminal of %i columns, headings and all; only commands and paths are not broken",
    (columns) => {
      const lines = render(hundred, { columns, dryRun: true, command: "npx faas-migrate functions/" })
        .trimEnd()
        .split("\n");
      expect(lines.length).toBeLessThanOrEqual(40);
      expect(lines.length).toBeGreaterThan(30);
      const tooLong = lines.filter((line) => line.length > columns);
      expect(tooLong.filter((line) => !/^(?:Next|Why): npx|^ *\S+$/u.test(line))).toEqual([]);
    },
  );

  it("breaks a heading, and the line for the rest, on a terminal of 40 columns", () => {
    const told = render(hundred, { columns: 40, report: "faas-migrate-report.md" });
    expect(told).toContain("\nCHANGES THAT YOUR CALLERS MAY NOTICE (12\n  kinds)\n");
    expect(told).toMatch(/\n {2}… and \d+ more functions {3}in full:\n {4}faas-migrate-report\.md\n/u);
    expect(told).toContain("\nNext: git diff\nWhy: npx faas-migrate explain ");
    const few = render([handler("a", { differences: [{ ...long, id: "network-error-shape" }] })], { columns: 40 });
    expect(few).toContain(
      "\n  network-error-shape   1 function\n      A sentence that goes on and on. A\n      sentence",
    );
    expect(few).not.toMatch(/\S {2}[a-z]\w* goes/u);
  });

  it("takes as many lines as it needs with --verbose", () => {
    const told = render(hundred, { isVerbose: true, columns: 80 });
    for (const { path } of hundred) expect(told).toContain(path);
  });

  it("wraps a sentence at blanks, below its beginning", () => {
    expect(render([handler("a", { reasons: [{ ...long, line: 10 }] })], { columns: 60 })).toContain(
      "    10:1  A sentence that goes on and on. A sentence that\n          goes on and on. A",
    );
  });

  it("shows the patches first, where the end of a terminal leaves the counts", () => {
    const told = render([file("a/config.json"), file("a/index.js")], { patchOf: (path) => `patch of ${path}\n` });
    expect(told).toMatch(/^patch of a\/config\.json\npatch of a\/index\.js\n\nMIGRATED/u);
  });

  it("keeps control characters, directions and what can't be seen asleep", () => {
    const nasty = { ...remark("odd"), message: "one\ntwo \u001b[2J\u007f\u202e\u200b" };
    expect(render([file("a\u2028.js", { reasons: [nasty] })])).toContain(
      "  a\\u2028.js   migrated\n    1:1  one\\ntwo \\u001b[2J\\u007f\\u202e\\u200b   odd\n",
    );
  });

  it("says when there was nothing", () => {
    expect(render([])).toBe("Nothing to migrate: no V1 function was found.\n");
  });

  it("says how long it took", () => {
    expect(render([file("a.js")], { seconds: 1.44 })).toContain("1 function: 1 migrated   (1.4 s)\n");
  });
});

describe("renderErrors", () => {
  it("gives one line each, and none for none", () => {
    expect(renderErrors([], colors)).toBe("");
    expect(renderErrors([{ path: "a b", message: "is odd; fix it" }], colors)).toBe(
      "faas-migrate: a b is odd; fix it\n",
    );
  });
});

describe("renderPatch", () => {
  it("is a unified diff that keeps CRLF and a missing last line break", () => {
    const change = { before: "one\r\ntwo\r\nthree", after: "one\r\n2\r\nthree" };
    expect(renderPatch("a b.js", change, colors, false)).toBe(
      "--- a/a b.js\n+++ b/a b.js\n@@ -1,3 +1,3 @@\n one\r\n-two\r\n+2\r\n three\n\\ No newline at end of file\n",
    );
  });

  it("colours added and removed lines, hunks and names", () => {
    const patch = renderPatch("a.js", { before: "--x\n", after: "++y\n" }, colorsFor(true, {}), true);
    expect(patch.split("\n")).toEqual([
      "\u001b[1m--- a/a.js\u001b[22m",
      "\u001b[1m+++ b/a.js\u001b[22m",
      "\u001b[36m@@ -1,1 +1,1 @@\u001b[39m",
      "\u001b[31m---x\u001b[39m",
      "\u001b[32m+++y\u001b[39m",
      "",
    ]);
  });
});

describe("a patch on a terminal", () => {
  it("writes out what could act there; through a pipe it stays as it is", () => {
    const change = { before: "a\n", after: "\t\u001b]0;title\u0007\u202e\r\n" };
    expect(renderPatch("a.js", change, colors, true)).toContain("+\t\\u001b]0;title\\u0007\\u202e\r\n");
    expect(renderPatch("a.js", change, colors, false)).toContain(`+${change.after}`);
  });
});

describe("colorsFor", () => {
  it.each([
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: "1" }, false],
    [true, { NO_COLOR: "" }, true],
    [true, { TERM: "dumb" }, false],
    [false, { FORCE_COLOR: "1" }, true],
    [true, { FORCE_COLOR: "0" }, false],
    [true, { FORCE_COLOR: "1", NO_COLOR: "1" }, false],
  ])("terminal %s with %j: %s", (isTerminal, env, expected) => {
    expect(colorsFor(isTerminal, env).isColorSupported).toBe(expected);
  });
});
