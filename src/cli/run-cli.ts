import { exitCodes } from "../report/summary.ts";
import { commandTable } from "./command-table.ts";
import type { CliContext, CliSeams } from "./context.ts";
import { tellOfFailure } from "./crash.ts";
import { watchDelivery } from "./output.ts";
import { HelpAsked, Misuse, parse } from "./parser.ts";
import { Interrupted, NOTHING_WRITTEN, exitCodeOfSignal } from "./signals.ts";

/**
 * Runs the command; everything but reading arguments is loaded only when it is needed.
 *
 * @param argv the arguments after the command's name
 * @returns the exit code; it never throws and never ends the process
 */
export async function runCli(argv: readonly string[], context: CliContext, seams: CliSeams = {}): Promise<number> {
  const delivery = watchDelivery(context.stdout);
  watchDelivery(context.stderr);
  const code = await runCommand(argv, context, seams);
  // An output reports its error a moment later.
  await new Promise((resolve) => setImmediate(resolve));
  const failure = delivery.failure();
  if (failure === undefined) return code;
  const why = failure.code === "ENOSPC" ? "the disk is full" : (failure.code ?? failure.message);
  context.stderr.write(`faas-migrate: the output could not be written: ${why}; all else is done\n`);
  return Math.max(code, exitCodes.badInput);
}

async function runCommand(argv: readonly string[], context: CliContext, seams: CliSeams): Promise<number> {
  const [first = "", ...rest] = argv;
  const named = commandTable.get(first);
  try {
    const { define, run } = await (named === undefined ? import("./commands/migrate.ts") : named.load());
    const columns = context.stdout.isTTY === true ? context.stdout.columns : undefined;
    return await run(parse(define(), named === undefined ? argv : rest, columns), context, seams);
  } catch (error) {
    if (error instanceof HelpAsked) {
      context.stdout.write(error.message);
      return exitCodes.done;
    }
    if (error instanceof Interrupted) {
      context.stderr.write(`\n${NOTHING_WRITTEN}`);
      return exitCodeOfSignal("SIGINT");
    }
    if (error instanceof Misuse) {
      const command = named === undefined ? "faas-migrate" : `faas-migrate ${first}`;
      const help = error.isOfArguments ? `Run ${command} --help for the options.\n` : "";
      context.stderr.write(`faas-migrate: ${error.message}\n${help}`);
      return exitCodes.badInput;
    }
    return tellOfFailure(error, context.stderr);
  }
}
