import type { Dirent, Stats } from "node:fs";
import { existsSync } from "node:fs";
import { lstat, readdir, stat } from "node:fs/promises";
import { basename, dirname, extname, join, relative, resolve, sep } from "node:path";

import { configName, functionEndings, isDeclarationPath, isFunctionFileName } from "../platform/function-files.ts";
import { realPath, workspaceName } from "../disk/workspace.ts";
import { errorMessage, explainError, readSource } from "./files.ts";
import type { GivenPaths } from "./given-paths.ts";
import { givenPaths } from "./given-paths.ts";
import { lonelyConfig } from "./lonely-config.ts";
import { mayHoldFunction } from "./recognize.ts";
import type { RunError } from "./run-result.ts";
import { byPath } from "./run-result.ts";
import type { IgnoreRules } from "./run-ignore.ts";
import { readIgnoreRules } from "./run-ignore.ts";

/** A file that may hold a V1 function. */
export interface SourceFile {
  /** As shown to the user: relative to the working directory, with forward slashes. */
  readonly path: string;
  readonly absolute: string;
  /** True when the user gave this very path: such a file is never passed over. */
  readonly named: boolean;
}

export interface Discovery {
  /** Each file once, in path order. */
  readonly files: readonly SourceFile[];
  readonly errors: readonly RunError[];
  /** How many of the given paths stand for nothing. */
  readonly badPaths: number;
  /** Given paths that the project leaves out, as shown. */
  readonly ignored: readonly string[];
  /** Each config.json of V1, as shown, beside which no function was found: nobody converts it. */
  readonly lonelyConfigs: readonly string[];
}

/** What a search takes besides the functions of the given paths. */
export interface SearchOptions {
  /** Of the files that are taken from folders and globs. */
  readonly extensions?: ReadonlySet<string>;
  /** What is left out, also when it is named. */
  readonly isIgnored?: ((path: string, kind: "file" | "folder") => boolean) | undefined;
}

interface Search {
  readonly extensions: ReadonlySet<string>;
  readonly isIgnored: (path: string, kind: "file" | "folder") => boolean;
  readonly cwd: string;
  readonly ignored: string[];
  readonly lonelyConfigs: string[];
  readonly files: SourceFile[];
  readonly errors: RunError[];
  readonly given: GivenPaths;
}

/** The endings of files that hold code that could be that of a function. */
const codeExtensions = new Set([".js", ".cjs", ".mjs", ".jsx", ".ts", ".cts", ".mts", ".tsx", ""]);

const functionExtensions: ReadonlySet<string> = new Set(functionEndings);
const skippedFolders = new Set(["node_modules", ".git", workspaceName]);

/**
 * Finds the files that the user's paths stand for.
 *
 * @param paths files, folders or globs; an existing path is taken as it is, even when it looks like a glob
 * @param cwd absolute path that relative paths start from
 */
export async function discover(
  paths: readonly string[],
  cwd: string,
  { extensions = functionExtensions, isIgnored = () => false }: SearchOptions = {},
): Promise<Discovery> {
  const given = givenPaths(paths, cwd);
  const search: Search = { extensions, isIgnored, cwd, files: [], errors: [], ignored: [], lonelyConfigs: [], given };
  let badPaths = 0;
  for (const path of paths) {
    const [files, errors] = [search.files.length, search.errors.length];
    await searchPath(path, search);
    if (search.files.length === files && search.errors.length > errors) badPaths += 1;
  }
  const { ignored, lonelyConfigs } = search;
  const files = withoutDuplicates(search.files);
  return { files, errors: search.errors.toSorted(byPath), badPaths, ignored, lonelyConfigs };
}

async function searchPath(path: string, search: Search): Promise<void> {
  if (path === "") {
    search.errors.push({ path, message: "a path is empty; check for a variable that is not set" });
    return;
  }
  const absolute = resolve(search.cwd, path);
  let found: Stats;
  try {
    found = await stat(absolute);
  } catch (error) {
    if (isAbsent(error) && (await searchGlob(path, search))) return;
    const meant = path.replaceAll("\\", "/");
    const isMeant = meant !== path && existsSync(resolve(search.cwd, meant));
    report(absolute, isMeant ? `does not exist; write ${meant}` : explainError(error, "read"), search);
    return;
  }
  if (search.isIgnored(absolute, found.isDirectory() ? "folder" : "file")) {
    search.ignored.push(shownPath(absolute, search.cwd));
    return;
  }
  if (found.isDirectory()) await searchNamedFolder(absolute, search);
  else if (found.isFile()) await addNamedFile(functionOf(absolute), search);
  else report(absolute, "is neither a file nor a folder; give the path of a regular file", search);
}

