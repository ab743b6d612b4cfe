import { explainError, writeSource } from "./files.ts";
import type { Migrated, Unit } from "./run-outcome.ts";
import type { Change } from "./run-result.ts";

// Most of a write is waiting for the disk.
const writersAtOnce = 8;
const signals: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];
const interrupted = "was not written: the run was interrupted; run again";

/**
 * Writes all changes. What could not be written becomes an error. A signal that would end the process does so after
 * the files that are just being written: each file is old or new, each unit whole, and no temporary file stays.
 */
export async function writeAll(units: readonly Unit[]): Promise<Unit[]> {
  const written = [...units];
  const waiting = units.entries();
  // Listened to by ourselves all the time: write-file-atomic does so per file, and a signal between two would be lost.
  let received: NodeJS.Signals | undefined;
  const receive = (signal: NodeJS.Signals): void => {
    received = signal;
  };
  const isInterrupted = (): boolean => received !== undefined;
  const writer = async (): Promise<void> => {
    for (const [index, unit] of waiting) {
      written[index] = isInterrupted() ? unit.map((each) => notWritten(each, interrupted)) : await writeUnit(unit);
    }
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

/** Writes the files of a unit one after the other; when one cannot be written, those before it are put back. */
async function writeUnit(unit: Unit): Promise<Unit> {
  for (const [index, { source, outcome }] of unit.entries()) {
    if (outcome.kind !== "result" || outcome.change === undefined) continue;
    try {
      await writeSource(source.absolute, outcome.change);
    } catch (error) {
      const failed: Migrated = { source, outcome: { kind: "error", message: explainError(error, "write") } };
      const waits = `was not written, because ${source.path} could not be; both change together`;
      return [
        ...(await Promise.all(unit.slice(0, index).map((each) => putBack(each, source.path)))),
        failed,
        ...unit.slice(index + 1).map((each) => notWritten(each, waits)),
      ];
    }
  }
  return unit;
}

async function putBack(migrated: Migrated, culprit: string): Promise<Migrated> {
  const change = changeOf(migrated);
  if (change === undefined) return migrated;
  try {
    await writeSource(migrated.source.absolute, { before: change.after, after: change.before });
    return notWritten(migrated, `is as it was, because ${culprit} could not be written; both change together`);
  } catch (error) {
    const message = `was migrated, though ${culprit} could not be written, and cannot be put back`;
    return notWritten(migrated, `${message}: it ${explainError(error, "write")}`);
  }
}

function changeOf({ outcome }: Migrated): Change | undefined {
  return outcome.kind === "result" ? outcome.change : undefined;
}

function notWritten(migrated: Migrated, message: string): Migrated {
  return changeOf(migrated) === undefined ? migrated : { source: migrated.source, outcome: { kind: "error", message } };
}
