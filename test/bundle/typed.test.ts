import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import type { LocalFiles } from "../../src/analysis/code/local-files.ts";
import { readLocalFiles } from "../../src/migrate/local-files.ts";
import { migrateSource } from "../../src/migrate/migrate-source.ts";
import type { SourceResult } from "../../src/migrate/result.ts";
import { neighboursOf, plainFiles } from "../../src/typescript/neighbours.ts";
import { plainJavaScript } from "../../src/typescript/plain.ts";
import { tempFolder } from "../cli/support.ts";
import { expectFile } from "../expected.ts";
import { formatDifference, readCaseScript, verify } from "../oracle/index.ts";
import { compile, DECLARATIONS } from "../types/compilers.ts";
import { linkedOriginal } from "./linked.ts";

const root = resolve(import.meta.dirname, "../../fixtures/typed-bundles");

/** Functions in TypeScript that load other files: each has a folder of its own. */
const names = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

interface Case {
  readonly folder: string;
  readonly original: string;
  readonly local: LocalFiles;
  readonly result: SourceResult;
  readonly isChanged: boolean;
}

function bundled(name: string): Case {
  const folder = resolve(root, name);
  const absolute = resolve(folder, "index.ts");
  const original = readFileSync(absolute, "utf8");
  const local = readLocalFiles({ path: "index.ts", absolute, named: true }, original);
  if (local === undefined) throw new Error(`${name} loads no file.`);
  const result = migrateSource("index.ts", original, { style: "faithful", bundleLocal: true, localFiles: local });
  return {
    folder,
    original,
    local,
    result,
    isChanged: result.verdict === "migrated" || result.verdict === "mechanical",
  };
}

describe.each(names)("fixtures/typed-bundles/%s", (name) => {
  const { folder, original, local, result, isChanged } = bundled(name);

  it("becomes one file with its types, or is refused with a reason", async () => {
    await expectFile(join(folder, "expected.ts"), isChanged ? result.text : undefined);
    const told = { verdict: result.verdict, inlined: result.inlined, reasons: result.reasons };
    await expectFile(join(folder, "expected.json"), `${JSON.stringify(told, undefined, 2)}\n`);
    expect(isChanged).toBe(!name.startsWith("refused-"));
    if (!isChanged) expect(result.text).toBe(original);
  });

  it("behaves as its files did", async () => {
    if (!isChanged) return;
    const script = join(folder, "scenarios.json");
    const plain = { ...local, files: plainFiles(local.files) };
    const report = await verify({
      original: linkedOriginal(
        plainJavaScript("index.ts", original, "v1", neighboursOf(local.files, local.links)),
        plain,
      ),
      migrated: plainJavaScript("index.ts", result.text, "v2"),
      scenarios: readCaseScript(existsSync(script) ? JSON.parse(readFileSync(script, "utf8")) : {}, script),
      declared: result.differences.map(({ id }) => id),
      limits: { idleMs: 60 },
    });
    expect(report.differences.map(formatDifference)).toEqual([]);
    expect(report.scenarios).toBeGreaterThan(0);
    expect(migrateSource("index.ts", result.text, { style: "faithful" }).text).toBe(result.text);
  });
});

it("results have no type errors in a strict project", async () => {
  // Code of a file in JavaScript has no types there either.
  const files = names
    .filter((name) => name !== "javascript-beside")
    .map((name) => ({ name, ...bundled(name) }))
    .flatMap(({ name, result, isChanged }) => (isChanged ? [[`${name}/index.ts`, result.text] as const] : []));
  const folder = tempFolder(Object.fromEntries(files));
  const declarations = ["core-functions-toolbelt", "lp-faas-toolbelt"].map((name) => `${DECLARATIONS}${name}.d.ts`);
  const nodeTypes = join(import.meta.dirname, "../../node_modules/@types");
  const options = ["--noEmit", "--strict", "--skipLibCheck", "--moduleDetection", "force", "--esModuleInterop"];
  const modules = ["--target", "es2023", "--module", "esnext", "--moduleResolution", "bundler"];
  const types = ["--types", "node", "--typeRoots", nodeTypes];
  const paths = [...declarations, ...files.map(([path]) => join(folder, path))];
  expect(await compile("typescript-7", [...paths, ...options, ...modules, ...types])).toBe("");
});
