import type { AcceptedReason } from "./accepted.ts";
import { judgeAccepted } from "./accepted.ts";
import type { SourceFile } from "./discover.ts";
import type { FileContent } from "./files.ts";
import type { MigrateOptions } from "./migrate-source.ts";
import type { FileResult } from "./result.ts";
import type { MigrateSource, Outcome } from "./run-outcome.ts";
import { migrateText, refusal } from "./run-outcome.ts";
import { joinConfig, readConfig, withSurroundings } from "./run-config.ts";

/** What became of a text that an editor gave. */
export interface Given {
  /** What takes its place; undefined where it stays. */
  readonly text: string | undefined;
  /** What is said of it, and of the config.json beside it. */
  readonly files: readonly FileResult[];
  /** Whether the config.json beside it has to change as well. */
  readonly changesConfig: boolean;
}

/**
 * Migrates a text as the content of a file, with a look at the config.json beside that. Writes nothing.
 *
 * @param file where the text would be written
 */
export function migrateGiven(
  file: SourceFile,
  content: FileContent,
  options: MigrateOptions,
  accepted: readonly AcceptedReason[],
  migrate: MigrateSource,
): Given {
  const config = readConfig(file);
  const outcome: Outcome =
    content.kind === "text"
      ? migrateText(file.path, content.text, withSurroundings(file, content, options, config), migrate)
      : { kind: "result", file: refusal(file.path, content) };
  const unit = joinConfig({ source: file, outcome }, config, options);
  const { units } = judgeAccepted([unit], { accepted, isLookedAt: () => false, unseen: new Set() });
  const outcomes = units.flat().map((member) => member.outcome);
  const [own, beside] = outcomes.map((each) => (each.kind === "result" ? each.change : undefined));
  return {
    text: own?.after,
    files: outcomes.flatMap((each) => (each.kind === "result" ? [each.file] : [])),
    changesConfig: own !== undefined && beside !== undefined,
  };
}