async function addNamedFile(absolute: string, search: Search): Promise<void> {
  if (!codeExtensions.has(extname(absolute))) {
    report(absolute, "is neither JavaScript nor TypeScript; give a .js or .ts file, or a folder", search);
  } else if (extname(absolute) === ".tsx") {
    report(absolute, "is TypeScript with JSX, which no function is written in; call it .ts to migrate it", search);
  } else if ((await lstat(absolute)).isSymbolicLink()) {
    addTarget(absolute, true, search);
  } else {
    addFile(absolute, true, search);
  }
}

/** Takes what a link leads to, where that is in the given paths: the file, with the config.json that lies beside it. */
function addTarget(link: string, named: boolean, search: Search): void {
  const target = realPath(link);
  if (search.given.has(target)) addFile(target, named, search);
  else if (named || mayHoldFunction(readSource(target).text)) {
    const shown = shownPath(target, search.cwd);
    report(link, `is a symbolic link that leads out of the given paths; give ${shown} itself to migrate it`, search);
  }
}

/** A config.json stands for the function beside it: a tool that hands over changed files may name only the one. */
function functionOf(absolute: string): string {
  if (basename(absolute) !== configName) return absolute;
  const candidates = [...functionExtensions].map((extension) => join(dirname(absolute), `index${extension}`));
  return candidates.find((path) => existsSync(path)) ?? absolute;
}

async function searchNamedFolder(folder: string, search: Search): Promise<void> {
  try {
    await searchFolder(folder, await readIgnoreRules(folder, search.cwd), search);
  } catch (error) {
    report(pathOf(error) ?? folder, explainError(error, "read"), search);
  }
}

async function searchFolder(folder: string, rules: IgnoreRules, search: Search): Promise<void> {
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
    for (const entry of entries) await searchEntry(entry, join(folder, entry.name), rules, search);
    const lonely = lonelyConfig(folder, entries);
    if (lonely === undefined || search.isIgnored(lonely, "file") || (await rules.isIgnored(lonely, "file"))) return;
    search.lonelyConfigs.push(shownPath(lonely, search.cwd));
  } catch (error) {
    // A .gitignore file that cannot be read ends up here too: without its rules nothing in the folder is safe to take.
    report(pathOf(error) ?? folder, explainError(error, "read"), search);
  }
}

async function searchEntry(entry: Dirent, path: string, rules: IgnoreRules, search: Search): Promise<void> {
  // Links to folders are not followed: they lead in circles, or out of what the user named.
  if (entry.isDirectory()) {
    if (skippedFolders.has(entry.name) || search.isIgnored(path, "folder")) return;
    if (await rules.isIgnored(path, "folder")) return;
    if (isLostName(path)) report(path, notUtf8, search);
    else await searchFolder(path, rules, search);
    return;
  }
  if (!isTaken(path, search) || search.isIgnored(path, "file") || (await rules.isIgnored(path, "file"))) return;
  if (entry.isFile()) addFound(path, search);
  else if (entry.isSymbolicLink()) await addLink(path, rules, search);
  else report(path, "is neither a file nor a folder, so it was skipped; rename or remove it", search);
}

/** What is not UTF-8 in a name stands as another character in the text: under that there is no file. */
function addFound(path: string, search: Search): void {
  if (isLostName(path)) report(path, notUtf8, search);
  else addFile(path, false, search);
}

function isLostName(path: string): boolean {
  return path.includes("\uFFFD") && !existsSync(path);
}

const notUtf8 = "has a name that is not UTF-8, so it cannot be opened; rename it";

async function addLink(path: string, rules: IgnoreRules, search: Search): Promise<void> {
  try {
    if (!(await stat(path)).isFile() || (await rules.isBelowIgnored(realPath(path), "file"))) return;
    addTarget(path, false, search);
  } catch (error) {
    const isDangling = error instanceof Error && "code" in error && error.code === "ENOENT";
    const message = isDangling
      ? "is a symbolic link to nothing; repair or remove the link"
      : explainError(error, "read");
    report(path, message, search);
  }
}

