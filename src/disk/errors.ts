import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, isAbsolute, join } from "node:path";

/** A file that must not be replaced; the message says why and what to do. */
export class NotReplaced extends Error {}

/** Whether something that was thrown is an error of the file system with one of these codes. */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}

/** What to tell where a process has as many files open as it may. */
export const tooManyFiles = "too many files are open; raise the limit (ulimit -n) and run again";

/** Whether something that was thrown says that too many files are open, here or on the whole machine. */
export function isTooManyFiles(error: unknown): boolean {
  // A thread that can't start says it in its message alone.
  const isThread = hasCode(error, "ERR_WORKER_INIT_FAILED");
  return (
    hasCode(error, "EMFILE", "ENFILE") ||
    (isThread && /\bE[MN]FILE\b/u.test((error as Error).message)) ||
    (hasCode(error, "ERR_MODULE_NOT_FOUND") && isThereAfterAll((error as Error).message))
  );
}

/** Whether a module stands where Node.js did not find it: with no file handle left it looks as if there were none. */
function isThereAfterAll(message: string): boolean {
  const { name, from } = /^Cannot find \w+ '(?<name>.+?)' imported from (?<from>.+)$/u.exec(message)?.groups ?? {};
  if (name === undefined || from === undefined) return false;
  if (isAbsolute(name)) return existsSync(name) || existsSync(join(dirname(name), "package.json"));
  try {
    return createRequire(from).resolve(name) !== "";
  } catch {
    return false;
  }
}
