import crypto from "node:crypto";
import type { Stage } from "./stage.ts";

type Callback = (error: Error | null, value?: unknown) => void;

/** Makes `Math.random` and the random parts of `node:crypto` give the same values in every run. */
export function simulateChance(stage: Stage): void {
  const random = (): number => stage.current?.random() ?? 0.5;
  Object.defineProperty(Math, "random", { configurable: true, writable: true, value: random });

  const fill = <T extends ArrayBufferView>(view: T, offset = 0, size = view.byteLength - offset): T => {
    const bytes = new Uint8Array(view.buffer, view.byteOffset + offset, size);
    for (let index = 0; index < bytes.length; index += 1) bytes[index] = Math.floor(random() * 256);
    return view;
  };
  const answer = <T>(value: T, callback: unknown): T | undefined => {
    if (typeof callback !== "function") return value;
    stage.current?.clock.after(0, () => {
      (callback as Callback)(null, value);
    });
    return undefined;
  };
  const randomUUID = (): string => {
    const hex = fill(Buffer.alloc(16)).toString("hex");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
  };
  const randomInt = (first: number, second?: unknown, callback?: unknown): number | undefined => {
    const [min, max] = typeof second === "number" ? [first, second] : [0, first];
    return answer(min + Math.floor(random() * (max - min)), typeof second === "function" ? second : callback);
  };
  const replaced = {
    randomBytes: (size: number, callback?: unknown) => answer(fill(Buffer.alloc(size)), callback),
    randomFillSync: fill,
    randomFill: (view: ArrayBufferView, ...rest: unknown[]) => {
      const numbers = rest.filter((value) => typeof value === "number");
      return answer(fill(view, ...numbers), rest.at(-1));
    },
    randomInt,
    randomUUID,
    getRandomValues: fill,
  };
  for (const [name, value] of Object.entries(replaced)) Reflect.set(crypto, name, value);
  const web = Object.getPrototypeOf(crypto.webcrypto) as object;
  for (const name of ["getRandomValues", "randomUUID"] as const) {
    Object.defineProperty(web, name, { configurable: true, writable: true, value: replaced[name] });
  }
}
