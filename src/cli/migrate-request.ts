import type { Command } from "commander";

import { commandTable } from "./command-table.ts";
import type { Shard } from "../migrate/run-result.ts";
import type { ProjectChoices } from "./configuration/project-options.ts";
import { addProjectOption, projectOptions, readProjectOptions } from "./configuration/project-options.ts";
import type { ProofRequest } from "./option-values.ts";
import { collect, readNumber, readProof } from "./option-values.ts";
import { Misuse, createParser } from "./parser.ts";
import { checkReports } from "./reports.ts";

/** A migration as the user asked for it. */
export interface MigrateRequest {
  readonly paths: readonly string[];
  /** Ids as the user gave them; whether they exist is not known here. Empty for all. */
  readonly transforms: readonly string[];
  /** What the configuration may say too: this wins. */
  readonly choices: ProjectChoices;
  readonly dryRun: boolean;
  readonly diff: boolean;
  readonly check: boolean;
  /** What must be done outside the code counts as work. */
  readonly strict: boolean;
  readonly verbose: boolean;
  /** Ask about each function. */
  readonly interactive: boolean;
  /** Write a comment above each place that needs a person. */
  readonly insertTodos: boolean;
  /** Write files too that git could not bring back. */
  readonly allowDirty: boolean;
  /** Files to write reports to; their endings say which. */
  readonly reports: readonly string[];
  readonly json: boolean;
  /** Migrate standard input, as the content of this file. */
  readonly stdinPath: string | undefined;
  /** Take only a part of the functions. */
  readonly shard: Shard | undefined;
  readonly concurrency: number | undefined;
  /** Migrate no text again of which an earlier run has kept the result. */
  readonly cache: boolean;
  /** Run every function before and after its migration; undefined when that was not asked for. */
  readonly proof: ProofRequest | undefined;
  /** Write functions that differ all the same. */
  readonly force: boolean;
  /** Check the types of what is about to be written. */
  readonly typecheck: boolean;
}

interface Values {
  readonly dryRun?: true;
  readonly diff?: true;
  readonly check?: true;
  readonly strict?: true;
  readonly insertTodos?: true;
  readonly verbose?: true;
  readonly interactive?: true;
  readonly allowDirty?: true;
  readonly report?: readonly string[];
  readonly json?: true;
  readonly stdin?: true;
  readonly stdinFilepath?: string;
  readonly shard?: string;
  readonly transform?: readonly string[];
  readonly concurrency?: string;
  readonly cache: boolean;
  readonly verify?: true;
  readonly scenarios?: string;
  readonly seed?: string;
  readonly force?: true;
  readonly typecheck?: true;
  readonly bundleLocal?: true;
}

const usage = "[options] <paths...>\n       faas-migrate <command> [options]";

const description =
  "Migrates LivePerson Functions from V1 to V2, in place, each with its config.json. A path is a file, folder or glob; " +
  "node_modules, unit tests and what git ignores are left out.";

/** The command line of the migration; the one without a command's name. */
export function defineMigrate(): Command {
  const command = createParser("faas-migrate", usage, description)
    .argument("[paths...]")
    .option("--dry-run", "write nothing, say what would be done")
    .option("--diff", "print each change as a unified diff; add --dry-run to see it first")
    .option("--check", "write nothing; exit 1 when a file would change or needs a person")
    .option("--strict", "exit 1 also when something is left to do outside the code")
    .option("--interactive", "show each change and ask: accept, skip, edit or quit")
    .option("--insert-todos", "write a TODO comment above each place that needs a person")
    .option("--verbose", "show everything: each function, and each change with its places")
    .option("--allow-dirty", "also write files that are not committed to git; undo brings them back")
    .option("--report <file>", "write a report (.md .html .json .sarif .codequality.json); may repeat", collect)
    .option("--json", "print one JSON object, and nothing else, on standard output")
    .option("--stdin", "migrate standard input to standard output, for editors")
    .option("--stdin-filepath <path>", "with --stdin: the path of that file; nothing is written to it")
    .option("--shard <i/n>", "take the i-th of n parts of the functions; see merge-reports")
    .option("--transform <id>", "run only this transform; may repeat", collect);
  for (const { key } of projectOptions) addProjectOption(command, key);
  return command
    .option("--concurrency <n>", "worker threads; by default none for fewer than 250 files")
    .option("--no-cache", "migrate everything again, without .faas-migrate/cache")
    .option("--verify", "run each function before and after, simulated; write none that differs")
    .option("--scenarios <n>", "with --verify: try at most so many scenarios for each function (64)")
    .option("--seed <n>", "with --verify: another order of the scenarios")
    .option("--force", "with --verify: also write functions that differ")
    .option("--typecheck", "check results with TypeScript; report errors that originals do not have")
    .option("--list", "print the transforms and what they do")
    .option("-v, --version", "print the version");
}

