import { describe, expect, it } from "vitest";

import type { FileResult } from "../../src/migrate/result.ts";
import { summarize } from "../../src/migrate/run-result.ts";
import { colorsFor } from "../../src/report/colors.ts";
import { renderPatch } from "../../src/report/patch.ts";
import { renderErrors, renderTerminal } from "../../src/report/terminal.ts";
import { remark } from "../cli/support.ts";

const colors = colorsFor(false, {});

function file(path: string, parts: Partial<FileResult> = {}): FileResult {
  return { path, verdict: "migrated", transforms: [], differences: [], reasons: [], followUps: [], ...parts };
}

function render(files: readonly FileResult[], dryRun = false): string {
  const how = { version: "1.0.0", style: "faithful", dryRun, errors: [] } as const;
  return renderTerminal({ ...how, files, summary: summarize(files) }, { colors });
}

describe("renderTerminal", () => {
  it("shows reasons and own differences below the file, and shared ones once", () => {
    const shared = remark("secret-cached", 4, 2);
    const files = [
      file("a.js", { differences: [shared], followUps: [remark("set-runtime")] }),
      file("b.js", {
        verdict: "mechanical",
        differences: [shared, remark("hang-ends", 9)],
        reasons: [remark("loop", 7)],
      }),
      file("c.js", { verdict: "refused", reasons: [remark("eval", 2, 8)] }),
      file("d.js", { verdict: "unchanged" }),
      file("e.js", { differences: [shared, shared], followUps: [remark("set-runtime"), remark("rotate-keys", 3)] }),
    ];
    expect(render(files)).toBe(`migrated    a.js
mechanical  b.js
  b.js:7:1  loop  About loop.
  b.js:9:1  hang-ends  About hang-ends.
refused     c.js
  c.js:2:8  eval  About eval.
migrated    e.js

Intended differences from V1 in several files
  secret-cached  About secret-cached.  (4 places in 3 files)
    a.js:4:2, b.js:4:2, e.js:4:2, and 1 more (all with --json)

To do outside the code
  [ ] About set-runtime.  set-runtime (2 files)
  [ ] About rotate-keys.  rotate-keys (e.js:3:1)

5 files: 2 migrated, 1 mechanical, 1 refused, 1 unchanged
2 files to look at; the reasons stand above.
`);
  });

  it("tells a config.json in the line of its function, unless it has something to say", () => {
    const files = [
      file("a/config.json"),
      file("a/index.js", { reasons: [remark("look", 2)] }),
      file("b/config.json", { reasons: [remark("variable-without-name", 3)] }),
      file("b/index.js"),
      file("c/config.json"),
      file("config.json"),
      file("d/config.json", { verdict: "refused", reasons: [remark("config-shape", 4)] }),
      file("d/index.js", { verdict: "refused", reasons: [remark("config-refused")] }),
      file("index.js", { verdict: "mechanical" }),
    ];
    expect(render(files)).toBe(`migrated    a/index.js, config.json
  a/index.js:2:1  look  About look.
migrated    b/config.json
  b/config.json:3:1  variable-without-name  About variable-without-name.
migrated    b/index.js
migrated    c/config.json
refused     d/config.json
  d/config.json:4:1  config-shape  About config-shape.
refused     d/index.js
  d/index.js:1:1  config-refused  About config-refused.
mechanical  index.js, config.json

9 files: 6 migrated, 1 mechanical, 2 refused
4 files to look at; the reasons stand above.
`);
  });

  it("shows the patches of a function and its config.json together", () => {
    const files = [file("a/config.json"), file("a/index.js")];
    const how = { version: "1.0.0", style: "faithful", dryRun: false, errors: [] } as const;
    const patchOf = (path: string) => `patch of ${path}\n`;
    expect(renderTerminal({ ...how, files, summary: summarize(files) }, { colors, patchOf })).toContain(
      "migrated    a/index.js, config.json\npatch of a/index.js\npatch of a/config.json\n",
    );
  });

  it("lists the first few of many things to do of one kind", () => {
    const item = (name: string) => ({ ...remark("secret"), message: `Replace ${name}.` });
    const files = ["a", "b", "c", "d", "e", "f"].map((name) => file(name, { followUps: [item(name), remark("once")] }));
    expect(render(files)).toContain(`To do outside the code
  [ ] Replace a.  secret (a:1:1)
  [ ] Replace b.  secret (b:1:1)
  [ ] Replace c.  secret (c:1:1)
  [ ] Replace d.  secret (d:1:1)
  [ ] … 2 more secret (all with --json)
  [ ] About once.  once (6 files)
`);
  });

  it("only counts files that have nothing to say", () => {
    const files = [file("a.js", { verdict: "unchanged" }), file("b.js", { verdict: "unchanged" })];
    expect(render(files, true)).toBe("2 files: 2 unchanged\nNothing was written.\n");
  });

  it("keeps a remark on one line and control characters asleep", () => {
    const nasty = { ...remark("odd"), message: "one\ntwo \u001b[2J\u007f" };
    expect(render([file("a.js", { reasons: [nasty] })])).toContain("odd  one\\ntwo \\u001b[2J\\u007f\n");
  });

  it("says when there was nothing", () => {
    expect(render([])).toBe("Nothing to migrate: no V1 function was found.\n");
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
    expect(renderPatch("a b.js", change, colors)).toBe(
      "--- a/a b.js\n+++ b/a b.js\n@@ -1,3 +1,3 @@\n one\r\n-two\r\n+2\r\n three\n\\ No newline at end of file\n",
    );
  });

  it("colours added and removed lines, hunks and names", () => {
    const patch = renderPatch("a.js", { before: "--x\n", after: "++y\n" }, colorsFor(true, {}));
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
