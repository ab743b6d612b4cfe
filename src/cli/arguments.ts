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
  /** The account that the functions run on: its number, or names of what holds it. */
  readonly ownAccounts: readonly string[];
  readonly dryRun: boolean;
  readonly diff: boolean;
  readonly check: boolean;
  readonly json: boolean;
  readonly concurrency: number | undefined;
  /** Run every function before and after its migration; undefined when that was not asked for. */
  readonly proof: ProofRequest | undefined;
  /** Write functions that differ all the same. */
  readonly force: boolean;
}

/** How much of a proof was asked for; what was not said is undefined. */
export interface ProofRequest {
  readonly scenarios: number | undefined;
  readonly seed: number | undefined;
}

export interface VerifyCommand {
  readonly kind: "verify";
  readonly old: string;
  readonly new: string;
  readonly style: Style;
  readonly json: boolean;
  readonly proof: ProofRequest;
}

/** What the user asked for. */
export type Command =
  | MigrateCommand
  | VerifyCommand
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
  "own-account": { type: "string", multiple: true },
  concurrency: { type: "string" },
  verify: { type: "boolean" },
  force: { type: "boolean" },
  scenarios: { type: "string" },
  seed: { type: "string" },
  list: { type: "boolean" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
} as const satisfies NonNullable<ParseArgsConfig["options"]>;

/** Words that are commands wherever they stand: a path of that name is written `./verify`. */
const commands = ["verify"] as const;

/** The options that `verify` takes. */
const verifyOptions: ReadonlySet<string> = new Set(["json", "style", "scenarios", "seed", "help", "version"]);

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
  const [first, ...rest] = positionals;
  const misplaced = rest.find((word) => isCommand(word));
  if (misplaced !== undefined) {
    return misuse(`${misplaced} is a command and stands first; write ./${misplaced} for a path of that name`);
  }
  return first !== undefined && isCommand(first) ? readVerify(values, rest) : readMigrate(values, positionals);
}

function isCommand(word: string): boolean {
  return commands.some((command) => command === word);
}

function readVerify(values: Values, paths: readonly string[]): Command {
  const [oldPath, newPath, ...more] = paths;
  const foreign = Object.keys(values).find((name) => !verifyOptions.has(name));
  if (foreign !== undefined) return misuse(`--${foreign} is no option of verify`);
  if (oldPath === undefined || newPath === undefined || more.length > 0) {
    return misuse(`verify takes two paths, the V1 one and the V2 one; ${String(paths.length)} given`);
  }
  const style = values.style ?? "faithful";
  if (!isStyle(style)) return misuse(`unknown style "${style}"; known are faithful, idiomatic`);
  const proof = readProof(values);
  if (typeof proof === "string") return misuse(proof);
  return { kind: "verify", old: oldPath, new: newPath, style, json: values.json === true, proof };
}

/** The numbers of a proof, or what is wrong with them. */
function readProof({ scenarios, seed }: Values): ProofRequest | string {
  if (scenarios !== undefined && !/^[1-9]\d{0,3}$/u.test(scenarios)) {
    return `--scenarios takes a number from 1 to 9999, not "${scenarios}"`;
  }
  if (seed !== undefined && !/^\d{1,9}$/u.test(seed)) return `--seed takes a whole number, not "${seed}"`;
  return { scenarios: numberOf(scenarios), seed: numberOf(seed) };
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
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
  const ownAccounts = [...new Set(values["own-account"])];
  if (ownAccounts.includes("")) {
    return misuse("--own-account takes the number of an account, or the name of what holds it");
  }
  const concurrency = values.concurrency === undefined ? undefined : Number(values.concurrency);
  if (concurrency !== undefined && !isThreadCount(concurrency)) {
    return misuse(`--concurrency takes a number of threads from 1 to 256, not "${values.concurrency ?? ""}"`);
  }
  if (values.json === true && values.diff === true) {
    return misuse("--json and --diff cannot be combined: with --json nothing but the result is printed");
  }
  const proof = readProof(values);
  if (typeof proof === "string") return misuse(proof);
  const lonely = (["force", "scenarios", "seed"] as const).find((name) => values[name] !== undefined);
  if (values.verify !== true && lonely !== undefined)
    return misuse(`--${lonely} belongs to --verify, which is not there`);
  if (paths.length === 0) return misuse("no path was given; name files, folders or globs to migrate");
  return {
    kind: "migrate",
    paths,
    style,
    transforms: [...new Set(values.transform)],
    packages,
    ownAccounts,
    dryRun: values["dry-run"] === true,
    diff: values.diff === true,
    check: values.check === true,
    json: values.json === true,
    concurrency,
    proof: values.verify === true ? proof : undefined,
    force: values.force === true,
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
