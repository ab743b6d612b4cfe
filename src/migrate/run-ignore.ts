import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";

import ignore from "ignore";
import type { Ignore } from "ignore";

/** Answers for one tree whether .gitignore files leave a path out. Paths are absolute. */
export interface IgnoreRules {
  /** Whether a rule names this entry; for a walk that never enters an ignored folder. */
  readonly isIgnored: (path: string, kind: "file" | "folder") => Promise<boolean>;
  /** Whether a rule names this entry or a folder above it. */
  readonly isBelowIgnored: (path: string, kind: "file" | "folder") => Promise<boolean>;
}

interface Layer {
  readonly folder: string;
  readonly rules: Ignore;
}

/** Patterns as in .gitignore. As git decides by default: file systems of macOS and Windows do not tell case apart. */
export function ignorePatterns(patterns: string | readonly string[]): Ignore {
  return ignore({ ignorecase: process.platform === "darwin" || process.platform === "win32" }).add(patterns);
}

/**
 * Reads the .gitignore files that count for what lies in `folder`: its own and nested ones, and those of the folders
 * above up to the repository's root; outside of a repository up to `cwd`.
 *
 * A folder that is ignored itself but was named by the user is looked through all the same: only its own rules count.
 *
 * @throws (from the answers) the file system's error when a .gitignore file cannot be read
 */
export async function readIgnoreRules(folder: string, cwd: string): Promise<IgnoreRules> {
  const outer = rulesBelow(topOf(folder, cwd));
  return (await outer.isBelowIgnored(folder, "folder")) ? rulesBelow(folder) : outer;
}

/** The root of the repository around a folder; outside of one, the working directory or else the folder itself. */
export function topOf(folder: string, cwd: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return at;
    if (at === dirname(at)) break;
  }
  return isInside(folder, cwd) ? cwd : folder;
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function rulesBelow(top: string): IgnoreRules {
  const known = new Map<string, Promise<readonly Layer[]>>();

  /** The layers that count in a folder, the nearest first: the first that decides wins. */
  function layersOf(folder: string): Promise<readonly Layer[]> {
    let layers = known.get(folder);
    if (layers === undefined) {
      layers = readLayers(folder);
      known.set(folder, layers);
    }
    return layers;
  }

  async function readLayers(folder: string): Promise<readonly Layer[]> {
    const above = folder !== top && isInside(folder, top) ? await layersOf(dirname(folder)) : [];
    const own = await readLayer(folder);
    return own === undefined ? above : [own, ...above];
  }

  async function isIgnored(path: string, kind: "file" | "folder"): Promise<boolean> {
    for (const { folder, rules } of await layersOf(dirname(path))) {
      const inside = relative(folder, path).replaceAll(sep, "/");
      const { ignored, unignored } = rules.test(kind === "folder" ? `${inside}/` : inside);
      if (ignored || unignored) return ignored;
    }
    return false;
  }

  async function isBelowIgnored(path: string, kind: "file" | "folder"): Promise<boolean> {
    if (path === top || !isInside(path, top)) return false;
    return (await isIgnored(path, kind)) || isBelowIgnored(dirname(path), "folder");
  }

  return { isIgnored, isBelowIgnored };
}

async function readLayer(folder: string): Promise<Layer | undefined> {
  let text: string;
  try {
    text = await readFile(join(folder, ".gitignore"), "utf8");
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
  return { folder, rules: ignorePatterns(text.replace(/^\uFEFF/u, "")) };
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && "code" in error && ["ENOENT", "EISDIR", "ENOTDIR"].includes(String(error.code));
}
