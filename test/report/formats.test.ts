import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";

import type { FileResult } from "../../src/migrate/result.ts";
import { summarize } from "../../src/migrate/run-result.ts";
import type { RunResult } from "../../src/migrate/run-result.ts";
import { renderGithub } from "../../src/report/annotations.ts";
import { formatOf } from "../../src/report/formats.ts";
import type { ReportedRun } from "../../src/report/reported-run.ts";
import { sideBySide } from "../../src/report/side-by-side.ts";
import { remark } from "../cli/support.ts";

const require = createRequire(import.meta.url);

function file(path: string, parts: Partial<FileResult> = {}): FileResult {
  return { path, verdict: "migrated", transforms: [], differences: [], reasons: [], followUps: [], ...parts };
}

const files = [
  file("functions/crm/config.json"),
  file("functions/crm/index.js", {
    differences: [remark("secrets-cached", 4, 2)],
    followUps: [remark("allowed-domains", 3)],
    proof: { kind: "same", text: "same in 3 scenarios" },
  }),
  file("functions/größe | x/index.js", {
    verdict: "refused",
    reasons: [
      { ...remark("http-option", 5, 8), message: "The option `<b>|` is *ignored*\n::error::x" },
      remark("http-option", 9),
    ],
  }),
];
const result: RunResult = {
  version: "1.0.0",
  style: "faithful",
  dryRun: false,
  files,
  errors: [{ path: "gone.js", message: "does not exist; check the path" }],
  summary: summarize(files),
};
const run: ReportedRun = { result, changes: new Map([["functions/crm/index.js", { before: "a\n", after: "b\n" }]]) };

async function render(name: string): Promise<string> {
  return (await formatOf(name)?.(run)) ?? "";
}

function schemaErrors(schema: unknown, document: string): unknown {
  const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema as object);
  validate(JSON.parse(document));
  return validate.errors;
}

describe("the format of a report", () => {
  it.each(["report.txt", "report", ".md", "md", "a.htm"])("is unknown for %s", (name) => {
    expect(formatOf(name)).toBeUndefined();
  });

  it.each(["a.md", "out/B.HTML", "c.json", "d.sarif", "gl-code-quality-report.json", "x.codequality.json"])(
    "is known for %s",
    async (name) => {
      expect((await render(name)).length).toBeGreaterThan(100);
    },
  );
});

describe("the Markdown report", () => {
  it("has boxes to tick, a column for the owner, and no text that acts", async () => {
    const text = await render("report.md");
    expect(text).toContain("2 functions: 1 migrated, 1 needs you, 0 unchanged. faas-migrate 1.0.0, style `faithful`.");
    expect(text).toContain("| Done | Function | Place | What | Why | Owner |");
    expect(text).toContain(
      String.raw`| [ ] | größe \| x | ${"`"}functions/größe \| x/index.js:5:8${"`"} | The option ${"`"}<b>\|${"`"} is \*ignored\*\\n::error::x | [http-option](`,
    );
    expect(text).toContain("| [ ] | About allowed-domains. | [allowed-domains](");
    expect(text).toMatch(/^\| crm \| migrated \| same in 3 scenarios \|$/mu);
  });
});

describe("the SARIF report", () => {
  it("is valid under the schema of version 2.1.0, and names the places", async () => {
    const text = await render("report.sarif");
    const path = require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
    // It says draft 4, and uses nothing that draft 7 reads otherwise.
    const schema = { ...(JSON.parse(readFileSync(path, "utf8")) as object), $schema: undefined, id: undefined };
    expect(schemaErrors(schema, text)).toBeNull();
    expect(schemaErrors(schema, text.replace('"version": "2.1.0"', '"version": "2"'))).not.toBeNull();
    const { runs } = JSON.parse(text) as {
      runs: { results: unknown[]; tool: { driver: { rules: { id: string }[] } } }[];
    };
    expect(runs[0]?.results).toHaveLength(4);
    expect(runs[0]?.results).toContainEqual(
      expect.objectContaining({
        ruleId: "http-option",
        level: "error",
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: "functions/gr%C3%B6%C3%9Fe%20%7C%20x/index.js", uriBaseId: "SRCROOT" },
              region: { startLine: 5, startColumn: 8 },
            },
          },
        ],
      }),
    );
  });
});

