import { lstatSync } from "node:fs";
import { extname, isAbsolute, relative, resolve } from "node:path";

import { realPath } from "../disk/workspace.ts";

/** What a link may lead to: the files and folders that the user gave, behind all links to folders. */
export interface GivenPaths {
  readonly has: (target: string) => boolean;
}

/**
 * @param paths as the user gave them
 * @param cwd absolute path that relative paths start from; what a glob matches may lead to anything in it
 */
export function givenPaths(paths: readonly string[], cwd: string): GivenPaths {
  const roots = paths.flatMap((path) => {
    const absolute = resolve(cwd, path);
    const kind = kindOf(absolute);
    // What is not there may be a glob.
    if (kind === "nothing") return [realPath(cwd)];
    return kind === "link" ? [] : [realPath(absolute)];
  });
  return { has: (target) => roots.some((root) => isInside(target, root)) };
}

/** A link to a file is none of the user's files itself; a link to a folder, named, stands for the folder. */
function kindOf(path: string): "nothing" | "link" | "other" {
  try {
    return lstatSync(path).isSymbolicLink() && extname(path) !== "" ? "link" : "other";
  } catch {
    // Also a name that is too long, or below a file: whoever reads the path says so.
    return "nothing";
  }
}

function isInside(path: string, folder: string): boolean {
  const inside = relative(folder, path);
  return inside === "" || (!inside.startsWith("..") && !isAbsolute(inside));
}
