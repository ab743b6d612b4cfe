import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { PassThrough } from "node:stream";

import { format } from "prettier";
import { afterAll, describe, expect, it } from "vitest";

import { withExamples } from "../../scripts/examples.ts";
import { configurationSchema, configurationTable } from "../../scripts/configuration-schema.ts";
import { meaningsTable, optionsTable } from "../../scripts/help-tables.ts";
import { httpOptionsTable } from "../../scripts/http-options-table.ts";
import { reasonsPage } from "../../scripts/reasons-page.ts";
import { withRegion } from "../../scripts/regions.ts";
import { precisionTable, ruleHeader, rulesIndex, rulesTable } from "../../scripts/rules.ts";
import { transformsTable } from "../../scripts/transforms-table.ts";
import { exitCodeMeanings, verdictMeanings } from "../../src/cli/help-texts.ts";
import { defineMigrate } from "../../src/cli/migrate-request.ts";
import { runCli } from "../../src/cli/run-cli.ts";
import { asTransform } from "../../src/edits/step/as-transform.ts";
import { migrateFunctionConfig } from "../../src/migrate/config-function.ts";
import { configTransform } from "../../src/migrate/config-report.ts";
import { migrateSource } from "../../src/migrate/migrate-source.ts";
import { steps } from "../../src/migrate/steps.ts";
import { httpOptions } from "../../src/platform/http-options.ts";
import * as remarks from "../../src/platform/remarks.ts";
import { ruleFacts } from "../rules/facts.ts";

/*
 * Generated texts are file snapshots: they fail here when they drift, and `npm run update` writes them anew.
 */

/** The steps for source files, and the one for JSON files. */
const transforms = [...steps, configTransform];

const repository = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "faas-migrate-docs-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function page(path: string): string {
  return readFileSync(join(repository, path), "utf8");
}

async function print(...argv: string[]): Promise<string> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  await runCli(argv, { stdout, stderr, cwd: folder, env: {} });
  expect(String(stderr.read() ?? "")).toBe("");
  return String(stdout.read());
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}

