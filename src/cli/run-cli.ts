import type { MigrateFilesOptions, Run, Seams } from "../migrate/run.ts";
import type { Colors } from "../report/colors.ts";
import { exitCodeOf, exitCodes } from "../report/summary.ts";
import type { TerminalOptions } from "../report/terminal.ts";
import type { Command, MigrateCommand } from "./arguments.ts";
import { readArguments } from "./arguments.ts";
import type { Output } from "./output.ts";
import { tolerateClosedReader } from "./output.ts";

/** The world around the command. */
export interface CliContext {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Absolute path that relative paths start from. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Runs the command; everything but reading arguments is loaded only when it is needed.
 *
 * @param argv the arguments after the command's name
 * @returns the exit code; it never throws and never ends the process
 */
export async function runCli(argv: readonly string[], context: CliContext, seams: Seams = {}): Promise<number> {
  tolerateClosedReader(context.stdout);
  tolerateClosedReader(context.stderr);
  try {
    return await runCommand(readArguments(argv), context, seams);
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    context.stderr.write(`faas-migrate: internal error, please report it: ${message}\n`);
    return exitCodes.internalError;
  }
}

async function runCommand(command: Command, context: CliContext, seams: Seams): Promise<number> {
  switch (command.kind) {
    case "help":
      context.stdout.write((await import("./help.ts")).help);
      return exitCodes.done;
    case "version":
      context.stdout.write(`${(await import("../migrate/run-version.ts")).packageVersion()}\n`);
      return exitCodes.done;
    case "list":
      context.stdout.write(await listTransforms(command.json));
      return exitCodes.done;
    case "misuse":
      return misuse(command.message, context);
    case "migrate":
      return migrate(command, context, seams);
  }
}

async function migrate(command: MigrateCommand, context: CliContext, seams: Seams): Promise<number> {
  const { runMigration, unknownTransforms } = await import("../migrate/run.ts");
  const unknown = await unknownTransforms(command.transforms);
  if (unknown !== undefined) return misuse(unknown, context);

  const run = await runMigration(command.paths, runOptions(command, context), seams);
  const { colorsFor } = await import("../report/colors.ts");
  const { renderErrors, renderTerminal } = await import("../report/terminal.ts");

  context.stderr.write(renderErrors(run.result.errors, colorsFor(context.stderr.isTTY === true, context.env)));
  if (command.json) {
    context.stdout.write((await import("../report/json.ts")).renderJson(run.result));
  } else {
    const colors = colorsFor(context.stdout.isTTY === true, context.env);
    const options = command.diff ? await withPatches(run, colors) : { colors };
    context.stdout.write(renderTerminal(run.result, options));
  }
  return exitCodeOf(run.result, command.check);
}

async function withPatches(run: Run, colors: Colors): Promise<TerminalOptions> {
  const { renderPatch } = await import("../report/patch.ts");
  const patchOf = (path: string): string | undefined => {
    const change = run.changes.get(path);
    return change && renderPatch(path, change, colors);
  };
  return { colors, patchOf };
}

function runOptions(command: MigrateCommand, context: CliContext): MigrateFilesOptions {
  return {
    cwd: context.cwd,
    style: command.style,
    packages: command.packages,
    dryRun: command.dryRun || command.check,
    ...(command.transforms.length > 0 ? { transforms: command.transforms } : {}),
    ...(command.concurrency === undefined ? {} : { concurrency: command.concurrency }),
  };
}

async function listTransforms(asJson: boolean): Promise<string> {
  const { steps } = await import("../migrate/steps.ts");
  const { configTransform } = await import("../migrate/config-report.ts");
  const transforms = [...steps, configTransform];
  if (asJson) return `${JSON.stringify(transforms, undefined, 2)}\n`;
  const width = Math.max(...transforms.map(({ id }) => id.length));
  return transforms.map(({ id, description }) => `${id.padEnd(width)}  ${description}\n`).join("");
}

function misuse(message: string, context: CliContext): number {
  context.stderr.write(`faas-migrate: ${message}\nRun faas-migrate --help for the options.\n`);
  return exitCodes.badInput;
}
