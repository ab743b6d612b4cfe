import type { Run } from "../../src/verify/world/run.ts";
import { installTimers } from "./timers.ts";

const LEVELS = ["debug", "info", "log", "warn", "error", "trace", "dir", "table"] as const;

/**
 * Puts stand-ins in the place of `console`, `process.env` and the timers of this thread. They act only for code that
 * belongs to a run (asynchronous continuations included) and are what they were for everybody else.
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
