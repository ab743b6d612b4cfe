import { promisify } from "node:util";
import type { Run } from "../../src/verify/world/run.ts";
import { realTimers, scopes } from "./scopes.ts";

const LEVELS = ["debug", "info", "log", "warn", "error", "trace", "dir", "table"] as const;

/** Longer waits are shortened: they keep their order, but a retry after two seconds must not take two seconds. */
function shortened(delay: unknown): number {
  const ms = Number(delay);
  if (!(ms > 20)) return ms;
  return 20 + (Math.min(ms, 1_000_000) - 20) / 100;
}

/**
 * Puts recording stand-ins in the place of `console`, `process.env` and the timers of this thread. They act only for
 * code that belongs to a run (asynchronous continuations included) and are what they were for everybody else.
 */
export function installGlobals(current: () => Run | undefined): void {
  installConsole(current);
  const ownEnv = process.env;
  Object.defineProperty(process, "env", { configurable: true, enumerable: true, get: () => current()?.env ?? ownEnv });
  installTimers();
}

function installConsole(current: () => Run | undefined): void {
  const original = globalThis.console;
  const recording: Record<string, unknown> = {};
  for (const level of LEVELS) {
    recording[level] = (...args: unknown[]): void => {
      const run = current();
      if (run === undefined) (Reflect.get(original, level) as (...entries: unknown[]) => void).apply(original, args);
      else run.log(level, args);
    };
  }
  const stand = new Proxy(original, {
    get: (target, key): unknown =>
      typeof key === "string" && key in recording ? recording[key] : (Reflect.get(target, key) as unknown),
  });
  Object.defineProperty(globalThis, "console", { configurable: true, writable: true, value: stand });
}

type Callback = (...args: unknown[]) => void;
type Timer = NodeJS.Timeout;

function installTimers(): void {
  const stops = new WeakMap<object, () => void>();

  const ownRun = (): Run | undefined => {
    const scope = scopes.getStore();
    return scope === undefined || scope.isOwnClient === true ? undefined : scope.run;
  };
  const track = (run: Run, clear: () => void): (() => void) => {
    run.begin();
    let open = true;
    const stop = (): void => {
      if (!open) return;
      open = false;
      run.end();
      run.cleanups.delete(cleanup);
    };
    const cleanup = (): void => {
      clear();
      stop();
    };
    run.cleanups.add(cleanup);
    return stop;
  };

  const setTimeoutStand = (callback: Callback, delay?: number, ...args: unknown[]): Timer => {
    const run = ownRun();
    if (run === undefined || typeof callback !== "function") return realTimers.setTimeout(callback, delay, ...args);
    const timer: Timer = realTimers.setTimeout(() => {
      stops.get(timer)?.();
      callback(...args);
    }, shortened(delay));
    stops.set(
      timer,
      track(run, () => {
        realTimers.clearTimeout(timer);
      }),
    );
    return timer;
  };
  const setIntervalStand = (callback: Callback, delay?: number, ...args: unknown[]): Timer => {
    const run = ownRun();
    if (run === undefined || typeof callback !== "function") return realTimers.setInterval(callback, delay, ...args);
    const timer = realTimers.setInterval(callback, shortened(delay), ...args);
    stops.set(
      timer,
      track(run, () => {
        realTimers.clearInterval(timer);
      }),
    );
    return timer;
  };
  const clearStand = (timer: unknown): void => {
    if (typeof timer === "object" && timer !== null) stops.get(timer)?.();
    realTimers.clearTimeout(timer as Timer);
  };
  Object.defineProperty(setTimeoutStand, promisify.custom, {
    value: <T>(delay?: number, value?: T) =>
      new Promise<T | undefined>((resolve) => {
        setTimeoutStand(() => {
          resolve(value);
        }, delay);
      }),
  });
  for (const [name, value] of Object.entries({
    setTimeout: setTimeoutStand,
    setInterval: setIntervalStand,
    clearTimeout: clearStand,
    clearInterval: clearStand,
  })) {
    Object.defineProperty(globalThis, name, { configurable: true, writable: true, value });
  }
}
