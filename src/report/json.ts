import type { RunResult } from "../migrate/run-result.ts";

/** The result as one JSON document with a final line break. */
export function renderJson(result: RunResult): string {
  return `${JSON.stringify(result, undefined, 2)}\n`;
}
