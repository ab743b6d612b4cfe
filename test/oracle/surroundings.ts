import { isDeepStrictEqual } from "node:util";

/** An object's properties. Computed ones have the value undefined. */
function propertiesOf(holder: object): Map<PropertyKey, PropertyDescriptor> {
  return new Map(Reflect.ownKeys(holder).map((key) => [key, Reflect.getOwnPropertyDescriptor(holder, key) ?? {}]));
}

type Listener = (...args: unknown[]) => void;

/** All listeners of the process, with the wrappers of those that listen once. */
function listenersOfProcess(): Map<string | symbol, readonly Listener[]> {
  const listenersOf = process.rawListeners.bind(process) as (event: string | symbol) => Listener[];
  return new Map(process.eventNames().map((event) => [event, listenersOf(event)]));
}

/**
 * Takes note of what a function can change around itself: global names and the listeners of the process.
 *
 * @returns what puts all of it back
 */
export function noteSurroundings(): () => void {
  const globals = propertiesOf(globalThis);
  const listeners = listenersOfProcess();
  return () => {
    for (const [key, { value }] of propertiesOf(globalThis)) {
      const before = globals.get(key);
      if (before === undefined) Reflect.deleteProperty(globalThis, key);
      else if (before.value !== value) Reflect.defineProperty(globalThis, key, before);
    }
    const now = listenersOfProcess();
    for (const event of new Set([...listeners.keys(), ...now.keys()])) {
      const before = listeners.get(event) ?? [];
      if (isDeepStrictEqual(before, now.get(event) ?? [])) continue;
      process.removeAllListeners(event);
      for (const listener of before) process.on(event, listener);
    }
  };
}
