import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import type { Command } from "commander";

import { exitCodes } from "../../report/summary.ts";
import type { CliContext, CliSeams } from "../context.ts";
import { demoFunctions } from "../demo-functions.ts";
import { Misuse, createParser } from "../parser.ts";
import { endingSignals } from "../signals.ts";

const description =
  "Migrates three sample functions and shows what a run on your own functions would show. It works in a temporary folder " +
  "and leaves nothing behind.";

export function define(): Command {
  return createParser("faas-migrate demo", "[options]", description).argument("[paths...]");
}

export async function run(parsed: Command, context: CliContext, seams: CliSeams): Promise<number> {
  if (parsed.args.length > 0) {
    throw new Misuse(`demo takes no paths; npx faas-migrate --dry-run --diff ${parsed.args.join(" ")} shows yours`);
  }
  let folder: string | undefined;
  const leave = (): void => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  };
  const end = (signal: NodeJS.Signals): void => {
    leave();
    process.kill(process.pid, signal);
  };
  // In front of the folder: a signal right behind its making must find who takes it away.
  for (const signal of endingSignals) process.once(signal, end);
  try {
    folder = mkdtempSync(join(tmpdir(), "faas-migrate-demo-"));
    for (const [path, text] of demoFunctions) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    context.stdout.write(await shown(folder, context, seams));
  } finally {
    for (const signal of endingSignals) process.off(signal, end);
    leave();
  }
  return exitCodes.done;
}

/** One of the changes, and the overview of all: as much as a terminal shows that nobody has made larger. */
async function shown(folder: string, { stdout, env }: CliContext, seams: CliSeams): Promise<string> {
  const { runMigration } = await import("../../migrate/run.ts");
  const { proveUnits } = await import("../../verify/prove-run.ts");
  const { DEFAULT_PROOF } = await import("../../verify/function-proof.ts");
  const { colorsFor } = await import("../../report/colors.ts");
  const { renderPatch } = await import("../../report/patch.ts");
  const { renderTerminal } = await import("../../report/terminal.ts");
  const proof = { ...DEFAULT_PROOF, force: false, ...(seams.sandbox && { child: seams.sandbox }) };
  const prove = (units: Parameters<typeof proveUnits>[0]): ReturnType<typeof proveUnits> => proveUnits(units, proof);
  const { result, changes } = await runMigration(["functions"], { cwd: folder, dryRun: true }, { ...seams, prove });

  const isTerminal = stdout.isTTY === true;
  const colors = colorsFor(isTerminal, env);
  const [first] = changes;
  // Without the three lines that a program wants in front of a patch.
  const patch =
    first === undefined
      ? ""
      : renderPatch(...first, colors, isTerminal)
          .split("\n")
          .slice(3)
          .join("\n");
  const columns = (isTerminal ? stdout.columns : undefined) ?? SCREEN.columns;
  const command = "npx faas-migrate --dry-run --diff functions";
  const lines = SCREEN.lines - patch.split("\n").length - 1;
  const overview = renderTerminal(result, { colors, columns, lines, command });
  return `${colors.bold("Three sample functions of V1. The first one, before and after:")}\n${patch}\n${overview}`;
}

const SCREEN = { lines: 24, columns: 80 };
