import { rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { dirname } from "node:path";

import { syncFolder } from "./bytes.ts";
import { hasCode } from "./errors.ts";
import { dropJournal, filesOf, folderOf, hashOf, nextRun, openJournal, setClosed } from "./journal.ts";
import type { Journal } from "./journal.ts";
import { replaceGroup, stage } from "./replace.ts";
import type { Staged } from "./replace.ts";
import { pathIn } from "./workspace.ts";
import type { Workspace } from "./workspace.ts";

/** A file that gets another text. */
export interface TextChange {
  /** Absolute, without links. */
  readonly target: string;
  readonly before: string;
  readonly after: string;
}

/** Files that change together or not at all. */
export interface Group {
  readonly changes: readonly TextChange[];
  /** Whether it is of use only where all groups before it could be written. */
  readonly needsAll: boolean;
}

/** What became of a group: `failed` with the change that is to blame, `skipped` when it was not tried. */
export type GroupOutcome =
  | { readonly kind: "written" }
  | { readonly kind: "skipped" }
  | { readonly kind: "failed"; readonly culprit: TextChange; readonly error: unknown };

/** Nothing was written at all; the cause is the file system's error. */
export class NothingWritten extends Error {}

// Most of it is waiting for the disk.
const writersAtOnce = 8;

/**
 * Replaces files as one transaction: all originals and all new contents are on the disk before the first file is
 * touched, each group changes at once, and whatever happens, the next run or `undo` can lead all back.
 *
 * @param isStopped asked between groups; those that are left are skipped then
 * @throws {NothingWritten} where the disk is full, or the workspace can't be written
 */
export async function replaceFiles(
  workspace: Workspace,
  groups: readonly Group[],
  isStopped: () => boolean,
): Promise<readonly GroupOutcome[]> {
  const transaction = new Transaction(workspace, groups);
  return transaction.run(isStopped);
}

class Transaction {
  readonly #journal: Journal;
  readonly #groups: readonly Group[];
  /** By change: its number in the journal. */
  readonly #numbers: ReadonlyMap<TextChange, number>;

  constructor(workspace: Workspace, groups: readonly Group[]) {
    const changes = groups.flatMap((group, index) => group.changes.map((change) => ({ change, group: index })));
    const entries = changes.map(({ change, group }) => ({
      path: pathIn(workspace, change.target),
      group,
      before: hashOf(Buffer.from(change.before)),
      after: hashOf(Buffer.from(change.after)),
    }));
    this.#journal = { workspace, run: nextRun(workspace), entries };
    this.#groups = groups;
    this.#numbers = new Map(changes.map(({ change }, index) => [change, index]));
  }

  async run(isStopped: () => boolean): Promise<readonly GroupOutcome[]> {
    const outcomes = await this.#commitAll(await this.#prepare(isStopped), isStopped);
    this.#clean();
    for (const folder of this.#folders()) syncFolder(folder);
    if (outcomes.some(({ kind }) => kind === "written")) setClosed(this.#journal);
    else dropJournal(this.#journal);
    return outcomes;
  }

  async #prepare(isStopped: () => boolean): Promise<(readonly Staged[] | GroupOutcome)[]> {
    try {
      openJournal(this.#journal);
      return await this.#stageAll(isStopped);
    } catch (error) {
      this.#clean();
      dropJournal(this.#journal);
      throw new NothingWritten("nothing was written", { cause: error });
    }
  }

  /** All new contents beside their files, all originals in the backup; per group, or why that was not possible. */
  async #stageAll(isStopped: () => boolean): Promise<(readonly Staged[] | GroupOutcome)[]> {
    const staged: (readonly Staged[] | GroupOutcome)[] = this.#groups.map(() => ({ kind: "skipped" }));
    const waiting = this.#groups.entries();
    const worker = async (): Promise<void> => {
      for (const [index, group] of waiting) {
        if (isStopped()) return;
        staged[index] = await this.#stageGroup(group);
      }
    };
    const ended = await Promise.allSettled(Array.from({ length: writersAtOnce }, worker));
    const broken = ended.find((each) => each.status === "rejected");
    if (broken !== undefined) throw broken.reason;
    syncFolder(folderOf(this.#journal));
    return staged;
  }

  async #stageGroup({ changes }: Group): Promise<readonly Staged[] | GroupOutcome> {
    const staged: Staged[] = [];
    for (const change of changes) {
      const { target, original, incoming, outgoing } = this.#filesOf(change);
      const [before, after] = [Buffer.from(change.before), Buffer.from(change.after)];
      await writeNew(original, before);
      try {
        staged.push(await stage({ target, incoming, outgoing, before, after }));
      } catch (error) {
        // Of no file that follows is there more room.
        if (hasCode(error, "ENOSPC", "EDQUOT")) throw error;
        return { kind: "failed", culprit: change, error };
      }
    }
    return staged;
  }

  async #commitAll(
    staged: readonly (readonly Staged[] | GroupOutcome)[],
    isStopped: () => boolean,
  ): Promise<readonly GroupOutcome[]> {
    const outcomes: GroupOutcome[] = [];
    for (const [index, group] of this.#groups.entries()) {
      const ready = staged[index] ?? { kind: "skipped" };
      const isUseless = group.needsAll && outcomes.some(({ kind }) => kind !== "written");
      if (isStopped() || isUseless) outcomes.push({ kind: "skipped" });
      else outcomes.push("kind" in ready ? ready : commit(group, ready));
      // A signal is heard between two groups, never within one.
      await new Promise((resolve) => setImmediate(resolve));
    }
    return outcomes;
  }

  #filesOf(change: TextChange): ReturnType<typeof filesOf> {
    return filesOf(this.#journal, this.#numbers.get(change) ?? -1);
  }

  #clean(): void {
    for (const [change] of this.#numbers) {
      const { incoming, outgoing } = this.#filesOf(change);
      rmSync(incoming, { force: true });
      rmSync(outgoing, { force: true });
    }
  }

  #folders(): ReadonlySet<string> {
    return new Set([...this.#numbers.keys()].map(({ target }) => dirname(target)));
  }
}

function commit({ changes }: Group, staged: readonly Staged[]): GroupOutcome {
  const obstacle = replaceGroup(staged);
  const culprit = changes.find(({ target }) => target === obstacle?.target);
  return obstacle === undefined || culprit === undefined
    ? { kind: "written" }
    : { kind: "failed", culprit, error: obstacle.error };
}

async function writeNew(path: string, content: Buffer): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}
