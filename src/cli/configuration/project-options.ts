import type { Command } from "commander";

import type { MigrateOptions, Style } from "../../migrate/migrate-source.ts";
import { packageChoices } from "../../platform/package-choices.ts";
import { collect } from "../option-values.ts";
import { Misuse } from "../parser.ts";

/** What a project, or a part of it, wants of its migration; what was not said is left out. */
export type ProjectChoices = Partial<Pick<MigrateOptions, "style" | "packages" | "ownAccounts" | "bundleLocal">>;

/** An option that the command line and the configuration share. */
export interface ProjectOption {
  /** Its key in the configuration. */
  readonly key: string;
  /** Its place in the options of a migration. */
  readonly field: keyof ProjectChoices;
  readonly flags: string;
  readonly help: string;
  readonly isList: boolean;
  /** Whether it is said or not, without a value; true in the configuration. */
  readonly isSwitch?: boolean;
  /** All values that it may have; undefined where any text will do that is not empty. */
  readonly choices?: readonly string[];
  /** What one value is: a word for messages. */
  readonly noun: string;
}

const styles: readonly Style[] = ["faithful", "idiomatic"];

/** The one list of them: the parser, the help, the configuration, its schema and the documentation read it. */
export const projectOptions: readonly ProjectOption[] = [
  {
    key: "style",
    field: "style",
    flags: "--style <style>",
    help: "faithful (default): as V1 behaves; idiomatic: as the V2 docs write it",
    isList: false,
    choices: styles,
    noun: "style",
  },
  {
    key: "packages",
    field: "packages",
    flags: "--packages <name>",
    help: "use this V2 package: es-toolkit in the place of lodash",
    isList: true,
    choices: packageChoices,
    noun: "package",
  },
  {
    key: "ownAccount",
    field: "ownAccounts",
    flags: "--own-account <id>",
    help: "the functions' account: number, or name of what holds it; may repeat",
    isList: true,
    noun: "account",
  },
  {
    key: "bundleLocal",
    field: "bundleLocal",
    flags: "--bundle-local",
    help: "put what functions use of other files of the project into them",
    isList: false,
    isSwitch: true,
    noun: "switch",
  },
];

/** Adds one of them to a command. */
export function addProjectOption(command: Command, key: string): Command {
  const option = projectOptions.find((each) => each.key === key);
  if (option === undefined) throw new Error(`there is no option ${key}`);
  return option.isList ? command.option(option.flags, option.help, collect) : command.option(option.flags, option.help);
}

/** Whether an option may have a value. */
export function isAllowed({ choices }: ProjectOption, value: string): boolean {
  return choices === undefined ? value !== "" : choices.includes(value);
}

/**
 * What the command line says of them.
 *
 * @param values as the parser gives them, by their keys
 * @throws {Misuse} for a value that an option can't have
 */
export function readProjectOptions(values: object): ProjectChoices {
  const found = projectOptions.flatMap((option): [keyof ProjectChoices, unknown][] => {
    const value = Reflect.get(values, option.key) as string | readonly string[] | true | undefined;
    if (value === undefined) return [];
    if (value === true) return [[option.field, true]];
    const wrong = [value].flat().find((each) => !isAllowed(option, each));
    if (wrong === undefined) return [[option.field, value]];
    const { choices, noun, flags } = option;
    throw new Misuse(
      choices === undefined
        ? `${flags.replace(/ .*/u, "")} takes the number of an ${noun}, or the name of what holds it`
        : `unknown ${noun} "${wrong}"; known are ${choices.join(", ")}`,
    );
  });
  return Object.fromEntries(found);
}
