import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { migrateSource } from "../../src/migrate/migrate-source.ts";
import type { Style } from "../../src/migrate/migrate-source.ts";
import type { SourceResult } from "../../src/migrate/result.ts";
import { plainJavaScript } from "../../src/typescript/plain.ts";
import { expectFile } from "../expected.ts";
import { tempFolder } from "../cli/support.ts";
import { ownEnvironmentOf, scriptOf } from "../functions/cases.ts";
import { formatDifference, verify } from "../oracle/index.ts";
import { compile, DECLARATIONS } from "../types/compilers.ts";

const FIXTURES = join(import.meta.dirname, "../../fixtures/");
const FOLDER = `${FIXTURES}typescript/`;
const names = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => `typescript/${name}`);

interface Case {
  readonly name: string;
  readonly original: string;
  readonly result: SourceResult;
  readonly isChanged: boolean;
}

function migrated(name: string, style: Style): Case {
  const original = readFileSync(`${FIXTURES}${name}/index.ts`, "utf8");
  const result = migrateSource("index.ts", original, { style, ownEnvironment: ownEnvironmentOf(name) });
  return { name, original, result, isChanged: result.verdict === "migrated" || result.verdict === "mechanical" };
}

const remarksOf = (remarks: SourceResult["reasons"]): string[] =>
  remarks.map(({ id, line, column }) => `${String(line)}:${String(column)} ${id}`);

const cases = names.map((name) => migrated(name, "faithful"));
const changed = cases.filter(({ isChanged }) => isChanged);
const idiomatic = names.map((name) => migrated(name, "idiomatic")).filter(({ isChanged }) => isChanged);
let scenarioCount = 0;

it.each(cases)("fixtures/$name gives the expected text and report", async ({ name, result, isChanged }) => {
  const { verdict, transforms, reasons, differences, followUps } = result;
  const told = {
    verdict,
    transforms,
    reasons: reasons.map(({ id, line, column, message }) => `${String(line)}:${String(column)} ${id}: ${message}`),
    differences: remarksOf(differences),
    followUps: remarksOf(followUps),
  };
  await expectFile(`${FIXTURES}${name}/expected.json`, `${JSON.stringify(told, null, 2)}\n`);
  await expectFile(`${FIXTURES}${name}/expected.ts`, isChanged ? result.text : undefined);
});

it.each(cases.filter(({ isChanged }) => !isChanged))("fixtures/$name leaves the text as it is", (each) => {
  expect(each.result.text).toBe(each.original);
});

describe.each([
  ["faithful", changed],
  ["idiomatic", idiomatic],
] as const)("with the %s style", (style, results) => {
  it.each(results)("fixtures/$name behaves the same in every scenario", async ({ name, original, result }) => {
    const report = await verify({
      original: plainJavaScript("index.ts", original, "v1"),
      migrated: plainJavaScript("index.ts", result.text, "v2"),
      scenarios: scriptOf(name),
      declared: result.differences.map(({ id }) => id),
      limits: { idleMs: 60 },
    });
    scenarioCount += report.scenarios;
    expect(report.differences.map(formatDifference)).toEqual([]);
  });

  it.each(results)("fixtures/$name changes nothing in a second run", ({ result }) => {
    const again = migrateSource("index.ts", result.text, { style });
    expect(again).toMatchObject({ verdict: "unchanged", text: result.text });
  });
});

it("results have no type errors in a strict project", async () => {
  const beside = (name: string): string[] =>
    readdirSync(FIXTURES + name).filter((file) => /^(?!index|expected).*\.ts$/u.test(file));
  const files = Object.entries({ faithful: changed, idiomatic }).flatMap(([style, results]) =>
    results.flatMap(({ name, result }) => [
      [`${style}/${name}/index.ts`, result.text],
      ...beside(name).map((file) => [`${style}/${name}/${file}`, readFileSync(`${FIXTURES}${name}/${file}`, "utf8")]),
    ]),
  );
  const folder = tempFolder(Object.fromEntries(files) as Record<string, string>);
  const declarations = ["core-functions-toolbelt", "lp-faas-toolbelt"].map((name) => `${DECLARATIONS}${name}.d.ts`);
  const nodeTypes = join(import.meta.dirname, "../../node_modules/@types");
  const options = ["--noEmit", "--strict", "--skipLibCheck", "--moduleDetection", "force", "--esModuleInterop"];
  const modules = ["--target", "es2023", "--module", "esnext", "--moduleResolution", "bundler"];
  const types = ["--types", "node", "--typeRoots", nodeTypes, "--allowImportingTsExtensions"];
  const paths = [...declarations, `${FOLDER}packages.d.ts`, ...files.map(([path = ""]) => join(folder, path))];
  expect(await compile("typescript-7", [...paths, ...options, ...modules, ...types])).toBe("");
});

it("are at least forty", () => {
  expect(names.length).toBeGreaterThanOrEqual(40);
});

afterAll(() => {
  console.info(`${String(names.length)} functions in TypeScript, ${String(scenarioCount)} scenarios in both styles`);
});
