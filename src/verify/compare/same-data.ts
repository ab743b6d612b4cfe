import { isDeepStrictEqual } from "node:util";

/**
 * A text without what tells of the code that made it: V8 cites expressions in its messages, and stacks name lines. The
 * same failure of two texts must read the same.
 */
export function withoutCode(text: string): string {
  const cited = text.includes(" is not ")
    ? text.replace(
        /(?:[\w$\]).]|\((?:intermediate value|\.\.\.)\)|\[[^\]\s]*\])+\.(?=[\w$]+ is not (?:a function|iterable|a constructor))/gu,
        "",
      )
    : text;
  const destructured = cited.includes("Cannot destructure")
    ? cited.replace(/(Cannot destructure property '[^']*' of )'[^']*'/gu, "$1'…'")
    : cited;
  return destructured.includes("\n    at ")
    ? destructured.replace(/(?:\n {4}at [^\n]*)+/gu, "\n    at …")
    : destructured;
}

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
