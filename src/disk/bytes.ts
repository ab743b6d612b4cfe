import { closeSync, fsyncSync, lstatSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";

import { hasCode } from "./errors.ts";

/** The content of a regular file; undefined where there is none. */
export function readBytes(path: string): Buffer | undefined {
  try {
    // Reading a pipe in place of a file would wait for ever.
    return lstatSync(path).isFile() ? readFileSync(path) : undefined;
  } catch (error) {
    if (hasCode(error, "ENOENT", "ENOTDIR")) return undefined;
    throw error;
  }
}

/** Writes a new or an existing file, and waits until the disk has it. */
export function writeSynced(path: string, content: string | Buffer): void {
  writeFileSync(path, content, { flush: true });
}

/** What {@link writeWhole} leaves behind when the process dies within it. */
export function partOf(path: string): string {
  return `${path}.part`;
}

/** Writes a file that is never seen in parts: it has all of the content, or is as it was. */
export function writeWhole(path: string, content: string | Buffer): void {
  writeSynced(partOf(path), content);
  renameSync(partOf(path), path);
}

/** Waits until the disk has the names in a folder; some systems know no such thing. */
export function syncFolder(path: string): void {
  try {
    const folder = openSync(path, "r");
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  } catch {
    // Without it a power cut may take the names back, and nothing else.
  }
}
