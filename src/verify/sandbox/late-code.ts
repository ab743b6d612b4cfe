import type { Stage } from "./stage.ts";

/** Classes by which code runs when the garbage collector or another part of Node.js finds it is time to. */
const LATE = ["FinalizationRegistry", "MessageChannel", "PerformanceObserver"] as const;

/** Modules of Node.js by which a function can listen to what is done after its runs. */
const LISTENING = new Set(["async_hooks", "diagnostics_channel", "perf_hooks"]);

/** Whether what a function does with the module may show itself in the runs of other functions. */
export function isListening(module: string): boolean {
  return LISTENING.has(module);
}

/** Notes where a function leaves code behind that runs at a time of its own. */
export function noteLateCode(stage: Stage): void {
  for (const name of LATE) {
    const real = globalThis[name] as unknown as new (...args: unknown[]) => object;
    const noting = new Proxy(real, {
      construct: (target, args: unknown[], newTarget) => {
        stage.hasLateCode = true;
        return Reflect.construct(target, args, newTarget) as object;
      },
    });
    const prototype = real.prototype as object;
    Object.defineProperty(prototype, "constructor", { configurable: true, writable: true, value: noting });
    Object.defineProperty(globalThis, name, { configurable: true, writable: true, value: noting });
  }
}