/**
 * What the parsed command line asks for. Touches no file.
 *
 * @throws {Misuse} where a value is wrong, or two options contradict each other
 */
export function readMigrate(parsed: Command): MigrateRequest {
  const values = parsed.opts<Values>();
  const choices = readProjectOptions(values);
  const concurrency = readThreads(values.concurrency);
  const proof = readProof(values);
  refuseContradictions(values);
  checkReports(values.report ?? []);
  const stdinPath = readStdin(values, parsed.args);
  return {
    paths: stdinPath === undefined ? readPaths(parsed.args) : [],
    transforms: values.transform ?? [],
    choices,
    dryRun: values.dryRun === true,
    diff: values.diff === true,
    check: values.check === true,
    strict: values.strict === true,
    verbose: values.verbose === true,
    interactive: values.interactive === true,
    insertTodos: values.insertTodos === true,
    allowDirty: values.allowDirty === true,
    reports: values.report ?? [],
    json: values.json === true,
    stdinPath,
    shard: readShard(values.shard),
    concurrency,
    cache: values.cache,
    proof: values.verify === true ? proof : undefined,
    force: values.force === true,
    typecheck: values.typecheck === true,
  };
}

/** What makes no sense where a person is asked: it writes nothing, prints something else, or writes what was not asked. */
const ofDialogues = ["dryRun", "check", "diff", "json", "stdin", "insertTodos"] as const;

function refuseContradictions(values: Values): void {
  if (values.json === true && values.diff === true) {
    throw new Misuse("--json and --diff cannot be combined: with --json nothing but the result is printed");
  }
  if (values.insertTodos === true && values.transform !== undefined) {
    throw new Misuse("--insert-todos and --transform cannot be combined: single transforms do not find all reasons");
  }
  if (values.bundleLocal === true && values.transform !== undefined) {
    throw new Misuse("--bundle-local and --transform cannot be combined: only all transforms make one file of several");
  }
  const silent = ofDialogues.find((name) => values[name] !== undefined);
  if (values.interactive === true && silent !== undefined) {
    throw new Misuse(`--interactive and --${dashed(silent)} cannot be combined`);
  }
  const lonely = (["force", "scenarios", "seed"] as const).find((name) => values[name] !== undefined);
  if (values.verify !== true && lonely !== undefined) {
    throw new Misuse(`--${lonely} needs --verify`);
  }
}

function readPaths(paths: readonly string[]): readonly string[] {
  const command = paths.find((word) => commandTable.has(word));
  if (command !== undefined) {
    throw new Misuse(`${command} is a command, so it must come first; write ./${command} for a path of that name`);
  }
  if (paths.length === 0) throw new Misuse("no path was given; name files, folders or globs to migrate");
  return paths;
}

/** What --stdin can't do: it has no overview, no report, and no file to write. */
const ofRuns = ["diff", "check", "report", "json", "verify", "typecheck", "insertTodos", "shard"] as const;

function readStdin(values: Values, paths: readonly string[]): string | undefined {
  const { stdin, stdinFilepath } = values;
  if (stdin !== true && stdinFilepath === undefined) return undefined;
  if (stdin !== true) throw new Misuse("--stdin-filepath needs --stdin");
  if (stdinFilepath === undefined || stdinFilepath === "") {
    throw new Misuse("--stdin needs --stdin-filepath: the path of the file that the text belongs to");
  }
  if (paths.length > 0) throw new Misuse("--stdin takes no path but that of --stdin-filepath");
  const wrong = ofRuns.find((name) => values[name] !== undefined);
  if (wrong === undefined) return stdinFilepath;
  throw new Misuse(`--stdin and --${dashed(wrong)} cannot be combined`);
}

/** The name of an option as users write it. */
function dashed(name: string): string {
  return name.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
}

function readShard(text: string | undefined): Shard | undefined {
  if (text === undefined) return undefined;
  const { index, of } = /^(?<index>[1-9]\d{0,3})\/(?<of>[1-9]\d{0,3})$/u.exec(text)?.groups ?? {};
  const shard = { index: Number(index), of: Number(of) };
  if (shard.index <= shard.of) return shard;
  throw new Misuse(`--shard takes a part and the number of parts, such as 2/4, not "${text}"`);
}

function readThreads(text: string | undefined): number | undefined {
  const rule = "--concurrency takes a number of threads from 1 to 256";
  const threads = readNumber(text, /^[1-9]\d{0,2}$/u, rule);
  if (threads !== undefined && threads > 256) throw new Misuse(`${rule}, not "${String(threads)}"`);
  return threads;
}
