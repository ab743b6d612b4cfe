import type { SourceFile } from "./discover.ts";
import { isTest, mayHoldFunction } from "./discover.ts";
import type { FileContent } from "./files.ts";
import { explainError, readSource } from "./files.ts";
import type { MigrateOptions } from "./migrate-source.ts";
import { joinConfig, readConfig, withEnvironment } from "./run-config.ts";
import type { MigrateSource, Outcome, Unit } from "./run-outcome.ts";
import { migrateText, refusal } from "./run-outcome.ts";

/**
 * Reads and migrates one file, and the config.json beside it. Writes nothing and never throws: a fault of the migration is the verdict
 * `failed`.
 */
export function migrateFile(file: SourceFile, options: MigrateOptions, migrate: MigrateSource): Unit {
  let content: FileContent;
  try {
    content = readSource(file.absolute);
  } catch (error) {
    return [{ source: file, outcome: { kind: "error", message: explainError(error, "read") } }];
  }
  // UTF-16 text holds a zero byte in every letter; it shall be refused, not passed over.
  const isCandidate = file.named || (!isTest(file.absolute) && mayHoldFunction(content.text.replaceAll("\0", "")));
  const config = isCandidate || content.text.includes("lambda") ? readConfig(file) : undefined;
  const outcome: Outcome = isCandidate
    ? migrateContent(file.path, content, withEnvironment(options, config), migrate)
    : { kind: "passed-over" };
  return joinConfig({ source: file, outcome }, config, options);
}

function migrateContent(path: string, content: FileContent, options: MigrateOptions, migrate: MigrateSource): Outcome {
  if (content.kind !== "text") return { kind: "result", file: refusal(path, content) };
  return migrateText(path, content.text, options, migrate);
}
