import type { Command } from "commander";

import { printable } from "../../platform/printable.ts";
import { exitCodes } from "../../report/summary.ts";
import type { CliContext } from "../context.ts";
import { Misuse, createParser } from "../parser.ts";

const description =
  "Lists the TODO comments that --insert-todos has written, in files, folders or globs; in the whole folder where you " +
  "give none. It writes nothing. The exit code is 1 when there are any.";

export function define(): Command {
  return createParser("faas-migrate todo", "[options] [paths...]", description)
    .argument("[paths...]")
    .option("--verbose", "list every comment on a terminal too, however many there are");
}

export async function run(parsed: Command, { cwd, stdout, stderr, env }: CliContext): Promise<number> {
  const { readConfiguration } = await import("../configuration/configuration.ts");
  const { isIgnored } = (await readConfiguration(cwd)).rulesFor({});
  const { discover } = await import("../../migrate/discover.ts");
  const { files, errors, badPaths } = await discover(parsed.args.length > 0 ? parsed.args : ["."], cwd, { isIgnored });
  const [error] = errors;
  if (badPaths > 0 && error !== undefined) throw new Misuse(`${error.path} ${error.message}`);
  const { colorsFor } = await import("../../report/colors.ts");
  const { renderErrors } = await import("../../report/terminal.ts");
  stderr.write(renderErrors(errors, colorsFor(stderr.isTTY === true, env)));

  const colors = colorsFor(stdout.isTTY === true, env);
  const { standingTodos } = await import("../../migrate/run-todos.ts");
  const todos = standingTodos(files);
  const lines = todos.map(({ path, line, column, id, message }) => {
    const place = printable(`${path}:${String(line)}:${String(column)}`);
    return `${place}   ${printable(message)}   ${colors.cyan(id)}`;
  });
  // A program that reads the list takes all of it.
  const isVerbose = parsed.opts<{ verbose?: true }>().verbose === true || stdout.isTTY !== true;
  const { someOf } = await import("../../report/lists.ts");
  for (const line of someOf(lines, "TODO comment", { isVerbose })) stdout.write(`${line}\n`);
  if (todos.length === 0) stdout.write("There is no TODO comment of faas-migrate.\n");
  if (errors.length > 0) return exitCodes.badInput;
  return todos.length > 0 ? exitCodes.needsPerson : exitCodes.done;
}
