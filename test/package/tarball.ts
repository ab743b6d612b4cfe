import { cpSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import type { Transform } from "jscodeshift";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import manifest from "../../package.json" with { type: "json" };
import { examplesOf } from "../../scripts/examples.ts";
import { asTransform } from "../../src/edits/step/as-transform.ts";
import { steps } from "../../src/migrate/steps.ts";
import { rules } from "../../src/plugin/rules.ts";
import { fixturesOf } from "../rules/fixtures.ts";
import { lint, strictOptions } from "../rules/lint.ts";
import type { Installation } from "./packed.ts";
import { installPacked, installedText, linkPackage, repository, run, runModule } from "./packed.ts";

let installation: Installation;

beforeAll(() => {
  installation = installPacked();
});

afterAll(() => {
  rmSync(installation.root, { recursive: true, force: true });
});

/** Runs an ES module of the user's in the project. */
function runScript(code: string) {
  writeFileSync(join(installation.project, "script.mjs"), code);
  return run(process.execPath, ["script.mjs"], installation.project);
}

function page(path: string): string {
  return readFileSync(join(repository, path), "utf8");
}

describe("the tarball", () => {
  it("holds what users need, and nothing else", () => {
    const allowed = [
      /^dist\/(?:src|transforms|rules)\/[\w/-]+\.(?:js|d\.ts)$/u,
      /^dist\/command\/(?:[\w-]+\.js|BUILD\.txt|LICENSES\.txt)$/u,
      /^dist\/src\/testing\/commonjs\.(?:cjs|d\.cts)$/u,
      /^docs\/(?:comparison|configuration|eslint|guide|how-it-works|json|options|precision|reasons|recipes|shared-code|side-by-side|testing|transforms|types|typescript|verify|(?:rules|transforms)\/[\w-]+)\.md$/u,
      /^docs\/images\/[\w-]+\.png$/u,
      /^schemas\/[\w.-]+\.json$/u,
      /^(?:CHANGELOG\.md|LICENSE|README\.md|package\.json)$/u,
    ];
    expect(installation.files.filter((path) => !allowed.some((pattern) => pattern.test(path)))).toEqual([]);
    expect(installation.files).toEqual(
      expect.arrayContaining([
        "CHANGELOG.md",
        "LICENSE",
        "README.md",
        "dist/command/BUILD.txt",
        "dist/command/LICENSES.txt",
        "dist/command/main.js",
        "dist/command/sandbox.js",
        "dist/command/worker.js",
        "dist/src/cli/main.js",
        "dist/src/migrate/worker.js",
        "docs/reasons.md",
        ...steps.map(({ id }) => `dist/transforms/${id}.js`),
        ...steps.map(({ id }) => `docs/transforms/${id}.md`),
        ...Object.keys(rules).map((id) => `docs/rules/${id}.md`),
      ]),
    );
  });

  it("has every file that the README links to, or the repository has it", () => {
    const links = [...page("README.md").matchAll(/\]\((?<path>[^):#]+)\)/gu)].map(
      ({ groups }) => groups?.["path"] ?? "",
    );
    expect(links).not.toEqual([]);
    for (const path of links) {
      expect(statSync(join(repository, path)).isFile(), path).toBe(true);
      const isForContributors = path === "CONTRIBUTING.md" || path === "docs/decisions.md";
      if (!isForContributors) expect(installation.files).toContain(path);
    }
  });
});

describe("the exports", () => {
  it("resolve with nothing installed but the runtime dependencies", () => {
    const { status, stdout, stderr } = runScript(`
      import { createRequire } from "node:module";
      const names = async (specifier) => Object.keys(await import(specifier)).sort();
      const transforms = ${JSON.stringify(steps.map(({ id }) => id))};
      console.log(JSON.stringify({
        plugin: await import("faas-migrate").then(({ default: { meta, rules, configs } }) => ({
          meta, rules: Object.keys(rules), configs: Object.keys(configs),
        })),
        migrate: await names("faas-migrate/migrate"),
        transforms: await Promise.all(transforms.map(async (id) => typeof (await import("faas-migrate/transforms/" + id)).default)),
        version: createRequire(import.meta.url)("faas-migrate/package.json").version,
        hidden: await import("faas-migrate/dist/src/cli/main.js").catch((error) => error.code),
      }));
    `);
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      plugin: {
        meta: { name: "faas-migrate", namespace: "faas", version: manifest.version },
        rules: Object.keys(rules),
        configs: ["recommended", "strict", "legacy", "legacy-strict", "json"],
      },
      migrate: ["migrateFiles", "migrateSource"],
      transforms: steps.map(() => "function"),
      version: manifest.version,
      hidden: "ERR_PACKAGE_PATH_NOT_EXPORTED",
    });
  });

  it("do what docs/json.md says of the programmatic API", () => {
    const code =
      /^## In your own program\n+```js\n(?<code>.*?)^```$/msu.exec(page("docs/json.md"))?.groups?.["code"] ?? "";
    mkdirSync(join(installation.project, "src"), { recursive: true });
    const { status, stdout, stderr } = runScript(code);
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(stdout).toContain("migrated async function lambda(input) {");
  });
});

describe("the rules", () => {
  /** The fixtures of all rules, each in a folder of its own as a function is; oxlint looks at no JSON. */
  const fixtures = Object.keys(rules).flatMap((id) => fixturesOf(id).filter(({ name }) => !name.endsWith(".json")));
  const places = fixtures.map(({ path, filename, code }, index) => ({
    path,
    filename: `functions/f${String(index)}/${filename.slice(filename.lastIndexOf("/") + 1)}`,
    own: ownRules(code),
  }));

  /** What ESLint reports in this process, from the sources, in the same form. */
  function expected(): string[] {
    return places.flatMap(({ filename }, index) => {
      const { code = "" } = fixtures[index] ?? {};
      return Object.keys(rules).flatMap((id) =>
        lint(id, code, { filename }).map((message) =>
          [filename, message.line, message.column, id, message.message].join(" "),
        ),
      );
    });
  }

  beforeAll(() => {
    for (const { filename, path } of places) {
      mkdirSync(dirname(join(installation.project, filename)), { recursive: true });
      cpSync(path, join(installation.project, filename));
    }
  });

  it("report the same under oxlint", () => {
    const config = {
      jsPlugins: [{ name: "faas", specifier: "./node_modules/faas-migrate/dist/src/plugin/index.js" }],
      categories: { correctness: "off" },
      rules: Object.fromEntries(Object.keys(rules).map((id) => [`faas/${id}`, ["error", ...strictOptions(id)]])),
      // oxlint takes no options from comments.
      overrides: places.flatMap(({ filename, own }) => (own === undefined ? [] : [{ files: [filename], rules: own }])),
    };
    writeFileSync(join(installation.project, ".oxlintrc.json"), JSON.stringify(config));
    const { stdout, stderr } = run(
      process.execPath,
      [join(repository, "node_modules/oxlint/bin/oxlint"), "--format", "json", "functions"],
      installation.project,
    );
    expect(stderr).toBe("");
    const { diagnostics } = JSON.parse(stdout) as { readonly diagnostics: readonly OxlintDiagnostic[] };
    const found = diagnostics.map(({ filename, code, message, labels }) => {
      const { line = 0, column = 0 } = labels[0]?.span ?? {};
      return [filename, line, column, /\((?<id>[^)]+)\)/u.exec(code)?.groups?.["id"], message].join(" ");
    });
    expect(found.sort()).toEqual(expected().sort());
  });

  it("report the same under the oldest ESLint that users may have", () => {
    const modules = join(installation.project, "node_modules");
    rmSync(join(modules, "eslint"), { recursive: true, force: true });
    symlinkSync(join(repository, "node_modules/eslint-9"), join(modules, "eslint"), "junction");
    linkPackage("@typescript-eslint/parser", modules);
    const { status, stdout, stderr } = runScript(`
      import { ESLint } from "eslint";
      import { defineConfig } from "eslint/config";
      import parser from "@typescript-eslint/parser";
      import faas from "faas-migrate";
      const overrideConfig = defineConfig(
        { files: ["functions/**"], plugins: { faas }, extends: ["faas/strict"] },
        { files: ["**/*.js"], languageOptions: { sourceType: "module" } },
        { files: ["**/*.ts"], languageOptions: { parser } },
      );
      const eslint = new ESLint({ overrideConfigFile: true, overrideConfig });
      const results = await eslint.lintFiles(["functions"]);
      console.log(JSON.stringify({ version: ESLint.version, messages: results.flatMap((result) => result.messages.map(
        ({ line, column, ruleId, message }) =>
          [result.filePath.slice(result.filePath.indexOf("functions")).replaceAll("\\\\", "/"), line, column, ruleId?.slice(5), message].join(" "),
      )) }));
    `);
    expect(stderr).toBe("");
    expect(status).toBe(0);
    const { version, messages } = JSON.parse(stdout) as { readonly version: string; readonly messages: string[] };
    expect(version).toMatch(/^9\./u);
    const inStrict = Object.entries(rules).filter(([, { meta }]) => meta.docs.configs.strict !== undefined);
    const isOn = (line: string, id: string): boolean =>
      inStrict.some(([each]) => each === id) ||
      places.some(({ filename, own }) => line.startsWith(`${filename} `) && own?.[`faas/${id}`] !== undefined);
    const wanted = expected().filter((line) => isOn(line, line.split(" ")[3] ?? ""));
    expect(messages.sort()).toEqual(wanted.sort());
  });
});

