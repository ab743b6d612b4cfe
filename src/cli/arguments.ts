import type { ParseArgsConfig } from "node:util";
import { parseArgs } from "node:util";

import { packageChoices } from "../platform/package-choices.ts";
import type { PackageChoice } from "../platform/package-choices.ts";
import type { Style } from "../migrate/migrate-source.ts";

export interface MigrateCommand {
  readonly kind: "migrate";
  readonly paths: readonly string[];
  readonly style: Style;
  /** Ids as the user gave them; whether they exist is not known here. Empty for all. */
  readonly transforms: readonly string[];
  /** V2 packages to use in the place of those of V1. */
  readonly packages: readonly PackageChoice[];
  readonly dryRun: boolean;
  readonly diff: boolean;
  readonly check: boolean;
  readonly json: boolean;
  readonly concurrency: number | undefined;
}

/** What the user asked for. */
export type Command =
  | MigrateCommand
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | { readonly kind: "list"; readonly json: boolean }
  | { readonly kind: "misuse"; readonly message: string };

const options = {
  "dry-run": { type: "boolean" },
  diff: { type: "boolean" },
  check: { type: "boolean" },
  json: { type: "boolean" },
  transform: { type: "string", multiple: true },
  style: { type: "string" },
  packages: { type: "string", multiple: true },
  concurrency: { type: "string" },
  list: { type: "boolean" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
} as const satisfies NonNullable<ParseArgsConfig["options"]>;

type Values = ReturnType<typeof parse>["values"];

/** Reads the arguments that follow the command's name. Touches no file and prints nothing. */
export function readArguments(argv: readonly string[]): Command {
  const unknown = unknownOption(argv);
  if (unknown !== undefined) return misuse(`unknown option ${unknown}${similarOption(unknown)}`);
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(argv);
  } catch (error) {
    return misuse(error instanceof Error ? (error.message.split("\n")[0] ?? error.message) : String(error));
  }
  const { values, positionals } = parsed;
  if (values.help === true) return { kind: "help" };
  if (values.version === true) return { kind: "version" };
  if (values.list === true) return { kind: "list", json: values.json === true };
  return readMigrate(values, positionals);
}

function parse(argv: readonly string[]) {
  return parseArgs({ args: [...argv], options, allowPositionals: true });
}

function readMigrate(values: Values, paths: readonly string[]): Command {
  const style = values.style ?? "faithful";
  if (!isStyle(style)) return misuse(`unknown style "${style}"; known are faithful, idiomatic`);
  const packages = [...new Set(values.packages)];
  if (!packages.every(isPackageChoice)) {
    return misuse(`unknown package "${packages.join('", "')}"; known are ${packageChoices.join(", ")}`);
  }
  const concurrency = values.concurrency === undefined ? undefined : Number(values.concurrency);
  if (concurrency !== undefined && !isThreadCount(concurrency)) {
    return misuse(`--concurrency takes a number of threads from 1 to 256, not "${values.concurrency ?? ""}"`);
  }
  if (values.json === true && values.diff === true) {
    return misuse("--json and --diff cannot be combined: with --json nothing but the result is printed");
  }
  if (paths.length === 0) return misuse("no path was given; name files, folders or globs to migrate");
  return {
    kind: "migrate",
    paths,
    style,
    transforms: [...new Set(values.transform)],
    packages,
    dryRun: values["dry-run"] === true,
    diff: values.diff === true,
    check: values.check === true,
    json: values.json === true,
    concurrency,
  };
}

function misuse(message: string): Command {
  return { kind: "misuse", message };
}

function isStyle(value: string): value is Style {
  return value === "faithful" || value === "idiomatic";
}

function isPackageChoice(value: string): value is PackageChoice {
  return packageChoices.some((choice) => choice === value);
}

function isThreadCount(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 256;
}

function unknownOption(argv: readonly string[]): string | undefined {
  const { tokens } = parseArgs({ args: [...argv], options, allowPositionals: true, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind === "option" && !Object.hasOwn(options, token.name)) return token.rawName;
  }
  return undefined;
}

function similarOption(unknown: string): string {
  const wanted = unknown.replace(/^-+/u, "").toLowerCase();
  const similar = Object.keys(options).find(
    (name) => wanted.length > 1 && (name.startsWith(wanted) || wanted.startsWith(name) || isOneEditAway(name, wanted)),
  );
  return similar === undefined ? "" : `; did you mean --${similar}?`;
}

/** Whether one inserted, dropped, replaced or swapped letter, or left out hyphen, makes the two the same. */
function isOneEditAway(left: string, right: string): boolean {
  const [a, b] = [left.replaceAll("-", ""), right.replaceAll("-", "")];
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  return (
    a === b ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    restA.slice(1) === restB.slice(1) ||
    (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
  );
}
