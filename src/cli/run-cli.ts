import { exitCodes } from "../report/summary.ts";
import { commandTable } from "./command-table.ts";
import type { CliContext, CliSeams } from "./context.ts";
import { tolerateClosedReader } from "./output.ts";
import { HelpAsked, Misuse, parse } from "./parser.ts";

/**
 * Runs the command; everything but reading arguments is loaded only when it is needed.
 *
 * @param argv the arguments after the command's name
 * @returns the exit code; it never throws and never ends the process
 */
export async function runCli(argv: readonly string[], context: CliContext, seams: CliSeams = {}): Promise<number> {
  tolerateClosedReader(context.stdout);
  tolerateClosedReader(context.stderr);
  const [first = "", ...rest] = argv;
  const named = commandTable.get(first);
  try {
    const { define, run } = await (named === undefined ? import("./commands/migrate.ts") : named.load());
    return await run(parse(define(), named === undefined ? argv : rest), context, seams);
  } catch (error) {
    if (error instanceof HelpAsked) {
      context.stdout.write(error.message);
      return exitCodes.done;
    }
    if (error instanceof Misuse) {
      const command = named === undefined ? "faas-migrate" : `faas-migrate ${first}`;
      context.stderr.write(`faas-migrate: ${error.message}\nRun ${command} --help for the options.\n`);
      return exitCodes.badInput;
    }
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    context.stderr.write(`faas-migrate: internal error, please report it: ${message}\n`);
    return exitCodes.internalError;
  }
}
