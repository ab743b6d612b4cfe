import { existsSync, readlinkSync } from "node:fs";
import { basename, dirname, join, parse, resolve, sep } from "node:path";

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
 * What `--allow-fs-read` takes for paths: each as it is written and as it is behind each of its links, because Node.js
 * asks for all of them on its way to the file, and everything inside of a folder.
 */
export function readPatterns(paths: readonly string[]): string[] {
  const all = [...new Set(paths.flatMap(waysTo))];
  // Node.js 20 fails on a path that a pattern covers already.
  const needed = all.filter((path) => !all.some((other) => path !== other && path.startsWith(other)));
  // The star is no folder's content but any ending: a folder that is a link has to be readable itself.
  return needed.map((path) => (path.endsWith(".json") ? path : `${path}*`));
}

/** More links than this no system follows; a link that leads to itself would have no end. */
const MOST_LINKS = 40;

/** The path, and what it is once its first link is followed, its first two, and so on. */
function waysTo(path: string): string[] {
  const ways = [path];
  for (let way = behindLink(path); way !== undefined && ways.length <= MOST_LINKS; way = behindLink(way))
    ways.push(way);
  return ways;
}

/** The path with the target of its first link in place of that link; undefined when there is none in it. */
function behindLink(path: string): string | undefined {
  const { root } = parse(path);
  const names = path.slice(root.length).split(sep);
  for (const [at] of names.entries()) {
    const part = join(root, ...names.slice(0, at + 1));
    const target = linkTarget(part);
    if (target !== undefined) return resolve(dirname(part), target, ...names.slice(at + 1));
  }
  return undefined;
}

/** What a link says; undefined for what is not one, or is not there. */
function linkTarget(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
