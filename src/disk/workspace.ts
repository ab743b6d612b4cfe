import { existsSync, mkdirSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

/** Where this tool keeps what belongs to a tree: who works on it, and what runs have replaced. */
export interface Workspace {
  /** The root of the repository, or the folder in which the command was started. */
  readonly root: string;
  /** `.faas-migrate` in it. */
  readonly folder: string;
  /** In it, a folder for each run that has written something. */
  readonly backups: string;
}

/** The name of the folder; a walk through functions never enters it. */
export const workspaceName = ".faas-migrate";

/** The file in it that holds what the last run said. */
export const lastRunName = "last.json";

/** The folder in it that holds what became of texts, so that they need not be migrated again. */
export const cacheName = "cache";

/** The workspace that a file belongs to: a file outside of git belongs to the folder in which the command was started. */
export function workspaceOf(file: string, cwd: string): Workspace {
  const root = repositoryOf(dirname(file));
  return root === undefined ? workspaceAt(cwd) : workspaceIn(root);
}

/** The workspace that a command without paths works on. */
export function workspaceAt(cwd: string): Workspace {
  return workspaceIn(repositoryOf(cwd) ?? cwd);
}

/** The root of the git repository around a folder. */
export function repositoryOf(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return at;
    if (at === dirname(at)) return undefined;
  }
}

function workspaceIn(root: string): Workspace {
  const folder = join(root, workspaceName);
  return { root, folder, backups: join(folder, "backup") };
}

/** Makes the folder, if it is not there, with a .gitignore, so that nothing in it is committed. */
export function makeWorkspace({ folder }: Workspace): void {
  mkdirSync(folder, { recursive: true });
  const ignoreFile = join(folder, ".gitignore");
  if (!existsSync(ignoreFile)) writeFileSync(ignoreFile, "*\n");
}

/** Whether no run has left anything but what the last one said and found: nothing to undo, and nothing to clear up. */
export function isIdle({ folder }: Workspace): boolean {
  const kept = [".gitignore", lastRunName, cacheName];
  return !existsSync(folder) || readdirSync(folder).every((name) => kept.includes(name));
}

/** Takes the folder away where nothing is kept in it but what the last run said. */
export function leaveWorkspace(workspace: Workspace): void {
  const { folder, backups } = workspace;
  const isEmpty = (path: string): boolean => !existsSync(path) || readdirSync(path).length === 0;
  if (isEmpty(backups)) rmSync(backups, { recursive: true, force: true });
  if (isIdle(workspace) && !existsSync(join(folder, cacheName))) rmSync(folder, { recursive: true, force: true });
}

/** A path as it is shown and kept: from the workspace's root where it lies below, with forward slashes. */
export function pathIn({ root }: Workspace, absolute: string): string {
  const inside = relative(root, absolute);
  return inside.startsWith("..") ? absolute : inside.replaceAll(sep, "/");
}

/** The path behind all links; the path itself where that can't be known. */
export function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path; // Reading it will say what is wrong.
  }
}
