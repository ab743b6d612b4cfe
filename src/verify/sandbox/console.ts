import { consoleMethods } from "../../platform/console.ts";
import type { Stage } from "./stage.ts";

/** Puts a `console` in place that has the methods of the platform and records; any other is not a function. */
export function simulateConsole(stage: Stage): object {
  const methods = [...consoleMethods].map((level) => [
    level,
    (...args: unknown[]): void => {
      stage.current?.run.log(level, args);
    },
  ]);
  const recording = Object.fromEntries(methods) as object;
  Object.defineProperty(globalThis, "console", { configurable: true, writable: true, value: recording });
  return recording;
}
