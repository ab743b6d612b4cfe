import { existsSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve, sep } from "node:path";

import { isFunctionFileName } from "../platform/function-files.ts";
import { fillSentence, followUps } from "../platform/remarks.ts";
import { legacyToolbelt } from "../platform/toolbelt.ts";
import type { PackageUse } from "./config-manifest.ts";
import { migrateManifest } from "./config-manifest.ts";
import { migrateSettings } from "./config-settings.ts";
import { discover } from "./discover.ts";
import { isTest, mayHoldFunction } from "./recognize.ts";
import type { SourceFile } from "./discover.ts";
import { explainError, readSource } from "./files.ts";
import { placeAt } from "./json-text.ts";
import type { MigrateOptions } from "./migrate-source.ts";
import type { Remark, SourceResult } from "./result.ts";
import { convertsConfigs } from "./run-config.ts";
import { topOf } from "./run-ignore.ts";
import type { Migrated, Unit } from "./run-outcome.ts";
import { migrateText } from "./run-outcome.ts";
import { findLegacyCode } from "./shown-code.ts";

/** A file of code in a project as it will be after the run. */
interface CodeFile {
  readonly source: SourceFile;
  readonly text: string;
  readonly isMigrated: boolean;
  /** True when it is, or may be, a function that stays V1. It has to be parsed for that: few runs need to know. */
  readonly isLegacy: () => Promise<boolean>;
}

/** A folder with functions, and the code that surrounds it. */
interface Project {
  readonly root: string;
  /** The folders above the functions' own: where a settings.json may lie. */
  readonly functionRoots: ReadonlySet<string>;
  readonly files: readonly CodeFile[];
  /** What may show code: Markdown, and snippets of editors. */
  readonly pages: readonly SourceFile[];
  /** Whether nothing in the project stays out of sight. */
  readonly isComplete: boolean;
}

const pageExtensions = new Set([".md", ".code-snippets"]);
const codeExtensions = new Set([".js", ".cjs", ".mjs", ".jsx", ".ts", ".cts", ".mts", ".tsx"]);

/**
 * What a run has to do and to say beside the functions: settings.json and package.json, once no function needs them
 * in V1's form, and places that load a function as a CommonJS module.
 *
 * @param units what became of the functions; nothing of it is written yet
 */
export async function migrateProjects(units: readonly Unit[], cwd: string, options: MigrateOptions): Promise<Unit[]> {
  const found: Unit[] = [];
  for (const [root, functionRoots] of projectsOf(units, cwd)) {
    const project = await readProject(root, functionRoots, units, cwd, options);
    if (convertsConfigs(options)) found.push(...(await migrateFiles(project, cwd, options)));
    found.push(...(await loadersOf(project)));
    found.push(...legacyPagesOf(project));
  }
  return found;
}

/** The folders of code that the run's functions belong to, with the folders in which these lie. */
function projectsOf(units: readonly Unit[], cwd: string): Map<string, Set<string>> {
  const projects = new Map<string, Set<string>>();
  for (const unit of units) {
    const [handler] = unit;
    if (handler === undefined || !isFunctionFileName(basename(handler.source.absolute))) continue;
    const functions = functionsFolder(dirname(handler.source.absolute), cwd);
    const isTouched = unit.some(({ outcome }) => outcome.kind === "result" && outcome.change !== undefined);
    if (!isTouched && !existsSync(join(functions, "settings.json"))) continue;
    const root = projectRoot(functions, cwd);
    projects.set(root, (projects.get(root) ?? new Set()).add(functions));
  }
  return projects;
}

/**
 * The folder above a function's own; that itself where the one above is none of the user's project, or where it is a
 * package of its own.
 */
function functionsFolder(folder: string, cwd: string): string {
  const above = dirname(folder);
  const isPackage = existsSync(join(folder, "package.json")) && !existsSync(join(above, "settings.json"));
  return isPackage || folder === topOf(folder, cwd) ? folder : above;
}

/** The nearest folder with a package.json, never outside of the repository or the working directory. */
function projectRoot(functions: string, cwd: string): string {
  const top = topOf(functions, cwd);
  for (let at = functions; ; at = dirname(at)) {
    if (existsSync(join(at, "package.json"))) return at;
    if (at === top || at === dirname(at)) return functions;
  }
}