describe("generated texts", () => {
  it("docs/reasons.md lists every remark", async () => {
    await expect(reasonsPage(remarks)).toMatchFileSnapshot(join(repository, "docs/reasons.md"));
  });

  it("README.md and the pages that it leads to show what the tool prints", async () => {
    const refused = readFileSync(join(repository, "fixtures/functions/proxy-option/index.js"), "utf8");
    writeFileSync(join(folder, "extension.js"), refused);
    const pages: Readonly<Record<string, Readonly<Record<string, string>>>> = {
      "docs/transforms.md": { transforms: transformsTable(transforms) },
      "docs/eslint.md": { rules: rulesTable(ruleFacts) },
      "docs/options.md": {
        "exit codes": meaningsTable("Exit code", exitCodeMeanings),
        options: optionsTable(defineMigrate()),
      },
      "docs/json.md": {
        "refused source": fenced("js", refused),
        "refused output": fenced("text", await print("extension.js")),
        json: fenced("json", await print("--json", "extension.js")),
      },
    };
    for (const [path, regions] of Object.entries(pages)) {
      const renewed = Object.entries(regions).reduce(
        (text, [name, content]) => withRegion(text, name, content),
        page(path),
      );
      await expect(renewed).toMatchFileSnapshot(join(repository, path));
    }
    const readme = withExamples(page("README.md"), "## What it changes", (before) => {
      const { verdict, text } = migrateSource("order.js", before, { style: "faithful" });
      expect(verdict).toBe("migrated");
      return text;
    });
    const verdicts = meaningsTable("Verdict", verdictMeanings);
    await expect(withRegion(readme, "verdicts", verdicts)).toMatchFileSnapshot(join(repository, "README.md"));
  });

  it("the page of http-client-to-fetch lists every request option, and shows the official form", async () => {
    const path = "docs/transforms/http-client-to-fetch.md";
    const example = (file: string): string =>
      fenced("js", page(`fixtures/transforms/http-client-to-fetch-idiomatic/post-json/${file}`));
    const regions = {
      options: httpOptionsTable(httpOptions),
      "idiomatic before": example("input.js"),
      "idiomatic after": example("expected.js"),
    };
    const renewed = Object.entries(regions).reduce(
      (text, [name, content]) => withRegion(text, name, content),
      page(path),
    );
    await expect(renewed).toMatchFileSnapshot(join(repository, path));
  });

  it("src/plugin/rules.ts lists every rule", async () => {
    await expect(rulesIndex(ruleFacts.map(({ id }) => id))).toMatchFileSnapshot(
      join(repository, "src/plugin/rules.ts"),
    );
  });

  it("the configuration's schema and page list its keys", async () => {
    const schema = await format(JSON.stringify(configurationSchema()), { parser: "json", printWidth: 120 });
    await expect(schema).toMatchFileSnapshot(join(repository, "schemas/configuration.schema.json"));
    const path = "docs/configuration.md";
    await expect(withRegion(page(path), "keys", configurationTable())).toMatchFileSnapshot(join(repository, path));
  });

  it("docs/precision.md says how often the rules are right", async () => {
    const path = "docs/precision.md";
    const renewed = withRegion(page(path), "precision", precisionTable(ruleFacts));
    await expect(renewed).toMatchFileSnapshot(join(repository, path));
  });

  it.each(ruleFacts)("the page of $id has its header", async (facts) => {
    const path = `docs/rules/${facts.id}.md`;
    await expect(withRegion(page(path), "header", ruleHeader(facts))).toMatchFileSnapshot(join(repository, path));
  });

  // Not http-client-to-fetch: its page leaves out helpers that would hide what it shows.
  it.each(steps.filter(({ id }) => id !== "http-client-to-fetch"))(
    "the page of $id shows what it does",
    async ({ id, run }) => {
      const path = `docs/transforms/${id}.md`;
      const transform = asTransform(run);
      const renewed = withExamples(page(path), "## Before and after", (source) => {
        const after = transform({ path: "index.js", source }, { report: () => undefined }, {});
        expect(after, "a page shows what its transform changes").toBeDefined();
        return after ?? source;
      });
      await expect(renewed).toMatchFileSnapshot(join(repository, path));
    },
  );

  it("the page of function-config shows what it does", async () => {
    const path = `docs/transforms/${configTransform.id}.md`;
    const convert = (before: string): string => migrateFunctionConfig(before).text;
    const renewed = withExamples(page(path), "## Before and after", convert, "json");
    await expect(renewed).toMatchFileSnapshot(join(repository, path));
  });
});

describe("pages of the transforms", () => {
  it.each(transforms)("$id has one with the sections that readers look for", ({ id }) => {
    expect(existsSync(join(repository, `docs/transforms/${id}.md`))).toBe(true);
    const text = page(`docs/transforms/${id}.md`);
    expect(text).toMatch(new RegExp(`^# ${id}\n`, "u"));
    for (const heading of ["## Before and after", "## When not to use it", "## Alone"]) {
      expect(text).toContain(`\n${heading}\n`);
    }
    const isStep = steps.some((step) => step.id === id);
    expect(text).toContain(
      isStep ? `-t node_modules/faas-migrate/dist/transforms/${id}.js` : `npx faas-migrate --transform ${id} `,
    );
  });

  it("speak of nothing but transforms and remarks that exist", () => {
    const pages = readdirSync(join(repository, "docs/transforms"));
    expect(pages.map((name) => name.replace(".md", "")).sort()).toEqual(transforms.map(({ id }) => id).sort());
    const known = new Set(
      [remarks.reasons, remarks.differences, remarks.followUps].flatMap((table) => Object.keys(table)),
    );
    for (const name of pages) {
      const bullets = page(`docs/transforms/${name}`).matchAll(/^- `(?<id>[a-z]+(?:-[a-z]+)+)`/gmu);
      for (const { groups } of bullets) {
        expect(known, name).toContain(groups?.["id"]);
      }
    }
  });
});
