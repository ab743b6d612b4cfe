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

/** Wide enough for two columns, narrow enough for a terminal beside an editor; at most that of the terminal. */
const HELP_WIDTH = 100;
/** Below that, nothing can stand beside the name of an option. */
const MIN_HELP_WIDTH = 40;
const MIN_MEANING_WIDTH = 12;

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
    .configureOutput({ writeErr: () => undefined, getOutHasColors: () => false });
}

/** The help of a command, on a terminal of so many columns. */
export function helpOf(command: Command, columns = HELP_WIDTH): string {
  let help = "";
  const helpWidth = Math.min(Math.max(columns, MIN_HELP_WIDTH), HELP_WIDTH);
  command.configureHelp({ helpWidth, minWidthToWrap: MIN_MEANING_WIDTH });
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
 * @param columns of the terminal on which help would be printed
 * @throws {Misuse} where they don't fit its definition
 * @throws {HelpAsked} where they ask for help
 */
export function parse(command: Command, argv: readonly string[], columns?: number): Command {
  command.configureOutput({ writeOut: () => undefined });
  try {
    return command.parse(argv, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === "commander.helpDisplayed") throw new HelpAsked(helpOf(command, columns));
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
