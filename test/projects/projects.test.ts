import { cpSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { PassThrough } from "node:stream";

import { describe, expect, inject, it } from "vitest";

import { runCli } from "../../src/cli/run-cli.ts";
import type { FileResult, Remark, RunResult } from "../../src/migrate/index.ts";
import { migrateFiles } from "../../src/migrate/index.ts";
import { tempFolder } from "../cli/support.ts";
import { expectFile } from "../expected.ts";

const root = resolve(import.meta.dirname, "../../fixtures/projects");
const isUpdate = inject("isUpdate");
const projects = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** The files of a folder by path, with their bytes as Latin-1, so that every byte counts. */
function readTree(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes(".faas-migrate"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return Object.fromEntries(
    paths.map((path) => [path.slice(folder.length + 1).replaceAll(sep, "/"), readFileSync(path, "latin1")]),
  );
}

function writeTree(folder: string, files: Readonly<Record<string, string>>): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content, "latin1");
  }
}

function copyOf(project: string): string {
  const folder = tempFolder();
  cpSync(join(root, project, "before"), folder, { recursive: true });
  return folder;
}

async function terminal(cwd: string, ...argv: string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await runCli(argv, { stdout, stderr, cwd, env: {} });
  return { code, stdout: String(stdout.read() ?? ""), stderr: String(stderr.read() ?? "") };
}

function line(kind: string, { id, line: row, column }: Remark): string {
  return `  ${String(row)}:${String(column)} ${kind} ${id}`;
}

function describeFile(file: FileResult): string {
  return [
    `${file.verdict} ${file.path}`,
    ...file.reasons.map((remark) => line("reason", remark)),
    ...file.differences.map((remark) => line("difference", remark)),
    ...file.followUps.map((remark) => line("follow-up", remark)),
  ].join("\n");
}

function verdictsOf({ files }: RunResult): Map<string, string> {
  return new Map(files.map(({ path, verdict }) => [path, verdict]));
}

describe.each(projects)("fixtures/projects/%s", (project) => {
  it("becomes the expected tree in one run, and stays it in a second", async () => {
    const folder = copyOf(project);
    const first = await migrateFiles(["."], { allowDirty: true, cwd: folder });
    const after = readTree(folder);
    if (isUpdate) writeTree(join(root, project, "after"), after);
    expect(after).toEqual(readTree(join(root, project, "after")));
    await expectFile(join(root, project, "report.txt"), `${first.files.map(describeFile).join("\n")}\n`);

    const second = await migrateFiles(["."], { allowDirty: true, cwd: folder });
    expect(readTree(folder)).toEqual(after);
    expect([...verdictsOf(second).values()].filter((verdict) => !["refused", "unchanged"].includes(verdict))).toEqual(
      [],
    );
  });

  it("is told as expected", async () => {
    const folder = copyOf(project);
    const told = await terminal(folder, "--dry-run", "functions");
    expect(told.stderr).toBe("");
    await expectFile(join(root, project, "terminal.txt"), told.stdout);
    expect(readTree(folder)).toEqual(readTree(join(root, project, "before")));
  });

  it("leaves nothing of V1 in what it calls migrated", async () => {
    const folder = copyOf(project);
    const result = await migrateFiles(["."], { allowDirty: true, cwd: folder });
    const migrated = result.files.filter(({ verdict }) => verdict === "migrated");
    expect(migrated.length).toBeGreaterThan(2);
    for (const { path } of migrated) {
      const text = readFileSync(join(folder, path), "utf8");
      if (path.endsWith(".js")) {
        expect(text.replaceAll(/\/\/.*/gu, ""), path).not.toMatch(
          /\brequire\b|module\.exports|\bcallback\b|lp-faas-toolbelt|HTTPClient/u,
        );
      } else {
        expect(text, path).not.toMatch(/"environmentVariables"\s*:\s*\[|"whitelist"/u);
      }
    }
  });

  it("has a place and a reason for everything that is refused, which stays byte for byte", async () => {
    const folder = copyOf(project);
    const { files } = await migrateFiles(["."], { allowDirty: true, cwd: folder });
    const before = readTree(join(root, project, "before"));
    const after = readTree(folder);
    for (const { path, reasons } of files.filter(({ verdict }) => verdict === "refused")) {
      expect(reasons.length, path).toBeGreaterThan(0);
      for (const { id, line: row, message } of reasons) {
        expect(row, path).toBeGreaterThan(0);
        expect(row, path).toBeLessThanOrEqual(before[path]?.split("\n").length ?? 0);
        expect([id, message], path).not.toContain("");
      }
      for (const name of ["index.js", "config.json"]) {
        const member = `${dirname(path)}/${name}`;
        expect(after[member], member).toBe(before[member]);
      }
    }
  });

  it("comes out the same function by function, in reverse order", async () => {
    const folder = copyOf(project);
    for (const name of readdirSync(join(folder, "functions")).toReversed()) {
      if (name.endsWith(".json")) continue;
      await migrateFiles([`functions/${name}/index.js`], { allowDirty: true, cwd: folder });
    }
    expect(readTree(folder)).toEqual(readTree(join(root, project, "after")));
  });

  it("comes out the same under other folder names and from another working directory", async () => {
    const above = tempFolder();
    const folder = join(above, "project");
    renameSync(copyOf(project), folder);
    renameSync(join(folder, "functions"), join(folder, "böse функции (1)"));
    const result = await migrateFiles([folder], { allowDirty: true, cwd: above });
    expect(result.errors).toEqual([]);
    const renamed = Object.entries(readTree(join(root, project, "after"))).map(([path, content]) => [
      path.replace(/^functions\//u, "böse функции (1)/"),
      content,
    ]);
    expect(readTree(folder)).toEqual(Object.fromEntries(renamed));
  });
});
