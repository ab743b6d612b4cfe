import type { Command } from "commander";

import { exitCodes } from "../../report/summary.ts";
import type { CliContext } from "../context.ts";
import { Misuse, createParser } from "../parser.ts";

const description =
  "Brings back what the last run has changed in this repository: every file is, byte for byte, what it was before. " +
  "When a file was changed since that run, nothing is undone, and you see which one. Run it again to undo the run " +
  "before. Until then the originals are in .faas-migrate/backup.";

export function define(): Command {
  return createParser("faas-migrate undo", "[options]", description)
    .argument("[paths...]")
    .option("--keep-changed", "keep functions that were changed since the run, and bring back the others")
    .option("--verbose", "list every file, however many there are");
}

export async function run(parsed: Command, { cwd, stdout, stderr }: CliContext): Promise<number> {
  if (parsed.args.length > 0) throw new Misuse("undo takes no paths: it undoes the last run as a whole");
  const { undo } = await import("../../migrate/undo.ts");
  const { printable } = await import("../../platform/printable.ts");
  const { filesDone, someOf } = await import("../../report/lists.ts");
  const { keepChanged, verbose } = parsed.opts<{ keepChanged?: true; verbose?: true }>();
  const style = { isVerbose: verbose === true, columns: stdout.isTTY === true ? stdout.columns : undefined };
  const result = await undo(cwd, keepChanged === true);
  const say = (output: typeof stdout, line: string): boolean => output.write(`${printable(line)}\n`);
  switch (result.kind) {
    case "nothing":
      say(stdout, "Nothing to undo: no run has changed anything here.");
      return exitCodes.done;
    case "problem":
      say(stderr, `faas-migrate: ${result.message}`);
      return exitCodes.badInput;
    case "refused":
      for (const line of someOf(
        result.changed.map(({ path }) => `faas-migrate: ${path} was changed since the run`),
        "file",
        style,
      )) {
        say(stderr, line);
      }
      say(stderr, "faas-migrate: nothing was undone; add --keep-changed to bring back the other functions");
      return exitCodes.badInput;
    case "undone":
      for (const line of filesDone("restored", result.restored, style)) say(stdout, line);
      for (const { path, original } of result.changed) {
        say(stderr, `faas-migrate: ${path} was changed since the run and stays as it is; its original is ${original}`);
      }
      say(
        stdout,
        `${String(result.restored.length)} ${result.restored.length === 1 ? "file is" : "files are"} as before the run.`,
      );
      return result.changed.length > 0 ? exitCodes.needsPerson : exitCodes.done;
  }
}
