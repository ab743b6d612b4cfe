import { readFileSync, writeFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";

import { lastRunName, makeWorkspace, workspaceAt } from "../disk/workspace.ts";
import type { FileResult } from "../migrate/result.ts";
import type { Change, RunResult } from "../migrate/run-result.ts";
import type { ReportedRun } from "./reported-run.ts";

/** What the file holds; `format` changes when an older version could not read it. */
interface LastRun {
  readonly format: 1;
  /** When the run ended, as an ISO time. */
  readonly at: string;
  readonly result: RunResult;
  readonly changes: readonly (Change & { readonly path: string })[];
}

/**
 * Keeps what a run said, so that a report can be written of it later: a second run over the same files has nothing to tell
 * any more. The folder is never committed.
 *
 * @param cwd where the command ran
 * @throws the file system's error where it can't be written
 */
export function keepLastRun(cwd: string, { result, changes }: ReportedRun): void {
  const workspace = workspaceAt(cwd);
  makeWorkspace(workspace);
  const kept: LastRun = {
    format: 1,
    at: new Date().toISOString(),
    result,
    changes: [...changes].map(([path, change]) => ({ path, ...change })),
  };
  writeFileSync(join(workspace.folder, lastRunName), JSON.stringify(kept));
}

/** The last run of the repository around a folder; undefined when there is none, or one that can't be read. */
export function readLastRun(cwd: string): ReportedRun | undefined {
  let kept: unknown;
  try {
    kept = JSON.parse(readFileSync(join(workspaceAt(cwd).folder, lastRunName), "utf8"));
  } catch {
    return undefined;
  }
  if (!isLastRun(kept)) return undefined;
  return { result: kept.result, changes: new Map(kept.changes.map(({ path, ...change }) => [path, change])) };
}

/**
 * What the last run said of a file that it migrated, and the text that its places are in; undefined when it did not, or
 * when the file was changed since.
 *
 * @param path as the run was given it, from `cwd`
 */
export function migratedFile(
  cwd: string,
  path: string,
  text: string,
): { readonly file: FileResult; readonly before: string } | undefined {
  const { result, changes } = readLastRun(cwd) ?? {};
  const name = relative(cwd, resolve(cwd, path)).replaceAll(sep, "/");
  const change = changes?.get(name);
  const file = result?.files.find((each) => each.path === name);
  return file !== undefined && change?.after === text ? { file, before: change.before } : undefined;
}

function isLastRun(value: unknown): value is LastRun {
  return typeof value === "object" && value !== null && "format" in value && value.format === 1;
}