/** The options that a fixture sets for itself: `/* eslint faas/max-log-entries: ["error", { max: 3 }] *\/`. */
function ownRules(code: string): Record<string, unknown> | undefined {
  const [, comment] = /\/\* eslint (?<rules>[^*]+)\*\//u.exec(code) ?? [];
  const quoted = comment?.replaceAll(/"?(?<name>[\w/-]+)"?:/gu, '"$<name>":');
  return quoted === undefined ? undefined : (JSON.parse(`{${quoted}}`) as Record<string, unknown>);
}

interface OxlintDiagnostic {
  readonly filename: string;
  readonly code: string;
  readonly message: string;
  readonly labels: readonly { readonly span: { readonly line: number; readonly column: number } }[];
}

describe("the types", () => {
  const user = `
    import { defineConfig } from "eslint/config";
    import faas from "faas-migrate";
    import { migrateFiles, migrateSource } from "faas-migrate/migrate";
    import type { RunResult, SourceResult, Verdict } from "faas-migrate/migrate";
    ${steps.map(({ id }, index) => `import t${String(index)} from "faas-migrate/transforms/${id}";`).join("\n")}

    export const config = defineConfig(
      { plugins: { faas }, extends: ["faas/recommended"], rules: { "faas/global-clients": "off" } },
      { plugins: { [faas.meta.namespace]: faas }, extends: [faas.configs.strict] },
      faas.configs.legacy,
    );
    export const rule = faas.rules["global-clients"];
    export const one: SourceResult = migrateSource("a.js", "", { style: "idiomatic" });
    export const all: Promise<RunResult> = migrateFiles(["src"], { dryRun: true });
    export const verdict: Verdict = one.verdict;
    export const transforms = [${steps.map((_, index) => `t${String(index)}`).join(", ")}];
    // @ts-expect-error there is no such config
    export const missing = faas.configs.all;
    // @ts-expect-error there is no such rule
    export const misspelt = faas.rules["global-client"];
  `;

  // The user has ESLint, but neither jscodeshift nor its types.
  it.each([true, false])("hold without skipLibCheck, exactOptionalPropertyTypes %s", (isExact) => {
    const modules = join(installation.project, "node_modules");
    rmSync(join(modules, "eslint"), { recursive: true, force: true });
    linkPackage("eslint", modules);
    writeFileSync(join(installation.project, "user.mts"), user);
    const options = {
      module: "nodenext",
      target: "es2023",
      lib: ["es2023"],
      types: [],
      strict: true,
      noEmit: true,
      skipLibCheck: false,
      exactOptionalPropertyTypes: isExact,
    };
    writeFileSync(
      join(installation.project, "tsconfig.json"),
      JSON.stringify({ compilerOptions: options, files: ["user.mts"] }),
    );
    const { stdout } = runModule(
      "typescript/lib/tsc.js",
      ["-p", "tsconfig.json", "--pretty", "false"],
      installation.project,
    );
    // Other packages' own declarations are not ours to judge.
    expect(stdout.split("\n").filter((line) => /^(?:user\.mts|node_modules\/faas-migrate)/u.test(line))).toEqual([]);
  });

  it("make of each transform one that jscodeshift takes", () => {
    const transforms: Transform[] = steps.map((step) => asTransform(step.run));
    expect(transforms).toHaveLength(steps.length);
  });
});

