import type { RunResult } from "../migrate/run-result.ts";

/**
 * The result as one JSON document with a final line break. What could act on a terminal stands in it as an escape, which
 * means the same.
 */
export function renderJson(result: RunResult): string {
  const text = JSON.stringify(result, undefined, 2);
  return `${text.replaceAll(/[\u007F-\u009F\p{Cf}\p{Zl}\p{Zp}]/gu, escaped)}\n`;
}

function escaped(character: string): string {
  // By UTF-16 units, as JSON counts.
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}
