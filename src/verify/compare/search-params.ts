import { isDeepStrictEqual } from "node:util";

type Pairs = readonly (readonly [name: string, value: string])[];

/** A list or an object as a text: the list with its elements, an object without its members. */
function isTextOf(text: string, members: Pairs, name: string): boolean {
  const elements = members.filter(([member], index) => member === `${name}[${String(index)}]`);
  const isList = elements.length === members.length && text === members.map(([, value]) => value).join(",");
  return isList || text.split(",").every((part) => part === "[object Object]");
}

/** Writes the parts of a list or an object, which V1 named one by one, as the one text that stands there now. */
function withoutMembers(legacy: Pairs, modern: Pairs): Pairs {
  return modern.reduce<Pairs>((pairs, [name, text]) => {
    const members = pairs.filter(([other]) => other.startsWith(`${name}[`));
    const [first] = members;
    if (first === undefined || !isTextOf(text, members, name)) return pairs;
    return pairs.flatMap((pair): Pairs => (pair === first ? [[name, text]] : members.includes(pair) ? [] : [pair]));
  }, legacy);
}

/**
 * True when a form or query that URLSearchParams wrote says what V1 wrote: values that V1 left out are the text
 * `undefined` there, `null` was empty, and lists and objects are plain text.
 */
export function isSameSearch(legacy: string, modern: string): boolean {
  const written: Pairs = [...new URLSearchParams(modern)];
  const before = withoutMembers([...new URLSearchParams(legacy)], written);
  const after = written.flatMap(([name, value]): [string, string][] => {
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
