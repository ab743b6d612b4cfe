import { parentPort } from "node:worker_threads";

import type { SourceFile } from "./discover.ts";
import type { MigrateOptions } from "./migrate-source.ts";
import { migrateSource } from "./migrate-source.ts";
import { migrateFile } from "./run-file.ts";
import type { Unit } from "./run-outcome.ts";

/** Some of a run's files, as one message to a thread. */
export interface Batch {
  readonly files: readonly SourceFile[];
  readonly options: MigrateOptions;
}

/** Reads and migrates, and leaves the writing to the thread that asked: one message a file, in their order. */
async function work({ files, options }: Batch): Promise<void> {
  for (const file of files) {
    const unit: Unit = migrateFile(file, options, migrateSource);
    // Later, so that what breaks just after a migration is put down to its file and not to the next one.
    await new Promise((resolve) => setImmediate(resolve));
    parentPort?.postMessage(unit);
  }
}

parentPort?.on("message", (batch: Batch) => void work(batch));