describe("a run in which some functions have another style", () => {
  const styled = files.map((each) =>
    each.path.startsWith("functions/crm/") ? { ...each, style: "idiomatic" as const } : each,
  );

  it("says how many in its pages", async () => {
    const page = (name: string) => formatOf(name)?.({ ...run, result: { ...result, files: styled } });
    expect(await page("a.md")).toContain("faas-migrate 1.0.0, style `faithful` (idiomatic in 1).");
    expect(await page("a.html")).toContain('"style":"faithful (idiomatic in 1)"');
    expect(await render("a.html")).toContain('"style":"faithful",');
  });
});

describe("the JSON report", () => {
  it("fits the published schema, and explains each remark", async () => {
    const schema: unknown = JSON.parse(
      readFileSync(new URL("../../schemas/result.schema.json", import.meta.url), "utf8"),
    );
    const text = await render("report.json");
    expect(schemaErrors(schema, text)).toBeNull();
    expect(schemaErrors(schema, text.replace('"refused"', '"denied"'))).not.toBeNull();
    expect(text).toMatch(/"docs": "https:\/\/[^"]+\/docs\/reasons\.md#http-option"/u);
  });
});

describe("annotations", () => {
  it("stand at the lines of reasons, and one message is one line", () => {
    const lines = renderGithub(result).split("\n");
    expect(lines[0]).toBe(
      "::error file=functions/größe | x/index.js,line=5,col=8,title=faas-migrate%3A http-option::" +
        "The option `<b>|` is *ignored*%0A::error::x",
    );
    expect(lines).toHaveLength(3);
  });

  it("say what is not migrated yet, when nothing was written", () => {
    expect(renderGithub({ ...result, dryRun: true })).toContain("::warning file=functions/crm/index.js,line=1,col=1,");
  });
});

describe("the report for GitLab", () => {
  it("has a fingerprint of its own for each issue, whatever line it is on", async () => {
    const issues = JSON.parse(await render("gl-code-quality-report.json")) as {
      fingerprint: string;
      severity: string;
    }[];
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(4);
    expect(issues.map(({ severity }) => severity)).toEqual(["info", "info", "major", "major"]);
    const moved = {
      ...result,
      files: files.map((each) => ({ ...each, reasons: each.reasons.map((one) => ({ ...one, line: 99 })) })),
    };
    const after = JSON.parse(
      (await formatOf("x.codequality.json")?.({ ...run, result: moved })) ?? "",
    ) as typeof issues;
    expect(after.map(({ fingerprint }) => fingerprint)).toEqual(issues.map(({ fingerprint }) => fingerprint));
  });
});

describe("the HTML report", () => {
  it("asks for nothing, and holds texts of users as data", async () => {
    const html = await render("report.html");
    expect(html).toContain("default-src 'none'");
    expect(html).not.toContain("<b>");
    expect(html.match(/<\/script>/gu)).toHaveLength(2);
  });

  it("says which changes it can't show, as JSON reports hold no code", async () => {
    const change = { before: "a\n", after: "b\n" };
    const changes = new Map(files.map(({ path }) => [path, change]));
    const page = (seen: ReportedRun["changes"]) => formatOf("report.html")?.({ result, changes: seen });
    expect(await page(changes)).not.toContain('"isUnseen":true');
    expect(await page(new Map())).toContain('"isUnseen":true');
  });
});

describe("side by side", () => {
  it("puts lines that replace each other beside each other, with their numbers", () => {
    expect(sideBySide({ before: "a\nb\nc\n", after: "a\nB\nB2\nc\n" })).toEqual([
      [
        [
          [1, "a"],
          [1, "a"],
        ],
        [
          [2, "b"],
          [2, "B"],
        ],
        [null, [3, "B2"]],
        [
          [3, "c"],
          [4, "c"],
        ],
      ],
    ]);
  });
});
