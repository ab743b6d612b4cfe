import { reasons } from "../platform/remarks.ts";
import type { SourceFile } from "./discover.ts";
import { failureReason } from "./failure.ts";
import type { FileContent } from "./files.ts";
import { placeAt } from "./json-text.ts";
import type { MigrateOptions, migrateSource } from "./migrate-source.ts";
import type { FileResult, Helper, Remark, SourceResult, Verdict } from "./result.ts";
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
  | {
      readonly kind: "result";
      readonly file: FileResult;
      readonly change?: Change;
      /** Of the text as it was before. */
      readonly helpers?: readonly Helper[];
    };

/** The result for a file on which the tool itself failed. */
export function failure(path: string, error: unknown): FileResult {
  return withReason(path, "failed", failureReason(error));
}

/** Migrates one text; what the migration throws becomes the verdict `failed`. */
export function migrateText(path: string, before: string, options: MigrateOptions, migrate: MigrateSource): Outcome {
  let result: SourceResult;
  try {
    result = migrate(path, before, options);
  } catch (error) {
    return { kind: "result", file: failure(path, error) };
  }
  const { text: after, helpers, ...rest } = result;
  const isWritable = result.verdict === "migrated" || result.verdict === "mechanical";
  return {
    kind: "result",
    file: { path, ...rest },
    ...(isWritable && after !== before && { change: { before, after } }),
    ...(helpers && { helpers }),
  };
}

/** A function that a person leaves as it is, with what would change together with it. */
export function skipped(unit: Unit): Unit {
  const leave = ({ source }: Migrated): Migrated => {
    const reason = { id: "skipped", message: reasons.skipped.short, line: 1, column: 1 };
    return { source, outcome: { kind: "result", file: withReason(source.path, "refused", reason) } };
  };
  const isChanged = ({ outcome }: Migrated): boolean => outcome.kind === "result" && outcome.change !== undefined;
  const [handler, ...others] = unit;
  if (handler !== undefined && isChanged(handler)) return [leave(handler)];
  return [handler ?? [], ...others].flat().map((each) => (isChanged(each) ? leave(each) : each));
}

/** The result for a file that is not a text. */
export function refusal(path: string, content: Exclude<FileContent, { kind: "text" }>): FileResult {
  const id = content.kind === "binary" ? "binary-file" : "not-utf-8";
  const place = placeAt(content.text, content.offset);
  return withReason(path, "refused", { id, message: reasons[id].short, ...place });
}

/** A result that is nothing but a reason. */
export function withReason(path: string, verdict: Verdict, reason: Remark): FileResult {
  return { path, verdict, transforms: [], differences: [], reasons: [reason], followUps: [] };
}
