import type { MigrateFilesOptions, Run, Seams } from "../migrate/run.ts";
import type { Colors } from "../report/colors.ts";
import { exitCodeOf, exitCodes } from "../report/summary.ts";
import type { TerminalOptions } from "../report/terminal.ts";
import type { Command, MigrateCommand, ProofRequest, VerifyCommand } from "./arguments.ts";
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

/** Parts of the command that tests put something else in the place of. */
export interface CliSeams extends Seams {
  /** The compiled program of a sandbox. */
  readonly sandbox?: URL;
}

/**
 * Runs the command; everything but reading arguments is loaded only when it is needed.
 *
 * @param argv the arguments after the command's name
 * @returns the exit code; it never throws and never ends the process
 */
export async function runCli(argv: readonly string[], context: CliContext, seams: CliSeams = {}): Promise<number> {
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

async function runCommand(command: Command, context: CliContext, seams: CliSeams): Promise<number> {
  switch (command.kind) {
    case "help":
      context.stdout.write((await import("./help.ts")).help);
      return exitCodes.done;
    case "version":
      context.stdout.write(`${(await import("../platform/this-package.ts")).packageVersion()}\n`);
      return exitCodes.done;
    case "list":
      context.stdout.write(await listTransforms(command.json));
      return exitCodes.done;
    case "misuse":
      return misuse(command.message, context);
    case "migrate":
      return migrate(command, context, seams);
    case "verify":
      return verify(command, context, seams);
  }
}

async function migrate(command: MigrateCommand, context: CliContext, seams: CliSeams): Promise<number> {
  const { runMigration, unknownTransforms } = await import("../migrate/run.ts");
  const unknown = await unknownTransforms(command.transforms);
  if (unknown !== undefined) return misuse(unknown, context);

  const prove = await proverFor(command, seams);
  const run = await runMigration(command.paths, runOptions(command, context), { ...seams, ...(prove && { prove }) });
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

async function proverFor(command: MigrateCommand, { sandbox }: CliSeams): Promise<Seams["prove"]> {
  if (command.proof === undefined) return undefined;
  const { proveUnits } = await import("../verify/prove-run.ts");
  const options = { ...(await proofOptions(command.proof)), force: command.force, ...(sandbox && { child: sandbox }) };
  return (units) => proveUnits(units, options);
}

async function proofOptions({ scenarios, seed }: ProofRequest): Promise<{ scenarios: number; seed: number }> {
  const { DEFAULT_PROOF } = await import("../verify/function-proof.ts");
  return { scenarios: scenarios ?? DEFAULT_PROOF.scenarios, seed: seed ?? DEFAULT_PROOF.seed };
}

async function verify(command: VerifyCommand, context: CliContext, { sandbox }: CliSeams): Promise<number> {
  const { BadPath, verifyPaths } = await import("../verify/verify-paths.ts");
  const { style } = command;
  const options = {
    cwd: context.cwd,
    style,
    ...(await proofOptions(command.proof)),
    ...(sandbox && { child: sandbox }),
  };
  try {
    const result = await verifyPaths(command.old, command.new, options);
    const { colorsFor } = await import("../report/colors.ts");
    const { renderVerification, verificationExitCode } = await import("../report/proof.ts");
    const colors = colorsFor(context.stdout.isTTY === true, context.env);
    const json = `${JSON.stringify(result, undefined, 2)}\n`;
    context.stdout.write(command.json ? json : renderVerification(result, colors));
    return verificationExitCode(result);
  } catch (error) {
    if (error instanceof BadPath) return misuse(error.message, context);
    throw error;
  }
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
    ownAccounts: command.ownAccounts,
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
