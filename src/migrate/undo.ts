import { Busy } from "../disk/lock.ts";
import type { Kept, Restored } from "../disk/restore.ts";
import { recover, undoLast } from "../disk/restore.ts";
import { isIdle, workspaceAt } from "../disk/workspace.ts";
import { explainError } from "./files.ts";
import { hold } from "./run-session.ts";

/** What became of an `undo`. */
export type Undone =
  /** No run has written anything that was not undone. */
  | { readonly kind: "nothing" }
  /** Nothing was touched: another run is going on, or the disk does not allow it. */
  | { readonly kind: "problem"; readonly message: string }
  /** Nothing was touched: these files were changed since. */
  | { readonly kind: "refused"; readonly changed: readonly Kept[] }
  /** These files are the originals again, and those were left as they are. */
  | { readonly kind: "undone"; readonly restored: readonly string[]; readonly changed: readonly Kept[] };

/**
 * Undoes the last run in the repository around a folder: the files are, byte for byte, what they were before it.
 *
 * @param keepChanged leave functions alone that were changed since, and restore the others
 */
export async function undo(cwd: string, keepChanged: boolean): Promise<Undone> {
  const workspace = workspaceAt(cwd);
  if (isIdle(workspace)) return { kind: "nothing" };
  let leave = (): void => undefined;
  try {
    leave = hold(workspace);
    const interrupted = await recover(workspace);
    if (interrupted.length > 0) return { kind: "undone", ...summed(interrupted) };
    const last = await undoLast(workspace, keepChanged);
    if (last === undefined) return { kind: "nothing" };
    if (last.changed.length > 0 && !keepChanged) return { kind: "refused", changed: last.changed };
    return { kind: "undone", ...last };
  } catch (error) {
    const message = error instanceof Busy ? error.message : `A file ${explainError(error, "write")}`;
    return { kind: "problem", message };
  } finally {
    leave();
  }
}

function summed(runs: readonly Restored[]): Pick<Restored, "restored" | "changed"> {
  return { restored: runs.flatMap(({ restored }) => restored), changed: runs.flatMap(({ changed }) => changed) };
}
