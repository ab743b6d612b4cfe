import type { Command } from "commander";

import { readProjectOptions } from "../configuration/project-options.ts";
import type { CliContext, CliSeams } from "../context.ts";
import { readProof } from "../option-values.ts";
import { Misuse, createParser } from "../parser.ts";
import { proofOptions } from "../proof-options.ts";

interface Values {
  readonly json?: true;
  readonly verbose?: true;
  readonly style?: string;
  readonly scenarios?: string;
  readonly seed?: string;
}

const description =
  "Compares two files, or the functions of two folders, by running them: the V1 function and the V2 one in one " +
  "simulated environment. It writes nothing. The exit code is 0 when all behave the same, 1 when one differs or " +
  "could not be run, and 2 for wrong usage.";

export function define(): Command {
  return createParser("faas-migrate verify", "[options] <old> <new>", description)
    .argument("[paths...]")
    .option(
      "--style <style>",
      "the style of the migration, faithful or idiomatic: it says which differences are intended",
    )
    .option("--scenarios <n>", "try at most so many scenarios for each function (64)")
    .option("--seed <n>", "another order of the scenarios")
    .option("--json", "print one JSON object with the result, and nothing else, on standard output")
    .option("--verbose", "list every function on a terminal too, however many there are");
}

export async function run(parsed: Command, context: CliContext, { sandbox }: CliSeams): Promise<number> {
  const values = parsed.opts<Values>();
  const [oldPath, newPath] = parsed.args;
  if (oldPath === undefined || newPath === undefined || parsed.args.length > 2) {
    throw new Misuse(`verify takes two paths, the V1 one and the V2 one; ${String(parsed.args.length)} given`);
  }
  const { style } = readProjectOptions(values);
  const proof = await proofOptions(readProof(values));
  const { style: configured } = await (
    await import("../configuration/configuration.ts")
  ).readConfiguration(context.cwd);
  const options = {
    cwd: context.cwd,
    style: style ?? configured ?? "faithful",
    ...proof,
    ...(sandbox && { child: sandbox }),
  };
  const { BadPath, verifyPaths } = await import("../../verify/verify-paths.ts");
  try {
    const result = await verifyPaths(oldPath, newPath, options);
    const { colorsFor } = await import("../../report/colors.ts");
    const { verificationExitCode } = await import("../../report/proof.ts");
    const { renderVerification } = await import("../../report/lists.ts");
    const colors = colorsFor(context.stdout.isTTY === true, context.env);
    const json = `${JSON.stringify(result, undefined, 2)}\n`;
    const isTerminal = context.stdout.isTTY === true;
    const columns = isTerminal ? context.stdout.columns : undefined;
    const style = { isVerbose: values.verbose === true || !isTerminal, columns };
    context.stdout.write(values.json === true ? json : renderVerification(result, colors, style));
    return verificationExitCode(result);
  } catch (error) {
    if (error instanceof BadPath) throw new Misuse(error.message);
    throw error;
  }
}
