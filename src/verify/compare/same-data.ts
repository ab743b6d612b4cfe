import { isDeepStrictEqual } from "node:util";

/** `(intermediate value)` and the like, as V8 cites what is no plain expression. */
const CITED = ["(intermediate value)", "(...)"];

/**
 * A text without what tells of the code that made it: V8 cites expressions in its messages, and says whether a pattern
 * reads a property, or a dot; stacks name lines. The same failure of two texts must read the same.
 */
export function withoutCode(text: string): string {
  const cited = withoutValues(withoutOwners(text));
  const destructured = cited.includes("Cannot destructure")
    ? cited.replaceAll(
        /Cannot destructure property '([^']*)' of '[^']*' as it is (undefined|null)\./gu,
        "Cannot read properties of $2 (reading '$1')",
      )
    : cited;
  return destructured.includes("\n    at ")
    ? destructured.replace(/(?:\n {4}at [^\n]*)+/gu, "\n    at …")
    : destructured;
}

/**
 * A text without what the code asked for of a value that has nothing: another way of writing the same, such as `map` in
 * the place of a loop, asks for something else first.
 */
export function withoutReads(text: string): string {
  const read = withoutCode(text);
  return READS.reduce(
    (shown, [clue, pattern]) => (shown.includes(clue) ? shown.replaceAll(pattern, "unusable value") : shown),
    read,
  );
}

/** How JavaScript tells of such a value. */
const READS: readonly (readonly [clue: string, pattern: RegExp])[] = [
  ["Cannot read properties", /Cannot read properties of (?:undefined|null)(?: \(reading '[^']*'\))?/gu],
  ["is not iterable", /\b[\w$]{1,80} is not iterable(?: \(cannot read property Symbol\(Symbol\.iterator\)\))?/gu],
  // What `client-error-shape` makes of one of them.
  ["<no SDEs>", /<no SDEs>/gu],
  ["is not a function", /\b[\w$]{1,80} is not a function/gu],
];

/** Whether two snapshots are the same, but for texts that tell of the code. */
export function isSameData(left: unknown, right: unknown): boolean {
  if (isDeepStrictEqual(left, right)) return true;
  if (typeof left === "string" && typeof right === "string") return withoutCode(left) === withoutCode(right);
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((entry, index) => isSameData(entry, right[index]));
  }
  if (!isObject(left) || !isObject(right)) return false;
  const names = Object.keys({ ...left, ...right });
  return names.every((name) => name in left && name in right && isSameData(left[name], right[name]));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A list that is taken apart by a pattern: V8 cites the value or names its property, as the code around it is. */
const NOT_ITERABLE = "undefined is not iterable (cannot read property Symbol(Symbol.iterator))";

/** How V8 says so, depending on the code that gave the value. */
const LIST_TEXTS = [
  /Cannot destructure property 'Symbol\(Symbol\.iterator\)' of '[^']*' as it is undefined\./gu,
  /[\w$.()[\]]{1,80} is not a function or its return value is not iterable/gu,
  /[\w$.()[\]]{1,80} is not iterable \(cannot read property Symbol\(Symbol\.iterator\)\)/gu,
];

function withoutValues(text: string): string {
  return /Symbol\.iterator|is not iterable/u.test(text)
    ? LIST_TEXTS.reduce((shown, pattern) => shown.replaceAll(pattern, NOT_ITERABLE), text)
    : text;
}

/** `a.b is not a function` as `b is not a function`. */
function withoutOwners(text: string): string {
  let shown = "";
  let done = 0;
  for (const { index } of text.matchAll(/\.[\w$]+ is not (?:a function|iterable|a constructor)/gu)) {
    const start = ownerStart(text, index);
    if (start < index) {
      shown += text.slice(done, Math.max(start, done));
      done = index + 1;
    }
  }
  return shown + text.slice(done);
}

/** Where the expression begins that ends at an offset, as far as V8 cites it. */
function ownerStart(text: string, end: number): number {
  let start = end;
  for (let part = citedBefore(text, start); part > 0; part = citedBefore(text, start)) {
    start -= part;
  }
  return start;
}

/** The length of the last part of an expression that ends at an offset; 0 where none does. */
function citedBefore(text: string, end: number): number {
  const cited = CITED.find((part) => text.endsWith(part, end));
  return cited?.length ?? (/[\w$[\]).]/u.test(text.charAt(end - 1)) ? 1 : 0);
}
