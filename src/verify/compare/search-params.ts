import { isDeepStrictEqual } from "node:util";

/**
 * True when a form or query that URLSearchParams wrote says what V1 wrote: values that V1 left out are the text
 * `undefined` there, and `null` was empty.
 */
export function isSameSearch(legacy: string, modern: string): boolean {
  const before = [...new URLSearchParams(legacy)];
  const after = [...new URLSearchParams(modern)].flatMap(([name, value]): [string, string][] => {
    const isKnown = before.some(([other]) => other === name);
    if (value === "undefined" && !isKnown) {
      return [];
    }
    return [[name, value === "null" && isKnown ? "" : value]];
  });
  return isDeepStrictEqual(before, after);
}

/** True when both say the same pairs, however a space and some signs are written. */
export function isSamePairs(legacy: string, modern: string): boolean {
  return isDeepStrictEqual([...new URLSearchParams(legacy)], [...new URLSearchParams(modern)]);
}
