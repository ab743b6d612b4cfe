import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** How much a store may hold. */
export interface StoreLimits {
  readonly entries: number;
  readonly bytes: number;
}

/** An entry that is still being written is younger. */
const ABANDONED_MS = 3_600_000;

/**
 * Texts by key in a folder, one file for each. It may lose any of them at any time, and never gives one that is not whole:
 * what can't be read is not there, and what can't be written is not kept. Several processes may use it at the same time.
 */
export class TextStore {
  readonly #folder: string;

  /** @param folder absolute; made when the first text is kept */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @param key may stand in the name of a file */
  read(key: string): string | undefined {
    let kept: string;
    try {
      kept = readFileSync(this.#pathOf(key), "utf8");
    } catch {
      return undefined;
    }
    const end = kept.indexOf("\n");
    const text = kept.slice(end + 1);
    return kept.slice(0, end) === sealOf(key, text) ? text : undefined;
  }

  write(key: string, text: string): void {
    const path = this.#pathOf(key);
    const beside = `${path}.${String(process.pid)}`;
    try {
      mkdirSync(this.#folder, { recursive: true });
      // For no eyes but the user's: a text may say what others must not read.
      writeFileSync(beside, `${sealOf(key, text)}\n${text}`, { mode: 0o600 });
      renameSync(beside, path);
    } catch {
      removeQuietly(beside);
    }
  }

  /** Takes the oldest texts away where there are too many, and what killed processes have left. */
  trim(limits: StoreLimits): void {
    let { entries, bytes } = limits;
    for (const { path, size, at, isDraft } of this.#files().toSorted((a, b) => b.at - a.at)) {
      if (isDraft && Date.now() - at < ABANDONED_MS) continue;
      entries -= 1;
      bytes -= size;
      if (isDraft || entries < 0 || bytes < 0) removeQuietly(path);
    }
  }

  #files(): { path: string; size: number; at: number; isDraft: boolean }[] {
    try {
      return readdirSync(this.#folder).map((name) => {
        const path = join(this.#folder, name);
        const { size, mtimeMs } = statSync(path);
        return { path, size, at: mtimeMs, isDraft: name.includes(".") };
      });
    } catch {
      return []; // Another process tidies up.
    }
  }

  #pathOf(key: string): string {
    return join(this.#folder, key);
  }
}

/** What can't be removed does no harm. */
function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true, recursive: true });
  } catch {
    // Another process may have been quicker, or the folder is not ours to write into.
  }
}

/** What a whole entry begins with: a text that is cut off, changed, or kept under another key, has another one. */
function sealOf(key: string, text: string): string {
  return createHash("sha256").update(`${key}\n${text}`).digest("hex");
}
