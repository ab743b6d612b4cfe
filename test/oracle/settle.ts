import type { Handler } from "../../src/verify/contract/handler.ts";
import type { Limits, Outcome } from "../../src/verify/model.ts";
import type { Run } from "../../src/verify/world/run.ts";
import { snapshot, wireForm } from "../../src/verify/world/snapshot.ts";
import { realTimers } from "./scopes.ts";

/** So many turns of the event loop without an event mean that a settled run is over. */
const QUIET_TURNS = 4;

/**
 * Calls the handler and watches until the run is quiet: settled and nothing under way, or not settled and without
 * any event for `limits.idleMs`. What still happens after the settlement belongs to the run.
 */
export async function settle(run: Run, handler: Handler, input: unknown, limits: Limits): Promise<Outcome> {
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

async function untilQuiet(run: Run, isSettled: () => boolean, limits: Limits): Promise<void> {
  const start = performance.now();
  let seen = -1;
  let since = start;
  let turns = 0;
  while (performance.now() - start < limits.limitMs) {
    await nextTurn(turns);
    if (run.pending > 0 || run.activity !== seen) {
      seen = run.activity;
      since = performance.now();
      turns = run.pending > 0 ? turns + 1 : 0;
      continue;
    }
    turns += 1;
    if (isSettled() ? turns >= QUIET_TURNS : performance.now() - since >= limits.idleMs) return;
  }
}

function nextTurn(turns: number): Promise<void> {
  return new Promise((resolve) => {
    // A few quick looks first; then rest, so that waiting for a timer does not burn a processor.
    if (turns < 50) realTimers.setImmediate(resolve);
    else realTimers.setTimeout(resolve, 1);
  });
}
