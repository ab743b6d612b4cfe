/**
 * How often an invocation may be settled when control stands at some point of the handler: a set of the possible
 * answers, as bits. `HANDED_ON` means that code which is not followed holds the callback and may call it at any time.
 */
export type Settled = number;
export const NONE = 1;
export const ONCE = 2;
export const MANY = 4;
export const HANDED_ON = 8;

/** Where control may go from a statement, and with which settlement. Zero: never. */
export interface Flow {
  readonly normal: Settled;
  readonly returned: Settled;
  readonly thrown: Settled;
  readonly jumps: ReadonlyMap<string, Settled>;
}

export function settle(before: Settled): Settled {
  return ((before & NONE) === 0 ? 0 : ONCE) | ((before & (ONCE | MANY)) === 0 ? 0 : MANY) | (before & HANDED_ON);
}

export function handOn(before: Settled): Settled {
  return before === 0 ? 0 : HANDED_ON;
}

const NO_JUMPS: ReadonlyMap<string, Settled> = new Map();
export const BREAK = "break";
export const CONTINUE = "continue";

function merge(a: ReadonlyMap<string, Settled>, b: ReadonlyMap<string, Settled>): ReadonlyMap<string, Settled> {
  const merged = new Map(a);
  for (const [key, settled] of b) {
    merged.set(key, (merged.get(key) ?? 0) | settled);
  }
  return merged;
}

export function either(a: Flow, b: Flow): Flow {
  return {
    normal: a.normal | b.normal,
    returned: a.returned | b.returned,
    thrown: a.thrown | b.thrown,
    jumps: merge(a.jumps, b.jumps),
  };
}

export function falling(normal: Settled, thrown: Settled = 0): Flow {
  return { normal, returned: 0, thrown, jumps: NO_JUMPS };
}

/** Runs `next` where `first` falls through. */
export function sequence(first: Flow, next: (before: Settled) => Flow): Flow {
  return first.normal === 0 ? first : either({ ...first, normal: 0 }, next(first.normal));
}

/** Takes the jumps to the given targets out of a flow: they become its normal end. */
export function land(flow: Flow, targets: readonly string[]): Flow {
  const jumps = new Map(flow.jumps);
  let { normal } = flow;
  for (const target of targets) {
    normal |= jumps.get(target) ?? 0;
    jumps.delete(target);
  }
  return { ...flow, normal, jumps };
}
