import type { Handler } from "../../src/verify/contract/handler.ts";
import type { Limits, Outcome } from "../../src/verify/model.ts";
import { snapshot, wireForm } from "../../src/verify/world/snapshot.ts";
import type { TimedRun } from "./clock.ts";
import { QUICK_TURNS, restingTurn } from "./scopes.ts";

/** So many turns of the event loop without an event mean that a settled run is over. */
const QUIET_TURNS = 4;

/** So many mean that nothing is under way any more, also nothing that the run does not count, and that time may pass. */
const STILL_TURNS = QUICK_TURNS + 3;

/** A timer that repeats for ever ends a run after so many moments of its clock. */
const MOST_MOMENTS = 100;

/**
 * Calls the handler and watches until the run is quiet: settled and nothing under way, or not settled and without
 * any event for so many turns as `limits.idleMs` has milliseconds. What still happens after the settlement belongs to the run.
 */
export async function settle(run: TimedRun, handler: Handler, input: unknown, limits: Limits): Promise<Outcome> {
  const state: { outcome: Outcome | undefined } = { outcome: undefined };
  void (async () => {
    try {
      const value = await handler(input);
      state.outcome = { kind: "value", value: snapshot(value), json: wireForm(value) };
    } catch (error) {
      state.outcome = { kind: "failure", error: snapshot(error) };
    }
    run.activity += 1;
  })();
  await untilQuiet(run, () => state.outcome !== undefined, limits);
  return state.outcome ?? { kind: "timeout" };
}

async function untilQuiet(run: TimedRun, isSettled: () => boolean, limits: Limits): Promise<void> {
  let seen = -1;
  let moments = 0;
  for (let quiet = 0, rests = 0; rests < limits.limitMs; rests += quiet < QUICK_TURNS ? 0 : 1) {
    await restingTurn(quiet);
    quiet = run.activity === seen ? quiet + 1 : 0;
    seen = run.activity;
    if (run.pending > 0 && run.delayedAnswers === 0) continue;
    if (isSettled() && run.pending === 0 && (!run.clock.hasHeld || moments === MOST_MOMENTS)) {
      if (quiet >= QUIET_TURNS) return;
    } else if (quiet >= STILL_TURNS && moments < MOST_MOMENTS && run.clock.advance()) {
      moments += 1;
      quiet = 0;
    } else if (quiet >= QUICK_TURNS + limits.idleMs) {
      return;
    }
  }
}
