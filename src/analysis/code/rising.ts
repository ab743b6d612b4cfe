/** The index of the last of some rising numbers that is no more than a limit; -1 when there is none. */
export function lastAtMost(rising: readonly number[], limit: number): number {
  let [low, high] = [0, rising.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((rising[middle] ?? Infinity) <= limit) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low - 1;
}

/** The first of some rising numbers that is no less than a limit; `Infinity` when there is none. */
export function firstAtLeast(rising: readonly number[], limit: number): number {
  return rising[lastAtMost(rising, limit - 1) + 1] ?? Infinity;
}

/** True when one of some rising numbers lies in a range; the end is exclusive. */
export function hasBetween(rising: readonly number[], [start, end]: readonly [number, number]): boolean {
  const last = rising[lastAtMost(rising, end - 1)];
  return last !== undefined && last >= start;
}
