import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";

import { syncFolder, writeSynced, writeWhole } from "./bytes.ts";
import type { Workspace } from "./workspace.ts";

/** One file that a run replaces. */
export interface Entry {
  /** From the workspace's root, or absolute. */
  readonly path: string;
  /** Entries of one number change together. */
  readonly group: number;
  /** SHA-256 of the file before and after, in hexadecimal. */
  readonly before: string;
  readonly after: string;
}

/** What a run replaces: written before the first file is touched, never changed, and kept for `undo`. */
export interface Journal {
  readonly workspace: Workspace;
  /** Name of the run: its number and when it began. */
  readonly run: string;
  readonly entries: readonly Entry[];
}

/** The files of one entry. */
export interface EntryFiles {
  readonly target: string;
  /** The original, in the backup. */
  readonly original: string;
  /** Beside the target, while it is being replaced: what comes into its place, and what stood there. */
  readonly incoming: string;
  readonly outgoing: string;
}

const version = 1;

/** While this file stands in a run's folder, some of its files may be replaced and others not. */
const openName = "open";
const journalName = "journal.json";

/** The folder with the originals of a run. */
export function folderOf({ workspace, run }: Pick<Journal, "workspace" | "run">): string {
  return join(workspace.backups, run);
}

/** Where the files of an entry are. Originals have no ending of JavaScript: no tool may take them for code. */
export function filesOf(journal: Journal, index: number): EntryFiles {
  const path = journal.entries[index]?.path ?? "";
  const target = isAbsolute(path) ? path : resolve(journal.workspace.root, path);
  const beside = join(dirname(target), `.faas-migrate-${journal.run}-${String(index)}`);
  return {
    target,
    original: join(folderOf(journal), `${String(index)}.original`),
    incoming: `${beside}.new`,
    outgoing: `${beside}.old`,
  };
}

/** The name for a new run: numbers first, so that the names stand in the order of the runs. */
export function nextRun({ backups }: Workspace): string {
  const last = existsSync(backups) ? readdirSync(backups).sort().at(-1) : undefined;
  const number = Number(/^\d+/u.exec(last ?? "")?.[0] ?? 0) + 1;
  return `${String(number).padStart(5, "0")}-${new Date().toISOString().slice(0, 19).replaceAll(/[-:]/gu, "")}`;
}

/** Begins a run: from now on its files can be restored, whatever happens. */
export function openJournal(journal: Journal): void {
  const folder = folderOf(journal);
  mkdirSync(folder, { recursive: true });
  setOpen(journal);
  writeWhole(join(folder, journalName), JSON.stringify({ version, entries: journal.entries }, undefined, 2));
  for (const each of [folder, journal.workspace.backups, journal.workspace.folder]) syncFolder(each);
}

/** From now on some files may be replaced and others not. */
export function setOpen(journal: Journal): void {
  writeSynced(join(folderOf(journal), openName), "");
  syncFolder(folderOf(journal));
}

/** The files of the run are as they should be. Needs no room on the disk. */
export function setClosed(journal: Journal): void {
  rmSync(join(folderOf(journal), openName), { force: true });
  syncFolder(folderOf(journal));
}

export function isOpen(journal: Journal): boolean {
  return existsSync(join(folderOf(journal), openName));
}

/** Forgets a run whose files are the original ones. */
export function dropJournal(journal: Journal): void {
  const folder = folderOf(journal);
  // Without it the folder is that of no run.
  rmSync(join(folder, journalName), { force: true });
  rmSync(folder, { recursive: true, force: true });
  syncFolder(journal.workspace.backups);
}

/** Takes away what runs have left that ended before they had written what they wanted to do: they have done nothing. */
export function dropUnborn({ backups }: Workspace): void {
  if (!existsSync(backups)) return;
  for (const run of readdirSync(backups)) {
    const folder = join(backups, run);
    if (!existsSync(join(folder, journalName))) rmSync(folder, { recursive: true, force: true });
  }
}

/** The runs that have replaced something and were not undone, the oldest first. */
export function readJournals(workspace: Workspace): Journal[] {
  if (!existsSync(workspace.backups)) return [];
  return readdirSync(workspace.backups)
    .sort()
    .flatMap((run) => readJournal(workspace, run) ?? []);
}

/** @returns undefined for a folder without a journal, or with one of another version of this tool */
function readJournal(workspace: Workspace, run: string): Journal | undefined {
  const path = join(folderOf({ workspace, run }), journalName);
  if (!existsSync(path)) return undefined;
  const content: unknown = JSON.parse(readFileSync(path, "utf8"));
  return isContent(content) ? { workspace, run, entries: content.entries } : undefined;
}

function isContent(value: unknown): value is { readonly entries: readonly Entry[] } {
  if (typeof value !== "object" || value === null || !("version" in value && "entries" in value)) return false;
  return value.version === version && Array.isArray(value.entries) && value.entries.every(isEntry);
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== "object" || value === null) return false;
  if (!("path" in value && "group" in value && "before" in value && "after" in value)) return false;
  return (
    [value.path, value.before, value.after].every((each) => typeof each === "string") && typeof value.group === "number"
  );
}

/** The content of a file as the journal knows it. */
export function hashOf(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
