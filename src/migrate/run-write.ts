import type { SourceFile } from "./discover.ts";
import { explainError, writeSource } from "./files.ts";
import type { Outcome } from "./run-file.ts";

/** A file with what became of it so far. */
export interface Migrated {
  readonly source: SourceFile;
  readonly outcome: Outcome;
}

// Most of a write is waiting for the disk.
const writersAtOnce = 8;
const signals: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Writes all changes. What could not be written becomes an error. A signal that would end the process does so after
 * the files that are just being written: each file is old or new, and no temporary file stays.
 */
export async function writeAll(migrated: readonly Migrated[]): Promise<Migrated[]> {
  const written = [...migrated];
  const waiting = migrated.entries();
  // Listened to by ourselves all the time: write-file-atomic does so per file, and a signal between two would be lost.
  let received: NodeJS.Signals | undefined;
  const receive = (signal: NodeJS.Signals): void => {
    received = signal;
  };
  const isInterrupted = (): boolean => received !== undefined;
  const writer = async (): Promise<void> => {
    for (const [index, each] of waiting) written[index] = isInterrupted() ? leave(each) : await write(each);
  };
  for (const signal of signals) process.on(signal, receive);
  try {
    await Promise.all(Array.from({ length: writersAtOnce }, writer));
  } finally {
    for (const signal of signals) process.off(signal, receive);
  }
  if (received !== undefined) raiseAgain(received);
  return written;
}

/** Lets the signal do what it would have done without us; a host with a listener of its own has had it already. */
function raiseAgain(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}

async function write(migrated: Migrated): Promise<Migrated> {
  const { source, outcome } = migrated;
  if (outcome.kind !== "result" || outcome.change === undefined) return migrated;
  try {
    await writeSource(source.absolute, outcome.change);
    return migrated;
  } catch (error) {
    return { source, outcome: { kind: "error", message: explainError(error, "write") } };
  }
}

function leave(migrated: Migrated): Migrated {
  const { source, outcome } = migrated;
  if (outcome.kind !== "result" || outcome.change === undefined) return migrated;
  return { source, outcome: { kind: "error", message: "was not written: the run was interrupted; run again" } };
}
