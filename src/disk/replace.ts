import { closeSync, fsyncSync, ftruncateSync, linkSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import type { Stats } from "node:fs";
import { lstat, open } from "node:fs/promises";

import { readBytes, writeWhole } from "./bytes.ts";
import { NotReplaced, hasCode } from "./errors.ts";

/** A file with its new content beside it, ready to change places. */
export interface Staged {
  readonly target: string;
  /** The new content. */
  readonly incoming: string;
  /** The old content, for as long as it may have to come back. */
  readonly outgoing: string;
  readonly before: Buffer;
  readonly after: Buffer;
  /** A new file would lose what belongs to the old one: its other names, or its owner. So its content is replaced. */
  readonly inPlace: boolean;
  /** Which file it is, under any name. */
  readonly file: string;
}

/** What changes places with what. */
export type Replacement = Omit<Staged, "inPlace" | "file">;

/**
 * Writes the new content beside the file, with its mode and owner, and waits until the disk has it.
 *
 * @throws where the file may not be replaced or there is no room; nothing but `incoming` may be left behind then
 */
export async function stage(replacement: Replacement): Promise<Staged> {
  const stats = await lstat(replacement.target);
  // Renaming over a read-only file would succeed: the folder's permission counts there, and the owner's wish not.
  if ((stats.mode & 0o222) === 0) {
    throw new NotReplaced("is read-only and was left as it is; make it writable and run again");
  }
  const incoming = await open(replacement.incoming, "wx", 0o600);
  try {
    const isOwn = await hasOwner(incoming, stats);
    await incoming.writeFile(replacement.after);
    await incoming.chmod(stats.mode & 0o7777);
    await incoming.sync();
    return { ...replacement, inPlace: stats.nlink > 1 || !isOwn, file: fileOf(stats) };
  } finally {
    await incoming.close();
  }
}

/** The same for all names of a file. */
export function fileOf({ dev, ino }: Stats): string {
  return `${String(dev)}:${String(ino)}`;
}

/** Gives the file the owner of the old one; false where we may not. */
async function hasOwner(file: Awaited<ReturnType<typeof open>>, { uid, gid }: Stats): Promise<boolean> {
  const own = await file.stat();
  if (own.uid === uid && own.gid === gid) return true;
  try {
    await file.chown(uid, gid);
    return true;
  } catch (error) {
    if (hasCode(error, "EPERM", "EACCES", "EINVAL", "ENOSYS")) return false;
    throw error;
  }
}

/** Why a group could not be replaced. */
export interface Obstacle {
  /** The file that is to blame. */
  readonly target: string;
  readonly error: unknown;
}

/**
 * Puts the new contents of a group in place of the old ones, all or none. Synchronous: between the look at what is
 * there and its replacement nothing of ours may take time, because an editor can save at any moment.
 *
 * @returns what stood in the way; all files are as they were then
 */
export function replaceGroup(group: readonly Staged[]): Obstacle | undefined {
  let target = "";
  const replaced: Staged[] = [];
  try {
    for (const each of group) {
      target = each.target;
      refuseChanged(readBytes(target), each.before);
      refuseTwoResults(each, group);
    }
    for (const each of group.filter(({ inPlace }) => inPlace)) {
      target = each.target;
      // Half a copy would pass for what someone has saved in the meantime, and come back. All before the first is
      // replaced: a file with two names is torn under both.
      writeWhole(each.outgoing, each.before);
    }
    for (const each of group) {
      target = each.target;
      replaced.push(each);
      replaceOne(each);
    }
    for (const each of group) {
      target = each.target;
      // What an editor has saved since we looked went into the old file: that comes back.
      refuseChanged(readBytes(each.outgoing) ?? each.before, each.before);
    }
  } catch (error) {
    for (const each of replaced) putBack(each);
    return { target, error };
  }
  for (const { outgoing, incoming } of group) {
    rmSync(outgoing, { force: true });
    rmSync(incoming, { force: true });
  }
  return undefined;
}

function refuseChanged(found: Buffer | undefined, before: Buffer): void {
  if (found === undefined) throw new NotReplaced("was removed while it was migrated; restore it and run again");
  if (!found.equals(before)) {
    throw new NotReplaced("changed on disk while it was migrated and was left as it is; run again");
  }
}

/** A file with two names can't become two. */
function refuseTwoResults(each: Staged, group: readonly Staged[]): void {
  const other = group.find(({ file, after }) => file === each.file && !after.equals(each.after));
  if (other !== undefined) {
    throw new NotReplaced(`is the same file as ${other.target}, which would become another; make a copy of one`);
  }
}

function replaceOne({ target, incoming, outgoing, after, inPlace }: Staged): void {
  if (inPlace) {
    overwrite(target, after);
    return;
  }
  try {
    linkSync(target, outgoing);
  } catch {
    // A file system without links: what was there can be written again.
  }
  renameSync(incoming, target);
}

/** Best effort: what does not succeed here is restored by the journal, before the next run. */
function putBack({ target, outgoing, before, after, inPlace }: Staged): void {
  try {
    const isReplaced = readBytes(target)?.equals(after) === true;
    if (inPlace) overwrite(target, before);
    else if (isReplaced && readBytes(outgoing) !== undefined) renameSync(outgoing, target);
    else if (isReplaced) overwrite(target, before);
  } catch {
    // The cause is told by what failed first.
  }
}

/** Replaces the content and keeps the file. A death in between leaves the beginning of the one and the end of the other. */
function overwrite(target: string, content: Buffer): void {
  const file = openSync(target, "r+");
  try {
    let written = 0;
    while (written < content.length) written += writeSync(file, content, written, content.length - written, written);
    ftruncateSync(file, content.length);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Whether a content is what a death within {@link overwrite} leaves. */
export function isTorn(found: Buffer, from: Buffer, to: Buffer): boolean {
  let same = 0;
  while (same < found.length && found[same] === to[same]) same += 1;
  return found.subarray(same).equals(from.subarray(same));
}
