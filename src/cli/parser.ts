import { Command, CommanderError } from "commander";

/** Wrong usage; the message says in one line what to write instead. */
export class Misuse extends Error {
  /** Whether the help of the command says how it is right. */
  readonly isOfArguments: boolean = true;
}

/** A file that is named on the command line could not be written. */
export class NotWritten extends Misuse {
  override readonly isOfArguments = false;
}

/** Not a fault: the user asked for the help, which the message holds. */
export class HelpAsked extends Error {}

/** Wide enough for two columns, narrow enough for a terminal beside an editor. */
const HELP_WIDTH = 100;

/**
 * A command to which arguments and options can be added.
 *
 * @param name as the user writes it: `faas-migrate verify`
 * @param usage what follows the name
 * @param description what it does, as sentences
 */
export function createParser(name: string, usage: string, description: string): Command {
  return new Command(name)
    .usage(usage)
    .description(description)
    .helpOption("-h, --help", "print this")
    .helpCommand(false)
    .exitOverride()
    .configureHelp({ helpWidth: HELP_WIDTH })
    .configureOutput({ writeErr: () => undefined, getOutHasColors: () => false });
}

/** The help of a command. */
export function helpOf(command: Command): string {
  let help = "";
  command.configureOutput({
    writeOut: (text) => {
      help += text;
    },
  });
  command.outputHelp();
  return help;
}

/**
 * Reads arguments into a command.
 *
 * @throws {Misuse} where they don't fit its definition
 * @throws {HelpAsked} where they ask for help
 */
export function parse(command: Command, argv: readonly string[]): Command {
  command.configureOutput({ writeOut: () => undefined });
  try {
    return command.parse(argv, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === "commander.helpDisplayed") throw new HelpAsked(helpOf(command));
    throw new Misuse(needlessValue(command, error.message) ?? oneLine(error.message));
  }
}

/** What is wrong with `--json=yes`, which is an option that is known, but takes no value. */
function needlessValue({ options }: Command, message: string): string | undefined {
  const [, flag] = /^error: unknown option '(?<flag>--[^=']+)=/u.exec(message) ?? [];
  return options.some(({ long }) => long === flag) ? `${String(flag)} takes no value` : undefined;
}

/** `error: unknown option '--x'`, and on a line of its own `(Did you mean --y?)`. */
function oneLine(message: string): string {
  const [first = "", guess] = message.split("\n");
  const [, similar] = /^\(Did you mean (?<similar>.+)\?\)$/u.exec(guess ?? "") ?? [];
  const name = /^error: unknown option '(?<name>-[^-'][^']*)'$/u.exec(first)?.groups?.["name"];
  if (name !== undefined && similar === undefined)
    return `unknown option '${name}'; write ./${name} for a path of that name`;
  return first.replace(/^error: /u, "") + (similar === undefined ? "" : `; did you mean ${similar}?`);
}
