import { constants } from "node:os";

/** A person ended the command instead of an answer; nothing was written. */
export class Interrupted extends Error {}

/** The signals by which people and systems end a command. */
export const endingSignals: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/** As shells count the end by a signal. */
const FIRST = 128;

export function exitCodeOfSignal(signal: NodeJS.Signals): number {
  return FIRST + constants.signals[signal];
}

/** The signal by which a process with this exit code has to end; undefined for all other codes. */
export function signalOfExitCode(code: number): NodeJS.Signals | undefined {
  return endingSignals.find((name) => exitCodeOfSignal(name) === code);
}
