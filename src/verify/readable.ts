import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** The folders with packages that code in a folder finds, nearest first. */
export function packageFolders(folder: string): string[] {
  const found: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    const candidate = basename(at) === "node_modules" ? at : join(at, "node_modules");
    if (existsSync(candidate) && !found.includes(candidate)) found.push(candidate);
    if (at === dirname(at)) return found;
  }
}

/** What a sandbox needs of our own: the compiled code, the package.json that tells how to read it, its packages. */
export function ownFiles(child: string): string[] {
  // …/src/verify/sandbox/child.js
  const root = dirname(dirname(dirname(dirname(child))));
  const manifest = [root, dirname(root)].map((folder) => join(folder, "package.json")).find((path) => existsSync(path));
  return [root, ...(manifest === undefined ? [] : [manifest]), ...packageFolders(root)];
}

/**
 * What `--allow-fs-read` takes for paths: each as it is written and as it is once links are followed, because Node.js asks
 * for either, and everything inside of a folder.
 */
export function readPatterns(paths: readonly string[]): string[] {
  const targets = paths.map((path) => {
    try {
      return realpathSync(path);
    } catch {
      return path;
    }
  });
  const all = [...new Set([...paths, ...targets])];
  // Node.js 20 fails on a path that a pattern covers already.
  const needed = all.filter((path) => !all.some((other) => path !== other && path.startsWith(other)));
  // The star is no folder's content but any ending: a folder that is a link has to be readable itself.
  return needed.map((path) => (path.endsWith(".json") ? path : `${path}*`));
}
