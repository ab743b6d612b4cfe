import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, posix, relative, resolve, sep } from "node:path";

import type { LocalFile, LocalFiles, LocalLink } from "../analysis/code/local-files.ts";
import { isTypedPath } from "../platform/function-files.ts";
import { realPath } from "../disk/workspace.ts";
import type { SourceFile } from "./discover.ts";
import { readSource } from "./files.ts";

/** Generous: a `require` in a comment is found as well, and then nobody asks for it. */
const REQUIRE = /\brequire\s*\(\s*(["'`])(?<source>(?:\.{1,2}(?:\/[^"'`\n]*)?|\/[^"'`\n]*))\1/gu;

/** The same in TypeScript: what `import` and `export` name, also for its types. */
const IMPORT = /\b(?:from|import)\s*(?<quote>["'])(?<source>(?:\.{1,2}(?:\/[^"'`\n]*)?|\/[^"'`\n]*))\k<quote>/gu;

/** So many files are no function any more. */
const MOST_FILES = 200;

/**
 * Reads the files of the project that a function loads, and those that these load.
 *
 * @returns undefined for a function that loads none
 */
export function readLocalFiles({ path, absolute }: SourceFile, text: string): LocalFiles | undefined {
  if (sourcesIn(path, text).length === 0) return undefined;
  const folder = dirname(realPath(absolute));
  const shown = (file: string): string =>
    posix.normalize(posix.join(posix.dirname(path), relative(folder, file).replaceAll(sep, "/")));
  const lineBreak = text.includes("\r\n") ? "\r\n" : "\n";
  const files = new Map<string, LocalFile>();
  const read = (file: string, content: string): readonly LocalLink[] =>
    sourcesIn(file, content).map((source): LocalLink => {
      const found = resolveFile(file, source);
      if ("problem" in found) return { source, problem: found.problem };
      const target = { source, path: shown(found.file) };
      if (files.has(target.path) || target.path === path) return target;
      if (files.size >= MOST_FILES) return { source, problem: `is one of more than ${String(MOST_FILES)} files` };
      const own = textOf(found.file, lineBreak);
      if (own === undefined) return { source, problem: "is not a text in UTF-8" };
      // Before its own files are read, which may lead back to it.
      files.set(target.path, { path: target.path, text: own, links: [] });
      files.set(target.path, { path: target.path, text: own, links: read(found.file, own) });
      return target;
    });
  const links = read(join(folder, posix.basename(path)), text);
  return { path, links, files: [...files.values()] };
}

function sourcesIn(path: string, text: string): string[] {
  const found = [...text.matchAll(REQUIRE), ...(isTypedPath(path) ? text.matchAll(IMPORT) : [])];
  return [...new Set(found.map(({ groups }) => groups?.["source"] ?? ""))];
}

/** The text as it stands in a function with such line breaks; undefined for what is none, or can't be read. */
function textOf(file: string, lineBreak: string): string | undefined {
  try {
    const content = readSource(file);
    if (content.kind !== "text") return undefined;
    const text = content.text.replace(/^\uFEFF/u, "").replace(/^#!.*/u, "");
    return text.replaceAll(/\r?\n/gu, lineBreak);
  } catch {
    return undefined;
  }
}

/** The file that Node.js loads for a path. */
function resolveFile(from: string, source: string): { readonly file: string } | { readonly problem: string } {
  if (source.startsWith("/")) return { problem: "is an absolute path" };
  const target = resolve(dirname(from), source);
  const isFolder = /(?:^|\/)\.{0,2}$/u.test(source);
  const typed = isTypedPath(from) && !isFolder ? typedCandidates(target) : [];
  const index = isTypedPath(from) ? [join(target, "index.ts")] : [];
  const plain = isFolder ? [] : candidates(target);
  const found = [...typed, ...plain, ...index, ...folderCandidates(target)].find(isFile);
  if (found === undefined) return { problem: "is not there" };
  const file = realPath(found);
  if (file.split(sep).includes("node_modules")) return { problem: "is in node_modules; load it by its name" };
  return file.endsWith(".node") ? { problem: "is no JavaScript" } : { file };
}

function candidates(target: string): string[] {
  return ["", ".js", ".json", ".node"].map((ending) => target + ending);
}

/** What TypeScript looks for first: `./lib` and `./lib.js` are `./lib.ts`. */
function typedCandidates(target: string): string[] {
  const ending = /\.(?<kind>[cm]?)js$/u.exec(target);
  const swapped = ending === null ? [] : [`${target.slice(0, ending.index)}.${ending.groups?.["kind"] ?? ""}ts`];
  return [...swapped, ...[".ts", ".cts", ".mts", ".d.ts"].map((each) => target + each)];
}

function folderCandidates(folder: string): string[] {
  const main = mainOf(join(folder, "package.json"));
  const index = ["js", "json"].map((ending) => join(folder, `index.${ending}`));
  const mains = main === undefined ? [] : [...candidates(join(folder, main)), join(folder, main, "index.js")];
  return [...mains, ...index];
}

function mainOf(manifest: string): string | undefined {
  if (!existsSync(manifest)) return undefined;
  try {
    const value: unknown = JSON.parse(readFileSync(manifest, "utf8"));
    const main: unknown = typeof value === "object" && value !== null ? Reflect.get(value, "main") : undefined;
    return typeof main === "string" ? main : undefined;
  } catch {
    return undefined;
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
