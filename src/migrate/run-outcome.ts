import type { SourceFile } from "./discover.ts";
import type { FileContent } from "./files.ts";
import { errorMessage } from "./files.ts";
import { placeAt } from "./json-text.ts";
import type { MigrateOptions, migrateSource } from "./migrate-source.ts";
import type { FileResult, Remark, SourceResult, Verdict } from "./result.ts";
import type { Change } from "./run-result.ts";

/** The function that migrates one text; tests put another one in its place. */
export type MigrateSource = typeof migrateSource;

/** A file with what became of it so far. */
export interface Migrated {
  readonly source: SourceFile;
  readonly outcome: Outcome;
}

/** Files that change together or not at all: a function, and its config.json when that has to change too. */
export type Unit = readonly Migrated[];

/** What became of one file before anything was written. Survives the way between threads. */
export type Outcome =
  | { readonly kind: "passed-over" }
  | { readonly kind: "error"; readonly message: string }
  | { readonly kind: "result"; readonly file: FileResult; readonly change?: Change };

/** The result for a file on which the tool itself failed. */
export function failure(path: string, error: unknown): FileResult {
  const message = `The migration failed and the file is as it was: ${errorMessage(error)}`;
  return withReason(path, "failed", { id: "internal-error", message, line: 1, column: 1 });
}

/** Migrates one text; what the migration throws becomes the verdict `failed`. */
export function migrateText(path: string, before: string, options: MigrateOptions, migrate: MigrateSource): Outcome {
  let result: SourceResult;
  try {
    result = migrate(path, before, options);
  } catch (error) {
    return { kind: "result", file: failure(path, error) };
  }
  const { text: after, ...rest } = result;
  const file: FileResult = { path, ...rest };
  const isWritable = result.verdict === "migrated" || result.verdict === "mechanical";
  return isWritable && after !== before
    ? { kind: "result", file, change: { before, after } }
    : { kind: "result", file };
}

const refusals = {
  binary: {
    id: "binary-file",
    message: "The file holds a zero byte, so it is no UTF-8 text; save it as UTF-8, or leave it out.",
  },
  "not-utf-8": {
    id: "not-utf-8",
    message: "The file is not valid UTF-8 and would be damaged by a rewrite; save it as UTF-8 and run again.",
  },
};

/** The result for a file that is no text. */
export function refusal(path: string, content: Exclude<FileContent, { kind: "text" }>): FileResult {
  return withReason(path, "refused", { ...refusals[content.kind], ...placeAt(content.text, content.offset) });
}

/** A result that is nothing but a reason. */
export function withReason(path: string, verdict: Verdict, reason: Remark): FileResult {
  return { path, verdict, transforms: [], differences: [], reasons: [reason], followUps: [] };
}
