import { AsyncLocalStorage } from "node:async_hooks";
import type { Run } from "../../src/verify/world/run.ts";

/** The timers of the host, whatever is put in the place of the global ones later. */
export const realTimers = {
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  setInterval: globalThis.setInterval,
  clearInterval: globalThis.clearInterval,
  setImmediate: globalThis.setImmediate,
};

/** One turn of the real event loop. */
export function oneTurn(): Promise<void> {
  return new Promise((resolve) => {
    realTimers.setImmediate(resolve);
  });
}

/** What the code that runs now belongs to; `isOwnClient` marks our own client code, whose timers are not the function's. */
export interface Scope {
  readonly run: Run;
  readonly isOwnClient?: boolean;
}

export const scopes = new AsyncLocalStorage<Scope>();
