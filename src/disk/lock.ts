import { linkSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

import { hasCode } from "./errors.ts";
import type { Workspace } from "./workspace.ts";

/** Another run works on the same tree; the message says which, and what to do. */
export class Busy extends Error {}

interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process began, as the system tells it; a number that is used again belongs to another one. */
  readonly began: string;
}

/**
 * Keeps other runs away from a workspace, whose folder must be there.
 *
 * @returns lets them in again
 * @throws {Busy} while another run works there; what a dead one left behind is taken over
 */
export function lock(workspace: Workspace): () => void {
  const path = join(workspace.folder, "lock");
  const own = JSON.stringify({ pid: process.pid, host: hostname(), began: beginningOf(process.pid) } satisfies Holder);
  while (!create(path, own)) {
    const found = read(path);
    if (found !== undefined) takeOver(path, found);
  }
  for (const name of readdirSync(workspace.folder)) {
    if (name.startsWith("lock-")) rmSync(join(workspace.folder, name), { force: true });
  }
  return () => {
    if (read(path) === own) rmSync(path, { force: true });
  };
}

/** Written beside and linked, so that nobody ever reads half of it. */
function create(path: string, content: string): boolean {
  const beside = `${path}-${String(process.pid)}`;
  writeFileSync(beside, content);
  try {
    linkSync(beside, path);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    return createPlainly(path, content);
  } finally {
    rmSync(beside, { force: true });
  }
}

/** For file systems without links. */
function createPlainly(path: string, content: string): boolean {
  try {
    writeFileSync(path, content, { flag: "wx" });
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

function takeOver(path: string, found: string): void {
  const holder = parse(found);
  if (holder !== undefined && isAlive(holder)) {
    const where = holder.host === hostname() ? "" : ` on ${holder.host}`;
    throw new Busy(
      `another run (process ${String(holder.pid)}${where}) is working in this folder; wait until it ends` +
        (where === "" ? "" : `, or remove ${path} when there is none`),
    );
  }
  // Moved away first: of two that want to take over, one has it.
  const aside = `${path}-taken-${String(process.pid)}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return;
    throw error;
  }
  // The other one was quicker, and this is its own: back to its place.
  if (read(aside) !== found) linkSync(aside, path);
  rmSync(aside, { force: true });
}

function isAlive({ pid, host, began }: Holder): boolean {
  // Of a process elsewhere nothing can be told.
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!hasCode(error, "EPERM")) return false;
  }
  return beginningOf(pid) === began;
}

/** When a process began; empty where the system does not tell it this way. */
function beginningOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, "utf8");
    // The name of the program, in parentheses, may hold anything.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}

function parse(text: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isHolder(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isHolder(value: unknown): value is Holder {
  if (typeof value !== "object" || value === null || !("pid" in value && "host" in value && "began" in value))
    return false;
  return typeof value.pid === "number" && typeof value.host === "string" && typeof value.began === "string";
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}
