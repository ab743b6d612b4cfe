import timers from "node:timers";
import timersPromises from "node:timers/promises";
import { promisify } from "node:util";
import type { Clock } from "../world/clock.ts";
import type { Stage } from "./stage.ts";

type Callback = (...args: unknown[]) => void;

const LONGEST_DELAY = 2_147_483_647;

function delayOf(delay: unknown): number {
  const ms = Number(delay);
  return ms >= 1 && ms <= LONGEST_DELAY ? Math.trunc(ms) : 1;
}

/** What `setTimeout` and `setInterval` give: the parts of Node's Timeout that functions use. */
class VirtualTimer {
  readonly #clock: Clock;
  readonly #delay: number;
  readonly #act: () => void;
  #event: number;

  constructor(clock: Clock, delay: number, act: () => void) {
    this.#clock = clock;
    this.#delay = delay;
    this.#act = act;
    this.#event = clock.after(delay, act);
  }

  refresh(): this {
    this.close();
    this.#event = this.#clock.after(this.#delay, this.#act);
    return this;
  }

  close(): this {
    this.#clock.cancel(this.#event);
    return this;
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

  [Symbol.toPrimitive](): number {
    return this.#event;
  }
}

/** Puts timers in place of Node's own that pass in virtual time. */
export function simulateTimers(stage: Stage): void {
  const real = { setTimeout: globalThis.setTimeout, setImmediate: globalThis.setImmediate };
  const clockOf = (): Clock => {
    if (stage.current === undefined) throw new Error("A timer outside of any run.");
    return stage.current.clock;
  };
  // Node.js takes some of its own timers from the module that is changed here.
  const isForNode = (callback: unknown): boolean => stage.current === undefined || typeof callback !== "function";
  const known = new Map<number, VirtualTimer>();
  const setTimeout = (callback: Callback, delay?: unknown, ...args: unknown[]): unknown => {
    // Node's own says what is wrong with what is not a function.
    if (isForNode(callback)) return real.setTimeout(callback, Number(delay), ...args);
    const timer = new VirtualTimer(clockOf(), delayOf(delay), () => {
      callback(...args);
    });
    known.set(Number(timer), timer);
    return timer;
  };
  const setInterval = (callback: Callback, delay?: unknown, ...args: unknown[]): unknown => {
    if (isForNode(callback)) return real.setTimeout(callback, Number(delay), ...args);
    const timer = new VirtualTimer(clockOf(), delayOf(delay), () => {
      timer.refresh();
      callback(...args);
    });
    known.set(Number(timer), timer);
    return timer;
  };
  const setImmediate = (callback: Callback, ...args: unknown[]): unknown => {
    if (isForNode(callback)) return real.setImmediate(callback, ...args);
    return new VirtualTimer(clockOf(), 0, () => {
      callback(...args);
    });
  };
  const clear = (timer: unknown): void => {
    const found = timer instanceof VirtualTimer ? timer : known.get(Number(timer));
    found?.close();
  };
  const waits = promiseTimers(clockOf);
  Object.defineProperty(setTimeout, promisify.custom, { value: waits.setTimeout });
  Object.defineProperty(setImmediate, promisify.custom, { value: waits.setImmediate });
  const all = {
    ...{ setTimeout, setInterval, setImmediate },
    ...{ clearTimeout: clear, clearInterval: clear, clearImmediate: clear },
  };
  for (const [name, value] of Object.entries(all)) {
    Object.defineProperty(globalThis, name, { configurable: true, enumerable: true, writable: true, value });
    Reflect.set(timers, name, value);
  }
  for (const [name, value] of Object.entries(waits)) Reflect.set(timersPromises, name, value);
  Reflect.set(timersPromises, "scheduler", { wait: waits.setTimeout, yield: () => waits.setImmediate() });
  Reflect.set(timers, "promises", timersPromises);
  simulateAbortTimeout(clockOf);
}

interface WaitOptions {
  readonly signal?: AbortSignal;
}

interface Waits {
  readonly setTimeout: (delay?: unknown, value?: unknown, options?: WaitOptions) => Promise<unknown>;
  readonly setImmediate: (value?: unknown, options?: WaitOptions) => Promise<unknown>;
  readonly setInterval: (delay?: unknown, value?: unknown, options?: WaitOptions) => AsyncIterable<unknown>;
}

function promiseTimers(clockOf: () => Clock): Waits {
  const wait = (delay: number, value: unknown, { signal }: WaitOptions = {}): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const fail = (): void => {
        const aborted = new Error("The operation was aborted", { cause: signal?.reason });
        reject(Object.assign(aborted, { name: "AbortError", code: "ABORT_ERR" }));
      };
      if (signal?.aborted === true) {
        fail();
        return;
      }
      const clock = clockOf();
      const event = clock.after(delay, () => {
        resolve(value);
      });
      signal?.addEventListener("abort", () => {
        clock.cancel(event);
        fail();
      });
    });
  return {
    setTimeout: (delay, value, options) => wait(delayOf(delay), value, options),
    setImmediate: (value, options) => wait(0, value, options),
    setInterval: async function* (delay, value, options) {
      for (;;) {
        await wait(delayOf(delay), value, options);
        yield value;
      }
    },
  };
}

function simulateAbortTimeout(clockOf: () => Clock): void {
  Object.defineProperty(AbortSignal, "timeout", {
    configurable: true,
    writable: true,
    value: function timeout(delay: number): AbortSignal {
      const controller = new AbortController();
      clockOf().after(delay, () => {
        controller.abort(new DOMException("The operation was aborted due to timeout", "TimeoutError"));
      });
      return controller.signal;
    },
  });
}