async function readProject(
  root: string,
  functionRoots: ReadonlySet<string>,
  units: readonly Unit[],
  cwd: string,
  options: MigrateOptions,
): Promise<Project> {
  // Beside functions, what requires the toolbelt is a part of one; elsewhere it may be a script of the user's.
  const isLegacyText = async ({ absolute }: SourceFile, text: string): Promise<boolean> => {
    const { isLegacyCode, isLegacyHandler } = await import("./legacy-text.ts");
    return [...functionRoots].some((folder) => absolute.startsWith(folder + sep)) && !isTest(absolute)
      ? isLegacyCode(text, absolute)
      : isLegacyHandler(text, absolute);
  };
  const known = new Map(units.flat().map(({ source, outcome }) => [source.absolute, outcome]));
  const extensions = new Set([...codeExtensions, ...pageExtensions]);
  const { files, errors } = await discover([root], cwd, { extensions });
  const isPage = ({ absolute }: SourceFile): boolean => pageExtensions.has(extname(absolute));
  const code = files.filter((source) => !isPage(source));
  const read = code.flatMap((source): CodeFile[] => {
    const outcome = known.get(source.absolute);
    const change = outcome?.kind === "result" ? outcome.change : undefined;
    const text = change?.after ?? textOf(source);
    if (text === undefined) return [];
    const isDone = change !== undefined && options.transforms === undefined;
    let answer: Promise<boolean> | undefined;
    const isLegacy = async (): Promise<boolean> =>
      !isDone && mayHoldFunction(text) && (answer ??= isLegacyText(source, text));
    return [{ source, text, isMigrated: change !== undefined, isLegacy }];
  });
  const isComplete = errors.length === 0 && read.length === code.length;
  return { root, functionRoots, files: read, pages: files.filter(isPage), isComplete };
}

function textOf({ absolute }: SourceFile): string | undefined {
  try {
    return readSource(absolute).text;
  } catch {
    return undefined;
  }
}

async function migrateFiles(project: Project, cwd: string, options: MigrateOptions): Promise<Unit[]> {
  if (!project.isComplete) return [];
  const manifest = (text: string): SourceResult => migrateManifest(text, useOf(project));
  const jsonFiles: readonly (readonly [path: string, migrate: (text: string) => SourceResult])[] = [
    ...[...project.functionRoots].map((folder) => [join(folder, "settings.json"), migrateSettings] as const),
    [join(project.root, "package.json"), manifest],
  ];
  const found: Unit[] = [];
  for (const [path, migrate] of jsonFiles) {
    if (existsSync(path) && (await isReady(project, dirname(path)))) {
      found.push(...migrateJson(path, cwd, options, migrate));
    }
  }
  return found;
}

/** Whether no function in a folder needs it in V1's form. */
async function isReady({ files }: Project, folder: string): Promise<boolean> {
  for (const { source, isLegacy } of files) {
    if (source.absolute.startsWith(folder + sep) && (await isLegacy())) return false;
  }
  return true;
}

function migrateJson(
  absolute: string,
  cwd: string,
  options: MigrateOptions,
  migrate: (text: string) => SourceResult,
): Unit[] {
  const source: SourceFile = { path: relative(cwd, absolute).replaceAll(sep, "/"), absolute, named: false };
  try {
    const content = readSource(absolute);
    if (content.kind !== "text") return [];
    const outcome = migrateText(source.path, content.text, options, (_path, text) => migrate(text));
    return outcome.kind === "result" && outcome.change === undefined ? [] : [[{ source, outcome }]];
  } catch (error) {
    return [[{ source, outcome: { kind: "error", message: explainError(error, "read") } }]];
  }
}

function useOf({ files }: Project): PackageUse {
  const naming = (name: string): CodeFile[] => files.filter(({ text }) => names(text, name));
  return {
    isNamed: (name) => naming(name).length > 0,
    isNamedByMigratedOnly: (name) => naming(name).length > 0 && naming(name).every(({ isMigrated }) => isMigrated),
  };
}

/** Whether a text names a package, or a module inside it, in quotes. */
function names(text: string, name: string): boolean {
  return ['"', "'", "`"].some((quote) => text.includes(quote + name + quote) || text.includes(`${quote}${name}/`));
}

