import { relative, sep } from "node:path";

import { askGit } from "../disk/git.ts";
import { isOpen, readJournals } from "../disk/journal.ts";
import { Busy, lock } from "../disk/lock.ts";
import type { Restored } from "../disk/restore.ts";
import { recover } from "../disk/restore.ts";
import type { Workspace } from "../disk/workspace.ts";
import { leaveWorkspace, makeWorkspace, realPath, repositoryOf, workspaceOf } from "../disk/workspace.ts";
import { errorMessage } from "./files.ts";
import type { RunError } from "./run-result.ts";
import { nothingWritten } from "./run-write.ts";

/** A run's hold on the trees in which its files lie. */
export interface Session {
  /** What the user has to know of runs before this one, as sentences. */
  readonly notices: readonly string[];
  /** Why the run must not go on. */
  readonly problem: RunError | undefined;
  readonly leave: () => void;
}

/**
 * Keeps other runs away from the trees in which some files lie, and restores what a run has left half done there.
 *
 * @param files absolute
 */
export async function enter(files: readonly string[], cwd: string): Promise<Session> {
  const left: (() => void)[] = [];
  const leave = (): void => {
    for (const each of left.splice(0)) each();
  };
  const notices: string[] = [];
  for (const workspace of workspacesOf(files, cwd)) {
    try {
      left.push(hold(workspace));
      notices.push(...(await recover(workspace)).flatMap(noticesOf));
    } catch (error) {
      leave();
      const problem = error instanceof Busy ? { path: "", message: error.message } : nothingWritten(workspace, error);
      return { notices, problem, leave };
    }
  }
  return { notices, problem: undefined, leave };
}

/** What a run that writes nothing has to say of runs before it. */
export function look(files: readonly string[], cwd: string): readonly string[] {
  return workspacesOf(files, cwd)
    .filter((workspace) => readJournals(workspace).some(isOpen))
    .map(
      ({ root }) =>
        `A run in ${root} was interrupted, or is still going on: some files may be written and others not. ` +
        "Undo it with faas-migrate undo, or run again without --dry-run and --check.",
    );
}

/** Takes a workspace for oneself until the function that it gives is called. */
export function hold(workspace: Workspace): () => void {
  makeWorkspace(workspace);
  const unlock = lock(workspace);
  return () => {
    unlock();
    leaveWorkspace(workspace);
  };
}

function workspacesOf(files: readonly string[], cwd: string): readonly Workspace[] {
  const found = files.map((file) => workspaceOf(realPath(file), cwd));
  return [...new Map(found.map((workspace) => [workspace.root, workspace])).values()];
}

/** What to say about a run that was undone. */
function noticesOf({ restored, changed }: Restored): string[] {
  const back =
    restored.length === 0
      ? []
      : [`An interrupted run was undone: ${count(restored.length, "file is", "files are")} as before it.`];
  const kept = changed.map(
    ({ path, original }) =>
      `${path} was changed after an interrupted run had begun, and was left as it is; compare it with its original, ${original}.`,
  );
  return [...back, ...kept];
}

/**
 * Why files must not be replaced: nobody could bring back what they hold.
 *
 * @param targets absolute, without links
 * @returns undefined where all of them are as they were committed
 */
export async function unsafe(targets: readonly string[], cwd: string): Promise<RunError | undefined> {
  const repositories = new Map<string | undefined, string[]>();
  for (const target of targets) {
    const root = repositoryOf(target);
    repositories.set(root, [...(repositories.get(root) ?? []), target]);
  }
  const reasons: string[] = [];
  for (const [root, files] of repositories) {
    if (root === undefined) {
      reasons.push(`${listed(files, cwd, "is", "are")} not in a git repository`);
      continue;
    }
    try {
      const { untracked, changed } = await askGit(root, files);
      if (changed.length > 0) reasons.push(`${listed(changed, cwd, "has", "have")} changes that are not committed`);
      if (untracked.length > 0) reasons.push(`${listed(untracked, cwd, "is", "are")} not committed to git yet`);
    } catch (error) {
      reasons.push(`git does not answer for ${root} (${errorMessage(error)})`);
    }
  }
  if (reasons.length === 0) return undefined;
  const advice = "commit first, or add --allow-dirty: then the originals are kept in .faas-migrate/backup only";
  return { path: "", message: `nothing was written, because ${reasons.join(", and ")}; ${advice}` };
}

const filesShown = 3;

function listed(files: readonly string[], cwd: string, one: string, many: string): string {
  const names = files.slice(0, filesShown).map((file) => relative(cwd, file).replaceAll(sep, "/"));
  const more = files.length > filesShown ? ", …" : "";
  return `${count(files.length, "file", "files")} (${names.join(", ")}${more}) ${files.length === 1 ? one : many}`;
}

function count(number: number, one: string, many: string): string {
  return `${String(number)} ${number === 1 ? one : many}`;
}
