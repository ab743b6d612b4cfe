import { setImmediate } from "node:timers/promises";

import { migrateFile } from "./run-file.ts";
import type { MigrateSource, Unit } from "./run-outcome.ts";
import { migrateInThreads, threadCount } from "./run-pool.ts";
import { kept, keeping, openCache, trimCache } from "./result-cache.ts";
import type { CachePlace } from "./result-cache.ts";
import type { SourceResult } from "./result.ts";
import type { Job } from "./worker.ts";

/** How the files of a run are worked off. */
export interface JobsOptions {
  /** The number of threads that was asked for. */
  readonly concurrency: number | undefined;
  /** Where results are kept from run to run. */
  readonly cache: CachePlace | undefined;
  /** Another migration than ours; it can't be handed to a thread. */
  readonly migrateSource: MigrateSource | undefined;
  /** Is told of each file that is done. */
  readonly onDone: () => void;
}

/** Migrates files. The units stand in the order of the files. */
export async function migrateJobs(jobs: readonly Job[], options: JobsOptions): Promise<Unit[]> {
  const { cache, onDone } = options;
  const units: (Unit | undefined)[] = jobs.map((job) => {
    const unit = cache === undefined ? undefined : knownUnit(job, cache);
    if (unit !== undefined) onDone();
    return unit;
  });
  const missing = jobs.filter((_, index) => units[index] === undefined);
  if (missing.length > 0 && cache !== undefined) openCache(cache);
  const found = (missing.length > 0 ? await migrateMissing(missing, options) : []).values();
  if (missing.length > 0 && cache !== undefined) trimCache(cache);
  return units.flatMap((unit) => [unit ?? found.next().value ?? []]);
}

const NOT_KEPT: SourceResult = {
  verdict: "unchanged",
  text: "",
  transforms: [],
  differences: [],
  reasons: [],
  followUps: [],
};

/** What becomes of a file where the cache knows it, or nothing has to be migrated for that. */
function knownUnit({ file, options }: Job, cache: CachePlace): Unit | undefined {
  const find = kept(cache);
  const asked: (SourceResult | undefined)[] = [];
  const unit = migrateFile(file, options, (...given) => {
    const result = find(...given);
    asked.push(result);
    return result ?? NOT_KEPT;
  });
  return asked.includes(undefined) ? undefined : unit;
}

async function migrateMissing(jobs: readonly Job[], options: JobsOptions): Promise<Unit[]> {
  const { concurrency, cache, migrateSource, onDone } = options;
  const threads = migrateSource === undefined ? threadCount(jobs.length, concurrency) : 1;
  if (threads > 1 && jobs.length > 1) {
    return migrateInThreads(jobs, Math.min(threads, jobs.length), cache, onDone);
  }
  // Only here: where all is known, and with threads, this one never needs the migration itself.
  const migrate = migrateSource ?? (await import("./migrate-source.ts")).migrateSource;
  const migrateNew = cache === undefined ? migrate : keeping(migrate, cache);
  const units: Unit[] = [];
  for (const { file, options } of jobs) {
    units.push(migrateFile(file, options, migrateNew));
    onDone();
    // Signals are heard, and progress is shown, between two files.
    await setImmediate();
  }
  return units;
}
