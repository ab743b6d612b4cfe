import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { PassThrough, Readable } from "node:stream";

import ts from "typescript";
import { onTestFinished } from "vitest";

import { commandTable } from "../../src/cli/command-table.ts";
import { defineMigrate, readMigrate } from "../../src/cli/migrate-request.ts";
import { HelpAsked, Misuse, parse } from "../../src/cli/parser.ts";
import { runCli } from "../../src/cli/run-cli.ts";
import type { Remark, SourceResult } from "../../src/migrate/result.ts";
import type { MigrateSource } from "../../src/migrate/run-outcome.ts";

/** The smallest V1 function; `fakeMigrate` turns it into `v2Function`. */
export const v1Function = 'const { Toolbelt } = require("lp-faas-toolbelt");\n';
export const v2Function = 'const { Toolbelt } = require("core-functions-toolbelt");\n';

export function remark(id: string, line = 1, column = 1): Remark {
  return { id, message: `About ${id}.`, line, column };
}

/** A result with nothing in it but what a test is about. */
export function sourceResult(parts: Partial<SourceResult>): SourceResult {
  return { verdict: "unchanged", text: "", transforms: [], differences: [], reasons: [], followUps: [], ...parts };
}

/** A migration of one word. Words in the text make it refuse, fail, or find something. */
export const fakeMigrate: MigrateSource = (_path, text) => {
  if (text.includes("BROKEN")) throw new Error("the tool\nis broken");
  if (text.includes("REFUSE")) return sourceResult({ verdict: "refused", text, reasons: [remark("too-odd", 2, 3)] });
  const after = text.replaceAll("lp-faas-toolbelt", "core-functions-toolbelt");
  if (after === text) return sourceResult({ text });
  return sourceResult({
    verdict: text.includes("MECHANICAL") ? "mechanical" : "migrated",
    text: after,
    transforms: ["require-to-import"],
    differences: [remark("secret-cached")],
    reasons: text.includes("LOOK") ? [remark("likely-bug")] : [],
    followUps: [remark("set-runtime")],
  });
};

/** A new folder with files by relative path; removed after the test. */
export function tempFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "faas-migrate-")));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  chmodSync(folder, 0o755);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** The names in a folder, but for what the command keeps for `undo`. */
export function namesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name !== ".faas-migrate")
    .sort();
}

export function contentOf(folder: string, path: string): string {
  return readFileSync(join(folder, path), "utf8");
}

export interface CliRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliSettings {
  readonly isTTY?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** What stands on standard input, or a person who does not answer. */
  readonly stdin?: string | Uint8Array | PassThrough;
  readonly migrateSource?: MigrateSource;
  /** The compiled program of a sandbox. */
  readonly sandbox?: URL;
  /** Leave what git says out of it, as tests that are not about it do; true when left out. */
  readonly allowDirty?: boolean;
}

/** Runs the command in this process, with `fakeMigrate` unless told otherwise. */
export async function cli(cwd: string, argv: readonly string[], settings: CliSettings = {}): Promise<CliRun> {
  const [stdout, stderr] = [new TestOutput(settings.isTTY ?? false), new TestOutput(settings.isTTY ?? false)];
  const stdin = Object.assign(inputOf(settings.stdin), { isTTY: settings.isTTY ?? false });
  const context = { stdin, stdout, stderr, cwd, env: settings.env ?? {} };
  const { migrateSource = fakeMigrate, sandbox } = settings;
  const isWriting =
    argv[0] !== undefined && !commandTable.has(argv[0]) && !argv.some((word) => /^--(?:dry-run|check)$/u.test(word));
  const words = isWriting && settings.allowDirty !== false ? ["--allow-dirty", ...argv] : argv;
  const code = await runCli(words, context, { migrateSource, ...(sandbox && { sandbox }) });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

function inputOf(given: CliSettings["stdin"]): Readable {
  if (given instanceof PassThrough) return given;
  return Readable.from(given === undefined ? [] : [Buffer.from(given)]);
}

/** What is wrong with arguments by their form, without running anything; undefined when they are good. */
export async function misuseOf(argv: readonly string[]): Promise<string | undefined> {
  const [first = "", ...rest] = argv;
  const named = await commandTable.get(first)?.load();
  try {
    if (named !== undefined) parse(named.define(), rest);
    else if (!isQuestion(parse(defineMigrate(), argv).opts())) readMigrate(parse(defineMigrate(), argv));
    return undefined;
  } catch (error) {
    if (error instanceof HelpAsked) return undefined;
    if (error instanceof Misuse) return error.message;
    throw error;
  }
}

function isQuestion({ list, version }: Readonly<Record<string, unknown>>): boolean {
  return list === true || version === true;
}

class TestOutput extends PassThrough {
  readonly isTTY: boolean;

  constructor(isTTY: boolean) {
    super();
    this.isTTY = isTTY;
  }

  text(): string {
    return String((this.read() as Buffer | null) ?? "");
  }
}

/**
 * Does something as a user whom file permissions hold back; root's rights come back afterwards. Where tests are not
 * run as root, the user is such a one already.
 */
export async function asOrdinaryUser<T>(action: () => Promise<T>): Promise<T> {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    return await action();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

export const repository = resolve(import.meta.dirname, "../..");

/** Like `fakeMigrate`, as a module that threads can load; `first` are its first statements. */
function migrateModule(first: string): string {
  return `
export function migrateSource(path, text) {
  ${first}
  const after = text.replaceAll("lp-faas-toolbelt", "core-functions-toolbelt");
  const verdict = after === text ? "unchanged" : "migrated";
  return { verdict, text: after, transforms: [], differences: [], reasons: [], followUps: [] };
}
`;
}

/**
 * Compiles the command into a new folder, without type checks, and with a migration that only renames the toolbelt.
 *
 * @param first JavaScript statements that see the `path` and `text` of a file before it is migrated
 * @returns the path of the compiled main module
 */
export function compiledCommand(folder: string, first = ""): string {
  const compiled = new Set<string>();
  for (const entry of ["src/cli/main.ts", "src/migrate/worker.ts"]) compile(entry, folder, compiled);
  writeFileSync(join(folder, "package.json"), readFileSync(join(repository, "package.json")));
  symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "dist/src/migrate/migrate-source.js"), migrateModule(first));
  return join(folder, "dist/src/cli/main.js");
}

const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  verbatimModuleSyntax: true,
  rewriteRelativeImportExtensions: true,
};

/** What the command loads only to migrate: the test's own migration stands in its place, and needs none of it. */
const notNeeded = /\/(?:migrate-source|legacy-text|steps)\.ts$/u;

/** What became of the modules that were compiled before, by path: several tests need the same ones. */
const outputs = new Map<string, string>();

function outputOf(path: string): string {
  const known = outputs.get(path);
  if (known !== undefined) return known;
  const source = readFileSync(join(repository, path), "utf8");
  const output = ts.transpileModule(source, { compilerOptions }).outputText;
  outputs.set(path, output);
  return output;
}

/** Compiles a module and what it imports; to compile all modules would take longer than all tests that need it. */
function compile(path: string, folder: string, compiled: Set<string>): void {
  if (compiled.has(path) || notNeeded.test(path)) return;
  compiled.add(path);
  const output = outputOf(path);
  const target = join(folder, "dist", path.replace(/\.ts$/u, ".js"));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, output);
  for (const { groups } of output.matchAll(/(?:\bfrom |\bimport\()"(?<module>\.[^"]*)\.js"/gu)) {
    compile(
      relative(repository, resolve(repository, dirname(path), `${groups?.["module"] ?? ""}.ts`)),
      folder,
      compiled,
    );
  }
}
