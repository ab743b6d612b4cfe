import type { Command } from "commander";

import { repositoryOf } from "../disk/workspace.ts";
import type { Run } from "../migrate/run.ts";
import type { Colors } from "../report/colors.ts";
import { printable } from "../platform/printable.ts";
import { needsPerson } from "../report/summary.ts";
import type { TerminalOptions } from "../report/terminal.ts";
import type { CliContext } from "./context.ts";
import type { MigrateRequest } from "./migrate-request.ts";
import { writeReports } from "./reports.ts";
import { writingCommand } from "./writing-command.ts";

/** A run with what it was asked for. */
export interface ShownRun {
  readonly run: Run;
  readonly request: MigrateRequest;
  readonly parsed: Command;
  readonly seconds: number;
}

/** Prints what a run has to say, keeps it for later, and writes the reports that were asked for. */
export async function showRun(shown: ShownRun, context: CliContext): Promise<void> {
  const { run, request } = shown;
  const { stdout, stderr, env, cwd } = context;
  const { colorsFor } = await import("../report/colors.ts");
  const { renderErrors } = await import("../report/terminal.ts");
  stderr.write(renderErrors(run.result.errors, colorsFor(stderr.isTTY === true, env)));
  if (isWorthKeeping(shown)) await keep(run, context);
  if (request.json) {
    stdout.write((await import("../report/json.ts")).renderJson(run.result));
  } else {
    stdout.write(await overview(shown, context));
    if (env["GITHUB_ACTIONS"] === "true") {
      stdout.write((await import("../report/annotations.ts")).renderGithub(run.result));
    }
  }
  await writeReports(request.reports, cwd, run);
}

/**
 * A run that found nothing must not take the place of one that did. With --check nothing at all is written, as hooks and CI
 * ask; nor where the run was not allowed to write.
 */
function isWorthKeeping({ run: { result, changes }, request }: ShownRun): boolean {
  const isHeldBack = result.dryRun && !request.dryRun;
  return !request.check && !isHeldBack && (changes.size > 0 || result.files.some(needsPerson));
}

async function overview(
  { run, request, parsed, seconds }: ShownRun,
  { stdout, env, cwd }: CliContext,
): Promise<string> {
  const { colorsFor } = await import("../report/colors.ts");
  const { renderTerminal } = await import("../report/terminal.ts");
  const isTerminal = stdout.isTTY === true;
  const colors = colorsFor(isTerminal, env);
  const patchOf = request.diff ? await patcher(run, colors, isTerminal) : undefined;
  const [report] = request.reports;
  const options: TerminalOptions = {
    colors,
    columns: isTerminal ? stdout.columns : undefined,
    isVerbose: request.verbose,
    isPart: request.transforms.length > 0,
    command: writingCommand(parsed),
    isInGit: repositoryOf(cwd) !== undefined,
    ...(report !== undefined && { report }),
    ...(isTerminal && { seconds }),
    ...(patchOf && { patchOf }),
  };
  return renderTerminal(run.result, options);
}

/** A run that can't be kept is a run all the same: a disk may be read-only. An older one must not pass for it. */
async function keep(run: Run, { cwd, stderr }: CliContext): Promise<void> {
  const { keepLastRun, readLastRun } = await import("../report/last-run.ts");
  try {
    keepLastRun(cwd, run);
  } catch (error) {
    if (readLastRun(cwd) === undefined) return;
    const cause = error instanceof Error ? error.message : String(error);
    stderr.write(`faas-migrate: this run is not kept for later reports: ${printable(cause)}\n`);
  }
}

async function patcher(run: Run, colors: Colors, isTerminal: boolean): Promise<(path: string) => string | undefined> {
  const { renderPatch } = await import("../report/patch.ts");
  return (path) => {
    const change = run.changes.get(path);
    return change && renderPatch(path, change, colors, isTerminal);
  };
}
