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

// What a thread does with a batch: it reads and migrates, and leaves the writing to the thread that asked.
parentPort?.on("message", ({ files, options }: Batch) => {
  const units: Unit[] = files.map((file) => migrateFile(file, options, migrateSource));
  // Later, so that what breaks just after the migration breaks this batch and not the next one.
  setImmediate(() => parentPort?.postMessage(units));
});
