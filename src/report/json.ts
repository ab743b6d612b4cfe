import type { FileResult } from "../migrate/result.ts";
import type { RunResult } from "../migrate/run-result.ts";
import type { DocumentedRemark } from "./remark-docs.ts";
import { withDocs } from "./remark-docs.ts";

/** One file of the document; `schemas/result.schema.json` describes it. */
export interface JsonFile extends Omit<FileResult, "differences" | "reasons" | "followUps"> {
  readonly differences: readonly DocumentedRemark[];
  readonly reasons: readonly DocumentedRemark[];
  readonly followUps: readonly DocumentedRemark[];
}

/**
 * The result as one JSON document with a final line break; each remark has the address of its paragraph. What could act on
 * a terminal stands in it as an escape, which means the same.
 */
export function renderJson(result: RunResult): string {
  const files = result.files.map((file): JsonFile => ({
    ...file,
    differences: file.differences.map(withDocs),
    reasons: file.reasons.map(withDocs),
    followUps: file.followUps.map(withDocs),
  }));
  const text = JSON.stringify({ ...result, files }, undefined, 2);
  return `${text.replaceAll(/[\u007F-\u009F\p{Cf}\p{Zl}\p{Zp}]/gu, escaped)}\n`;
}

function escaped(character: string): string {
  // By UTF-16 units, as JSON counts.
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}
