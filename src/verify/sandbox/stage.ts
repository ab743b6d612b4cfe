import type { Clock } from "../world/clock.ts";
import type { Run } from "../world/run.ts";
import type { Intrinsics } from "./intrinsics.ts";

/** A run with the virtual time that it lives in and its source of chance. */
export interface Performance {
  readonly run: Run;
  readonly clock: Clock;
  /** A number from 0 up to, but not including, 1: the same sequence in every run. */
  readonly random: () => number;
}

/** Runs are one at a time: what is asked of the world belongs to the one under way. */
export interface Stage {
  current: Performance | undefined;
  /** What all functions share, as it was before the first one. */
  readonly intrinsics: Intrinsics;
  /** Whether something of a function may run later, when another function is under way. */
  hasLateCode: boolean;
}

/** The same sequence of numbers for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
