import { parentPort, workerData } from "node:worker_threads";

import type { SourceFile } from "./discover.ts";
import type { MigrateOptions } from "./migrate-source.ts";
import { migrateSource } from "./migrate-source.ts";
import type { CachePlace } from "./result-cache.ts";
import { keeping } from "./result-cache.ts";
import { migrateFile } from "./run-file.ts";
import type { Unit } from "./run-outcome.ts";

/** A file, and how it is migrated; a thread gets some of them in one message. */
export interface Job {
  readonly file: SourceFile;
  readonly options: MigrateOptions;
}

/** What a thread is told when it starts. */
export interface WorkerData {
  readonly cache: CachePlace | undefined;
}

const { cache } = workerData as WorkerData;
const migrate = cache === undefined ? migrateSource : keeping(migrateSource, cache);

/** Reads and migrates, and leaves the writing to the thread that asked: one message a file, in their order. */
async function work(jobs: readonly Job[]): Promise<void> {
  for (const { file, options } of jobs) {
    const unit: Unit = migrateFile(file, options, migrate);
    // Later, so that what breaks just after a migration is put down to its file and not to the next one.
    await new Promise((resolve) => setImmediate(resolve));
    parentPort?.postMessage(unit);
  }
}

parentPort?.on("message", (jobs: readonly Job[]) => void work(jobs));
