import type { SourceFile } from "./discover.ts";
import { isTest, mayHoldFunction, showsFunction, showsModernFunction } from "./recognize.ts";
import type { FileContent } from "./files.ts";
import { explainError, readSource } from "./files.ts";
import type { MigrateOptions } from "./migrate-source.ts";
import { joinConfig, readConfig, withSurroundings } from "./run-config.ts";
import type { MigrateSource, Outcome, Unit } from "./run-outcome.ts";
import { failure, migrateText, refusal } from "./run-outcome.ts";

/**
 * Reads and migrates one file, and the config.json beside it. Writes nothing and never throws, so that one file never
 * ends a run: a fault of the migration is the verdict `failed`.
 */
export function migrateFile(file: SourceFile, options: MigrateOptions, migrate: MigrateSource): Unit {
  try {
    return migrateUnit(file, options, migrate);
  } catch (error) {
    return [{ source: file, outcome: { kind: "result", file: failure(file.path, error) } }];
  }
}

function migrateUnit(file: SourceFile, options: MigrateOptions, migrate: MigrateSource): Unit {
  let content: FileContent;
  try {
    content = readSource(file.absolute);
  } catch (error) {
    return [{ source: file, outcome: { kind: "error", message: explainError(error, "read") } }];
  }
  // UTF-16 text holds a zero byte in every letter; it must be refused, not passed over.
  const text = content.text.replaceAll("\0", "");
  const isCandidate = file.named || (!isTest(file.absolute) && mayHoldFunction(text));
  const config = isCandidate || content.text.includes("lambda") ? readConfig(file) : undefined;
  const found: Outcome = isCandidate
    ? migrateContent(file.path, content, withSurroundings(file, content, options, config), migrate)
    : { kind: "passed-over" };
  const isShown = showsFunction(text) || (isCandidate && showsModernFunction(file.absolute, text));
  const outcome: Outcome = file.named || isShown || isOfFunction(found) ? found : { kind: "passed-over" };
  return joinConfig({ source: file, outcome }, config, options);
}

/** Whether the migration found something to say of a function; a file that does not parse may be anything. */
function isOfFunction(outcome: Outcome): boolean {
  if (outcome.kind !== "result") return false;
  const { verdict, reasons } = outcome.file;
  return verdict !== "unchanged" && !reasons.some(({ id }) => UNREAD.has(id));
}

/** The reasons of files whose code was not seen. */
const UNREAD: ReadonlySet<string> = new Set(["binary-file", "not-utf-8", "syntax-error"]);

function migrateContent(path: string, content: FileContent, options: MigrateOptions, migrate: MigrateSource): Outcome {
  if (content.kind !== "text") return { kind: "result", file: refusal(path, content) };
  return migrateText(path, content.text, options, migrate);
}
