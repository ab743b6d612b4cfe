import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

import { isTooManyFiles, tooManyFiles } from "../disk/errors.ts";
import type { SourceFile } from "./discover.ts";
import { errorMessage } from "./files.ts";
import type { Unit } from "./run-outcome.ts";
import { failure } from "./run-outcome.ts";
import type { CachePlace } from "./result-cache.ts";
import type { Job, WorkerData } from "./worker.ts";

// A thread costs about 130 ms to start; below this many files for each it costs more than it brings.
const filesPerThread = 250;
const filesPerBatch = 50;
// For what lives no longer than the work on one file. The default, 48, takes more memory and not less time.
const maxYoungGenerationSizeMb = 24;

/**
 * How many threads a run should use; 1 stands for none besides the one that asks.
 *
 * @param requested what the user asked for
 */
export function threadCount(files: number, requested: number | undefined): number {
  // Threads load compiled code only: run from the sources, the work is done in place.
  if (import.meta.url.endsWith(".ts")) return 1;
  return requested ?? Math.min(availableParallelism(), Math.max(1, Math.ceil(files / filesPerThread)));
}

/** Migrates files in threads. The units stand in the order of the files, whichever thread was quicker. */
export async function migrateInThreads(
  jobs: readonly Job[],
  threads: number,
  cache: CachePlace | undefined,
  onDone: () => void = () => undefined,
): Promise<Unit[]> {
  const size = Math.min(filesPerBatch, Math.ceil(jobs.length / threads));
  const batches = split(jobs, size).map((jobs): Work => ({ jobs, units: [] }));
  const waiting = batches.values();
  await Promise.all(Array.from({ length: threads }, () => workOff(waiting, cache, onDone)));
  return batches.flatMap(({ units }) => units);
}

interface Work {
  readonly jobs: readonly Job[];
  /** What became of the files so far, in their order. */
  readonly units: Unit[];
}

/** Gives jobs to one thread as long as there are any. A thread that breaks is replaced; only its present file is lost. */
async function workOff(waiting: Iterable<Work>, cache: CachePlace | undefined, onDone: () => void): Promise<void> {
  let thread: Thread | undefined;
  for (const { jobs, units } of waiting) {
    while (units.length < jobs.length) {
      thread ??= startThread(cache);
      try {
        await thread.work(jobs.slice(units.length), (unit) => {
          units.push(unit);
          onDone();
        });
      } catch (error) {
        const [job] = jobs.slice(units.length);
        if (job !== undefined) units.push(threadLost(job.file, error));
        await thread.end();
        thread = undefined;
      }
    }
  }
  await thread?.end();
}

interface Thread {
  /** Hands each unit over as soon as it is done. Rejects when the thread breaks, or ended before. */
  readonly work: (jobs: readonly Job[], take: (unit: Unit) => void) => Promise<void>;
  readonly end: () => Promise<unknown>;
}

// Not tinypool: there, a thread that exits or throws outside of its task can keep the others' answers away for ever.
function startThread(cache: CachePlace | undefined): Thread {
  const worker = new Worker(new URL("./worker.js", import.meta.url), {
    workerData: { cache } satisfies WorkerData,
    resourceLimits: { maxYoungGenerationSizeMb },
  });
  const ended = new Promise<Error>((resolve) => {
    let cause: Error | undefined;
    worker.once("error", (error) => {
      cause = error instanceof Error ? error : new Error(errorMessage(error));
    });
    // An error overtakes the answers that were on their way; the end does not.
    worker.once("exit", (code) => {
      resolve(cause ?? new Error(`exit code ${String(code)}`));
    });
  });
  const work: Thread["work"] = (jobs, take) =>
    new Promise((resolve, reject) => {
      let left = jobs.length;
      const receive = (unit: Unit): void => {
        take(unit);
        left -= 1;
        if (left === 0) {
          worker.off("message", receive);
          resolve();
        }
      };
      worker.on("message", receive);
      void ended.then((error) => {
        worker.off("message", receive);
        reject(error);
      });
      worker.postMessage(jobs);
    });
  return { work, end: () => worker.terminate() };
}

function threadLost(file: SourceFile, error: unknown): Unit {
  // Its own modules are files, too.
  if (isTooManyFiles(error)) {
    return [{ source: file, outcome: { kind: "error", message: `cannot be read: ${tooManyFiles}` } }];
  }
  const cause = `the thread that worked on it stopped (${errorMessage(error)}); run again with --concurrency 1`;
  return [{ source: file, outcome: { kind: "result", file: failure(file.path, cause) } }];
}

function split(jobs: readonly Job[], size: number): (readonly Job[])[] {
  const result: (readonly Job[])[] = [];
  for (let start = 0; start < jobs.length; start += size) result.push(jobs.slice(start, start + size));
  return result;
}
