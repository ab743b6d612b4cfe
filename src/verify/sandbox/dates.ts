import { performance } from "node:perf_hooks";
import type { Stage } from "./stage.ts";

/** Makes `Date` and `performance` tell the virtual time. */
export function simulateDates(stage: Stage): void {
  const RealDate = Date;
  const now = (): number => stage.current?.clock.now ?? RealDate.now();
  const VirtualDate = new Proxy(RealDate, {
    construct: (target, args: unknown[], newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as Date,
    apply: () => new RealDate(now()).toString(),
  });
  Object.defineProperty(RealDate, "now", { configurable: true, writable: true, value: now });
  Object.defineProperty(RealDate.prototype, "constructor", { configurable: true, writable: true, value: VirtualDate });
  Object.defineProperty(globalThis, "Date", { configurable: true, writable: true, value: VirtualDate });
  const elapsed = (): number => stage.current?.clock.elapsed ?? 0;
  Object.defineProperty(performance, "now", { configurable: true, writable: true, value: elapsed });
}
