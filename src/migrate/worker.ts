import type { SourceFile } from "./discover.ts";
import type { MigrateOptions } from "./migrate-source.ts";
import { migrateSource } from "./migrate-source.ts";
import type { Outcome } from "./run-file.ts";
import { migrateFile } from "./run-file.ts";

/** Some of a run's files, as one message to a thread. */
export interface Batch {
  readonly files: readonly SourceFile[];
  readonly options: MigrateOptions;
}

/** What a thread does with a batch: reads and migrates, and leaves the writing to the thread that asked. */
export async function migrateBatch({ files, options }: Batch): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const file of files) outcomes.push(await migrateFile(file, options, migrateSource));
  return outcomes;
}
