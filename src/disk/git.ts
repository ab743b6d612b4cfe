import { execFile } from "node:child_process";
import { relative, sep } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What git says of files: whether what they hold can be had back from it. */
export interface GitState {
  /** Files that git does not know. */
  readonly untracked: readonly string[];
  /** Files with changes that are not committed. */
  readonly changed: readonly string[];
}

/**
 * Asks git which of some files it could not bring back.
 *
 * @param root the root of the repository, absolute and without links
 * @param files in it, absolute and without links
 * @throws where git is not there, or does not answer for this repository
 */
export async function askGit(root: string, files: readonly string[]): Promise<GitState> {
  const known = new Set(split(await git(root, "ls-files", "-z")));
  const status = split(await git(root, "status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=no"));
  // Two letters and a space stand before each path.
  const changed = new Set(status.map((line) => line.slice(3)));
  const nameOf = (file: string): string => relative(root, file).replaceAll(sep, "/");
  return {
    untracked: files.filter((file) => !known.has(nameOf(file))),
    changed: files.filter((file) => changed.has(nameOf(file))),
  };
}

async function git(root: string, ...args: readonly string[]): Promise<string> {
  // A repository may name a program that git runs to watch its files: none runs because of us.
  const options = { cwd: root, maxBuffer: 2 ** 30, env: { ...process.env, GIT_OPTIONAL_LOCKS: "0" } };
  return (await run("git", ["-c", "core.fsmonitor=false", ...args], options)).stdout;
}

function split(output: string): string[] {
  return output.split("\0").filter((part) => part !== "");
}
