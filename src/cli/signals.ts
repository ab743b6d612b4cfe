import { constants } from "node:os";

import type { Output } from "./output.ts";

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

/** What a person reads who has ended a run before it wrote. */
export const NOTHING_WRITTEN = "faas-migrate: interrupted; nothing was written\n";

/** Says so, where a signal ends the process before the returned function was called. */
export function tellOfSignals(stderr: Output): () => void {
  const leave = (): void => {
    for (const each of endingSignals) process.off(each, end);
  };
  const end = (signal: NodeJS.Signals): void => {
    leave();
    stderr.write(NOTHING_WRITTEN, () => process.kill(process.pid, signal));
  };
  for (const each of endingSignals) process.on(each, end);
  return leave;
}
