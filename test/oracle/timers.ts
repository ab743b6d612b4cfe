import { AsyncResource } from "node:async_hooks";
import timers from "node:timers";
import timersPromises from "node:timers/promises";
import { promisify } from "node:util";
import type { TimedRun } from "./clock.ts";
import { realTimers, scopes } from "./scopes.ts";

type Callback = (...args: unknown[]) => void;

/** Delays of so many milliseconds mean "as soon as possible": sooner than any answer of the outside world. */
const SOON = 1;

/** What `setTimeout` and `setInterval` give to a function: a timer on the clock of its run. */
class SimulatedTimer {
  readonly #start: () => () => void;
  #stop: () => void;

  /** @param start sets the timer, and returns what calls it off */
  constructor(start: () => () => void) {
    this.#start = start;
    this.#stop = start();
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  hasRef(): boolean {
    return true;
  }

  refresh(): this {
    this.#stop();
    this.#stop = this.#start();
    return this;
  }

  close(): this {
    this.#stop();
    return this;
  }
}

/** Whose timers the code that runs now sets; undefined for the host's own. */
function simulated(): { readonly run: TimedRun; readonly isHeld: boolean } | undefined {
  const scope = scopes.getStore();
  return scope === undefined || scope.timers === "host"
    ? undefined
    : { run: scope.run, isHeld: scope.timers !== "library" };
}

/** Runs the callback as a timer does: in the context that set it, and so that what it throws is an uncaught exception. */
function detached(callback: Callback, args: readonly unknown[]): () => void {
  return AsyncResource.bind(() => {
    realTimers.setImmediate(callback, ...args);
  });
}

/** Work under way rather than a moment to wait for. */
function soon(run: TimedRun, happen: () => void): () => void {
  let isOpen = true;
  const close = (): boolean => {
    const wasOpen = isOpen;
    isOpen = false;
    if (wasOpen) run.end();
    return wasOpen;
  };
  run.begin();
  realTimers.setImmediate(() => {
    if (close()) happen();
  });
  return close;
}

function setTimeoutStand(callback: Callback, delay?: unknown, ...args: unknown[]): unknown {
  const owner = simulated();
  if (owner === undefined || typeof callback !== "function") {
    return realTimers.setTimeout(callback, delay as number, ...args);
  }
  const { run, isHeld } = owner;
  const happen = detached(callback, args);
  const ms = Math.trunc(Number(delay));
  return new SimulatedTimer(() => (ms > SOON ? run.clock.after(ms, happen, isHeld) : soon(run, happen)));
}

function setIntervalStand(callback: Callback, delay?: unknown, ...args: unknown[]): unknown {
  const owner = simulated();
  if (owner === undefined || typeof callback !== "function") {
    return realTimers.setInterval(callback, delay as number, ...args);
  }
  const { run, isHeld } = owner;
  const happen = detached(callback, args);
  const ms = Math.max(SOON, Math.trunc(Number(delay)) || SOON);
  return new SimulatedTimer(() => {
    const tick = (): void => {
      stop = run.clock.after(ms, tick, isHeld);
      happen();
    };
    let stop = run.clock.after(ms, tick, isHeld);
    return () => {
      stop();
    };
  });
}

function clearStand(timer: unknown): void {
  if (timer instanceof SimulatedTimer) timer.close();
  else realTimers.clearTimeout(timer as NodeJS.Timeout);
}

const originalTimeout = AbortSignal.timeout.bind(AbortSignal);

function timeoutSignal(delay: number): AbortSignal {
  // The genuine one says which delays there are.
  const genuine = originalTimeout(delay);
  const owner = simulated();
  if (owner === undefined) return genuine;
  const controller = new AbortController();
  owner.run.clock.after(
    delay,
    () => {
      controller.abort(new DOMException("The operation was aborted due to timeout", "TimeoutError"));
    },
    false,
  );
  return controller.signal;
}

/**
 * Puts timers on the clock of the run in the place of the global ones. They act only for code that belongs to a run
 * (asynchronous continuations included) and are what they were for everybody else.
 */
export function installTimers(): void {
  Object.defineProperty(setTimeoutStand, promisify.custom, {
    value: <T>(delay?: number, value?: T) =>
      new Promise<T | undefined>((resolve) => {
        setTimeoutStand(() => {
          resolve(value);
        }, delay);
      }),
  });
  for (const [name, value] of Object.entries(stands)) {
    Object.defineProperty(globalThis, name, { configurable: true, writable: true, value });
  }
  Object.defineProperty(AbortSignal, "timeout", { configurable: true, writable: true, value: timeoutSignal });
}

const stands = {
  setTimeout: setTimeoutStand,
  setInterval: setIntervalStand,
  clearTimeout: clearStand,
  clearInterval: clearStand,
};

/** The modules of Node.js that hand out timers, with those of the runs. */
export function timerModules(): Readonly<Record<"timers" | "timers/promises", object>> {
  return {
    timers: { ...timers, ...stands },
    "timers/promises": { ...timersPromises, setTimeout: promisify(setTimeoutStand) },
  };
}
