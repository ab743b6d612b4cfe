import type { Command } from "commander";

import { exitCodes } from "../../report/summary.ts";
import type { CliContext } from "../context.ts";
import { Misuse, createParser } from "../parser.ts";
import { checkReports, writeReports } from "../reports.ts";

const description =
  "Shows the last run in this repository again, dry runs too: on the terminal, or in files whose endings say how: " +
  "report.md for a list with boxes to tick, report.html for one page with all changes side by side, report.json, " +
  "report.sarif for code scanning, gl-code-quality-report.json for GitLab.";

export function define(): Command {
  return createParser("faas-migrate report", "[options] [files...]", description)
    .argument("[files...]")
    .option("--verbose", "show everything: each function, and each change with its places");
}

export async function run(parsed: Command, { cwd, stdout, env }: CliContext): Promise<number> {
  checkReports(parsed.args);
  const { readLastRun } = await import("../../report/last-run.ts");
  const last = readLastRun(cwd);
  if (last === undefined) {
    throw new Misuse("there was no run in this repository yet; run faas-migrate --dry-run on your functions first");
  }
  if (parsed.args.length > 0) {
    await writeReports(parsed.args, cwd, last);
    for (const file of parsed.args) stdout.write(`written: ${file}\n`);
    return exitCodes.done;
  }
  const { colorsFor } = await import("../../report/colors.ts");
  const { renderTerminal } = await import("../../report/terminal.ts");
  const isTerminal = stdout.isTTY === true;
  const options = {
    colors: colorsFor(isTerminal, env),
    columns: isTerminal ? stdout.columns : undefined,
    isInGit: (await import("../../disk/workspace.ts")).repositoryOf(cwd) !== undefined,
    isVerbose: parsed.opts<{ verbose?: true }>().verbose === true,
  };
  stdout.write(renderTerminal(last.result, options));
  return exitCodes.done;
}