const tooFewHandles = "faas-migrate: too many files are open; raise the limit (ulimit -n) and run again\n";

describe("the command", () => {
  it("can be started by name, and knows its version", () => {
    const main = join(installation.project, "node_modules/faas-migrate", manifest.bin["faas-migrate"]);
    expect(installedText(installation, manifest.bin["faas-migrate"])).toMatch(/^#!\/usr\/bin\/env node\n/u);
    expect(run(process.execPath, [main, "--version"], installation.project)).toEqual({
      status: 0,
      stdout: `${manifest.version}\n`,
      stderr: "",
    });
  });

  it.each([20, 21, 22, 24, 30, 36, 40])("says in one line that %i file handles are too few", (limit) => {
    const command = `ulimit -n ${String(limit)}; exec "$0" "$1" --list`;
    const main = join(installation.project, "node_modules/faas-migrate/dist/src/cli/main.js");
    const { status, stderr } = run("sh", ["-c", command, process.execPath, main], installation.project);
    if (status !== 0) expect([status, stderr]).toEqual([2, tooFewHandles]);
  });

  it("migrates", () => {
    const main = join(installation.project, "node_modules/faas-migrate", manifest.bin["faas-migrate"]);
    const { before, after } = examplesOf(page("README.md"), "## What it changes")[0] ?? { before: "", after: "?" };
    writeFileSync(join(installation.project, "order.js"), before);
    const { status, stderr } = run(process.execPath, [main, "--allow-dirty", "order.js"], installation.project);
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(readFileSync(join(installation.project, "order.js"), "utf8")).toBe(after);
  });
});

describe("each transform alone, with jscodeshift", () => {
  // The first example of its page; what to expect comes from the sources.
  it.each(steps)("$id", ({ id, run: step }) => {
    const source = examplesOf(page(`docs/transforms/${id}.md`), "## Before and after")[0]?.before ?? "";
    const expected = asTransform(step)({ path: "index.js", source }, { report: () => undefined }, {});
    expect(expected).toBeDefined();

    const folder = join(installation.project, "alone", id);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "index.js"), source);
    const command = /^npx jscodeshift (?<args>.*)$/mu.exec(page(`docs/transforms/${id}.md`))?.groups?.["args"] ?? "";
    const args = command.split(" ").slice(0, -1);
    const { stdout, stderr } = runModule(
      "jscodeshift/bin/jscodeshift.js",
      ["--run-in-band", ...args, folder],
      installation.project,
    );
    expect(stderr).toBe("");
    expect(stdout).toContain("1 ok");
    expect(readFileSync(join(folder, "index.js"), "utf8")).toBe(expected);
  });
});
