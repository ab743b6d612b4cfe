import { readFileSync, renameSync, rmSync } from "node:fs";

import { partOf, readBytes } from "./bytes.ts";
import { NotReplaced } from "./errors.ts";
import { dropJournal, dropUnborn, filesOf, hashOf, isOpen, readJournals, setClosed, setOpen } from "./journal.ts";
import type { Journal } from "./journal.ts";
import { isTorn, replaceGroup, stage } from "./replace.ts";
import type { Staged } from "./replace.ts";
import type { Workspace } from "./workspace.ts";

/** What became of the files of a run that was undone. Paths are those of the journal. */
export interface Restored {
  readonly run: string;
  /** They are the originals again. */
  readonly restored: readonly string[];
  /** They are neither the original nor what the run wrote: left as they are. */
  readonly changed: readonly Kept[];
}

/** A file that was not restored. */
export interface Kept {
  readonly path: string;
  /** Where its original is kept. */
  readonly original: string;
}

/** A file of a run as it is now; `other` when someone has changed or removed it since. */
interface Found {
  readonly number: number;
  readonly kind: "original" | "written" | "other";
  readonly content: Buffer;
}

/**
 * Restores what runs have begun and not ended, and takes their temporary files away. The caller holds the lock.
 *
 * @throws the file system's error where that is not possible; the next call goes on with it
 */
export async function recover(workspace: Workspace): Promise<readonly Restored[]> {
  dropUnborn(workspace);
  const results: Restored[] = [];
  for (const journal of readJournals(workspace).filter(isOpen)) {
    const groups = lookAt(journal);
    const whole = groups.filter((group) => !hasOther(group));
    // A pair of which one was edited since: where the other one is the original, both must be.
    const split = groups.filter((group) => hasOther(group) && group.some(({ kind }) => kind === "original"));
    results.push(await lead(journal, [...whole, ...split], groups.filter(hasOther)));
  }
  return results;
}

/**
 * Undoes the last run. The caller holds the lock, and has recovered.
 *
 * @param keepChanged leave pairs alone that someone has changed since, and restore the others
 * @returns undefined when there is no run; without `keepChanged`, nothing is restored where anything was changed
 */
export async function undoLast(workspace: Workspace, keepChanged: boolean): Promise<Restored | undefined> {
  const journal = readJournals(workspace).at(-1);
  if (journal === undefined) return undefined;
  const groups = lookAt(journal);
  const changed = groups.filter(hasOther);
  if (changed.length > 0 && !keepChanged) {
    return { run: journal.run, restored: [], changed: changed.flatMap((group) => keptOf(journal, group)) };
  }
  setOpen(journal);
  return lead(
    journal,
    groups.filter((group) => !hasOther(group)),
    changed,
  );
}

async function lead(
  journal: Journal,
  groups: readonly (readonly Found[])[],
  changed: readonly (readonly Found[])[],
): Promise<Restored> {
  const restored: string[] = [];
  for (const group of groups) {
    const written = group.filter(({ kind }) => kind === "written");
    await restoreGroup(journal, written);
    restored.push(...written.map(({ number }) => pathOf(journal, number)));
  }
  for (const [index] of journal.entries.entries()) removeTemporary(journal, index);
  if (changed.length === 0) dropJournal(journal);
  else setClosed(journal);
  return { run: journal.run, restored, changed: changed.flatMap((group) => keptOf(journal, group)) };
}

async function restoreGroup(journal: Journal, group: readonly Found[]): Promise<void> {
  const staged: Staged[] = [];
  for (const { number, content } of group) {
    const { target, original, incoming, outgoing } = filesOf(journal, number);
    removeTemporary(journal, number);
    const after = readFileSync(original);
    if (hashOf(after) !== journal.entries[number]?.before) {
      throw new NotReplaced(`cannot be brought back: its original ${original} is damaged`);
    }
    staged.push(await stage({ target, incoming, outgoing, before: content, after }));
  }
  const obstacle = replaceGroup(staged);
  if (obstacle !== undefined) throw obstacle.error;
}

function lookAt(journal: Journal): readonly (readonly Found[])[] {
  const groups = new Map<number, Found[]>();
  for (const [number, { group }] of journal.entries.entries()) {
    groups.set(group, [...(groups.get(group) ?? []), find(journal, number)]);
  }
  return [...groups.values()];
}

function find(journal: Journal, number: number): Found {
  const entry = journal.entries[number];
  const { target, incoming, outgoing } = filesOf(journal, number);
  const [content, old] = [readBytes(target), readBytes(outgoing)];
  const hash = content && hashOf(content);
  if (content === undefined || hash === undefined || entry === undefined)
    return { number, kind: "other", content: Buffer.of() };
  if (hash === entry.before) return { number, kind: "original", content };
  if (hash === entry.after) {
    if (old === undefined || [entry.before, entry.after].includes(hashOf(old)))
      return { number, kind: "written", content };
    // Someone saved in the moment in which the file was replaced.
    renameSync(outgoing, target);
    return { number, kind: "other", content: old };
  }
  const next = readBytes(incoming);
  const isOurs = old !== undefined && next !== undefined && isTorn(content, old, next);
  return { number, kind: isOurs ? "written" : "other", content };
}

function removeTemporary(journal: Journal, number: number): void {
  const { incoming, outgoing } = filesOf(journal, number);
  for (const path of [incoming, outgoing, partOf(outgoing)]) rmSync(path, { force: true });
}

function hasOther(group: readonly Found[]): boolean {
  return group.some(({ kind }) => kind === "other");
}

function keptOf(journal: Journal, group: readonly Found[]): Kept[] {
  return group
    .filter(({ kind }) => kind === "other")
    .map(({ number }) => ({ path: pathOf(journal, number), original: filesOf(journal, number).original }));
}

function pathOf(journal: Journal, number: number): string {
  return journal.entries[number]?.path ?? "";
}
