/**
 * What an expression can be that is given as the reason of a failure: to the V1 callback, to `throw`, or to `reject`.
 * A set, as a sum of the constants below.
 */
export type Reasons = number;

/** `undefined` or `null`: no failure for the V1 callback. */
export const ABSENT = 1;
export const ERROR = 2;
export const TEXT = 4;
/** A number, a boolean, a bigint or a symbol. */
export const PRIMITIVE = 8;
/** An object, a list or a function that is no Error. */
export const OBJECT = 16;

export const NOTHING: Reasons = 0;
export const ANYTHING: Reasons = ABSENT | ERROR | TEXT | PRIMITIVE | OBJECT;

/** True when the V1 callback may take it for a success. */
export function mayBeAbsent(reasons: Reasons): boolean {
  return (reasons & ABSENT) !== 0;
}

/** True when V2 may drop it: the caller gets an empty answer. */
export function mayBeDropped(reasons: Reasons): boolean {
  return (reasons & ~(ERROR | ABSENT)) !== 0;
}

/** What it is when it is there. */
export function present(reasons: Reasons): Reasons {
  return reasons & ~ABSENT;
}