/** What looks like it; whether it is, the tree says. */
const loading =
  /(?:\bfrom|\bimport|\bimport\s*\(|\b(?:require|(?:do|un)?[Mm]ock|requireActual|requireMock|importActual)\s*\()\s*(["'`])(?<path>\.[^"'`\n]*)\1/gu;

/** A statement that V1 functions begin with, and others hardly ever have at the beginning of a line. */
const requiring = /^(?:const|let|var) [^\n]*\brequire\((?:"lp-faas-toolbelt"|'lp-faas-toolbelt')\)/mu;

/** Files that load a migrated function, or name the toolbelt of V1: unit tests above all. */
async function loadersOf({ files, functionRoots }: Project): Promise<Unit[]> {
  const isBeside = (path: string): boolean => [...functionRoots].some((folder) => path.startsWith(folder + sep));
  const migrated = new Map(files.filter(({ isMigrated }) => isMigrated).map(({ source }) => [source.absolute, source]));
  if (migrated.size === 0) return [];
  const found: Unit[] = [];
  for (const file of files) {
    const remarks = file.isMigrated ? [] : [...(await loadedFunctions(file, migrated)), ...legacyNames(file)];
    // Most are functions that wait for their turn: of a thousand, each would have to be parsed for a run over one.
    const isWaiting = isBeside(file.source.absolute) && requiring.test(file.text) && !isTest(file.source.absolute);
    if (remarks.length > 0 && !isWaiting && !(await file.isLegacy())) found.push([withFollowUps(file.source, remarks)]);
  }
  return found;
}

/** Pages that still show V1 code to those who write the next function. */
function legacyPagesOf({ files, pages }: Project): Unit[] {
  if (!files.some(({ isMigrated }) => isMigrated)) return [];
  return pages.flatMap((source) => {
    const text = textOf(source) ?? "";
    const offset = findLegacyCode(text);
    return offset === undefined ? [] : [[withFollowUps(source, [remarkAt("legacy-code-shown", text, offset, {})])]];
  });
}

async function loadedFunctions(
  { source, text }: CodeFile,
  migrated: ReadonlyMap<string, SourceFile>,
): Promise<Remark[]> {
  const found = [...text.matchAll(loading)].flatMap((match) => {
    const written = match.groups?.["path"] ?? "";
    const target = resolve(dirname(source.absolute), written);
    const path = candidatesOf(target).flatMap((each) => migrated.get(each)?.path ?? [])[0];
    const { line } = placeAt(text, match.index + match[0].length - 1);
    return path === undefined
      ? []
      : [{ line, written, remark: remarkAt("function-loaded", text, match.index, { path }) }];
  });
  if (found.length === 0) return [];
  const isLoading = (await import("./loading-places.ts")).loadingLines(source.absolute, text);
  return found.filter(({ line, written }) => isLoading?.(line, written) !== false).map(({ remark }) => remark);
}

/** The files that the path of an import may mean; TypeScript is imported by the name of what it is compiled to. */
function candidatesOf(target: string): string[] {
  const compiled = /^(?<stem>.*\.[cm]?)js$/su.exec(target)?.groups?.["stem"];
  return [
    target,
    ...(compiled === undefined ? [] : [`${compiled}ts`]),
    ...[".js", ".ts"].flatMap((ending) => [target + ending, join(target, `index${ending}`)]),
  ];
}

function legacyNames({ text }: CodeFile): Remark[] {
  if (!names(text, legacyToolbelt)) return [];
  return [remarkAt("legacy-toolbelt-named", text, text.indexOf(legacyToolbelt), {})];
}

function remarkAt(
  id: "function-loaded" | "legacy-code-shown" | "legacy-toolbelt-named",
  text: string,
  offset: number,
  data: Readonly<Record<string, string>>,
): Remark {
  return { id, message: fillSentence(followUps[id].short, data), ...placeAt(text, offset) };
}

function withFollowUps(source: SourceFile, remarks: readonly Remark[]): Migrated {
  const nothing = { transforms: [], differences: [], reasons: [] };
  const file = { path: source.path, verdict: "unchanged" as const, ...nothing, followUps: remarks };
  return { source, outcome: { kind: "result", file } };
}