/** Takes the path for a glob; false when it is not one. Its matches are chosen like the content of a folder. */
async function searchGlob(path: string, search: Search): Promise<boolean> {
  const { glob, isDynamicPattern } = await import("tinyglobby");
  const pattern = sep === "\\" ? path.replaceAll("\\", "/") : path;
  if (!isDynamicPattern(pattern)) return false;
  try {
    const rules = await readIgnoreRules(search.cwd, search.cwd);
    const matches = await glob(pattern, {
      cwd: search.cwd,
      absolute: true,
      dot: true,
      onlyFiles: false,
      expandDirectories: false,
      ignore: [...skippedFolders].map((name) => `**/${name}/**`),
    });
    let taken = 0;
    for (const match of matches) taken += await takeMatch(match, rules, search);
    const none = "matches no folder and no JavaScript or TypeScript file, or only ignored ones; check the pattern";
    if (taken === 0) search.errors.push({ path, message: none });
  } catch (error) {
    search.errors.push({ path, message: `cannot be searched: ${errorMessage(error)}` });
  }
  return true;
}

/** Takes one match as a shell would hand it over, but for ignored ones; answers how many were taken. */
async function takeMatch(match: string, rules: IgnoreRules, search: Search): Promise<0 | 1> {
  const path = resolve(match);
  const isFolder = match.endsWith("/");
  if (!isFolder && !isTaken(path, search)) return 0;
  if (
    search.isIgnored(path, isFolder ? "folder" : "file") ||
    (await rules.isBelowIgnored(path, isFolder ? "folder" : "file"))
  )
    return 0;
  // Links to folders are not followed, as in a walk; what lies behind one is taken as a link to a file is.
  const isBehindLink = relative(realPath(search.cwd), realPath(path)) !== relative(search.cwd, path);
  if (isFolder && isBehindLink) return 0;
  if (isFolder) await searchNamedFolder(path, search);
  else if (isBehindLink) await addLink(path, rules, search);
  else addFile(path, false, search);
  return 1;
}

/** Declarations of TypeScript hold no code. */
function isTaken(path: string, { extensions }: Search): boolean {
  return extensions.has(extname(path)) && !isDeclarationPath(path);
}

/** A function and its config.json change together, so the one is left out with the other, however it was reached. */
function addFile(absolute: string, named: boolean, search: Search): void {
  const ignored = besideFunction(absolute).find((path) => search.isIgnored(path, "file"));
  if (ignored === undefined) search.files.push({ path: shownPath(absolute, search.cwd), absolute, named });
  else search.ignored.push(shownPath(ignored, search.cwd));
}

function besideFunction(absolute: string): string[] {
  const config = join(dirname(absolute), configName);
  return isFunctionFileName(basename(absolute)) && existsSync(config) ? [absolute, config] : [absolute];
}

function report(absolute: string, message: string, search: Search): void {
  search.errors.push({ path: shownPath(absolute, search.cwd), message });
}

/** A path that does not exist, or that this file system cannot even have (a glob on Windows). */
function isAbsent(error: unknown): boolean {
  return error instanceof Error && "code" in error && ["ENOENT", "ENOTDIR", "EINVAL"].includes(String(error.code));
}

/** The path that a file system error speaks of. */
function pathOf(error: unknown): string | undefined {
  return error instanceof Error && "path" in error && typeof error.path === "string" ? error.path : undefined;
}

function shownPath(absolute: string, cwd: string): string {
  return relative(cwd, absolute).replaceAll(sep, "/") || ".";
}

/** One entry a file, however many paths and links lead to it: two writers must not meet. */
function withoutDuplicates(files: readonly SourceFile[]): SourceFile[] {
  const byTarget = new Map<string, SourceFile>();
  for (const file of files.toSorted(byPath)) {
    const target = realPath(file.absolute);
    const known = byTarget.get(target);
    const shown = known === undefined || file.absolute === target ? file : known;
    byTarget.set(target, { ...shown, named: file.named || known?.named === true });
  }
  return [...byTarget.values()].sort(byPath);
}
