import { AsyncLocalStorage } from "node:async_hooks";
import type { TimedRun } from "./clock.ts";

/** The timers of the host, whatever is put in the place of the global ones later. */
export const realTimers = {
  setTimeout: globalThis.setTimeout,
  setInterval: globalThis.setInterval,
  clearTimeout: globalThis.clearTimeout,
  setImmediate: globalThis.setImmediate,
};

/** One turn of the real event loop. */
export function oneTurn(): Promise<void> {
  return new Promise((resolve) => {
    realTimers.setImmediate(resolve);
  });
}

/** So many turns of a wait follow one another at once. */
export const QUICK_TURNS = 50;

/**
 * One turn of a wait, by its number. A few quick looks first; then it rests for a millisecond, so that waiting does not
 * burn a processor. Waits are counted in turns, not in time: on a busy machine, where all goes slower, they last longer.
 */
export function restingTurn(turn: number): Promise<void> {
  return turn < QUICK_TURNS ? oneTurn() : new Promise((resolve) => realTimers.setTimeout(resolve, 1));
}

/** What the code that runs now belongs to. */
export interface Scope {
  readonly run: TimedRun;
  /**
   * Whose timers it sets, when not the function's: `library` for the HTTP client of V1, whose timers don't keep a run
   * alive, `host` for that of Node.js, whose timers outlive the run.
   */
  readonly timers?: "library" | "host";
  /** The call of V1's HTTP client, which sends some requests after it has rejected. */
  readonly call?: { isRejected: boolean };
}

export const scopes = new AsyncLocalStorage<Scope>();
