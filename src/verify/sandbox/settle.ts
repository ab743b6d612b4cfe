import { snapshot, wireForm } from "../world/snapshot.ts";
import type { Clock } from "../world/clock.ts";
import type { Run } from "../world/run.ts";
import type { Outcome } from "../model.ts";

/** The turns of the real event loop, before timers are simulated. */
const realImmediate = globalThis.setImmediate;
const realTimeout = globalThis.setTimeout;

/** Virtual milliseconds after which a run is over that goes on by itself: longer than any platform lets it live. */
const LONGEST_MS = 15 * 60_000;

/** The same for what goes on behind the answer. */
const LONGEST_BEHIND_MS = 60_000;

/** More events than this in one call are no function's. */
const MOST_EVENTS = 10_000;

/**
 * So many turns of a millisecond are waited for what the simulation does not do itself: compression, keys. On a busy machine
 * they take longer, as that does.
 */
const MOST_TURNS = 2_000;

/** The same where nothing tells whether anything is under way. */
const MOST_SILENT_TURNS = 100;

/** Where the end of a call is put. */
export interface Ended {
  outcome: Outcome;
}

/**
 * Calls a function and lets virtual time pass until nothing is under way any more. What still happens after the
 * answer belongs to the call.
 */
export async function settle(run: Run, clock: Clock, ended: Ended, call: () => unknown): Promise<void> {
  const state: { outcome: Outcome | undefined; settledAt: number } = { outcome: undefined, settledAt: Infinity };
  const begun = clock.elapsed;
  void (async () => {
    try {
      const value = await call();
      state.outcome = { kind: "value", value: snapshot(value), json: wireForm(value) };
    } catch (error) {
      state.outcome = { kind: "failure", error: snapshot(error) };
    }
    state.settledAt = clock.elapsed;
  })();
  for (let events = 0; ; events += 1) {
    await quiet(run, clock, () => state.outcome !== undefined);
    if (clock.isEmpty || run.notRun !== undefined) break;
    if (clock.next > Math.min(begun + LONGEST_MS, state.settledAt + LONGEST_BEHIND_MS)) break;
    if (events > MOST_EVENTS) {
      run.notRun ??= "it does not come to rest";
      break;
    }
    try {
      clock.advance();
    } catch (error) {
      run.unhandledIn(error);
    }
  }
  clock.clear();
  ended.outcome = state.outcome ?? { kind: "timeout" };
}

/** Lets everything happen that needs no time: promises, ticks, and what Node.js does on its own. */
async function quiet(run: Run, clock: Clock, isSettled: () => boolean): Promise<void> {
  await turn();
  const mayWait = run.pending > 0 || (run.hasThreads && !isSettled());
  if (!clock.isEmpty || !mayWait) return;
  const isWaiting = (): boolean => clock.isEmpty && (run.pending > 0 || (run.hasThreads && !isSettled()));
  for (let turns = 1; isWaiting(); turns += 1) {
    await new Promise((resolve) => realTimeout(resolve, 1));
    if (turns > (run.pending > 0 ? MOST_TURNS : MOST_SILENT_TURNS)) return;
  }
  await turn();
}

function turn(): Promise<void> {
  return new Promise((resolve) => realImmediate(resolve));
}
