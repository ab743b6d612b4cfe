import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

import type { SourceFile } from "./discover.ts";
import { errorMessage } from "./files.ts";
import type { MigrateOptions } from "./migrate-source.ts";
import type { Unit } from "./run-outcome.ts";
import { failure } from "./run-outcome.ts";
import type { Batch } from "./worker.ts";

// A thread costs about 130 ms to start; below this many files for each it costs more than it brings.
const filesPerThread = 250;
const filesPerBatch = 50;

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
  files: readonly SourceFile[],
  options: MigrateOptions,
  threads: number,
): Promise<Unit[]> {
  const size = Math.min(filesPerBatch, Math.ceil(files.length / threads));
  const jobs = split(files, size).map((each): Job => ({ batch: { files: each, options }, units: [] }));
  const waiting = jobs.values();
  await Promise.all(Array.from({ length: threads }, () => workOff(waiting)));
  return jobs.flatMap((job) => job.units);
}

interface Job {
  readonly batch: Batch;
  units: readonly Unit[];
}

/** Gives jobs to one thread as long as there are any; a thread that broke is replaced and fails only its own job. */
async function workOff(waiting: Iterable<Job>): Promise<void> {
  let thread: Thread | undefined;
  for (const job of waiting) {
    thread ??= startThread();
    try {
      job.units = await thread.ask(job.batch);
    } catch (error) {
      job.units = job.batch.files.map((file) => threadLost(file, error));
      await thread.end();
      thread = undefined;
    }
  }
  await thread?.end();
}

interface Thread {
  /** Rejects when the thread breaks, or ended before. */
  readonly ask: (batch: Batch) => Promise<Unit[]>;
  readonly end: () => Promise<unknown>;
}

// Not tinypool: there, a thread that exits or throws outside of its task can keep the others' answers away for ever.
function startThread(): Thread {
  const worker = new Worker(new URL("./worker.js", import.meta.url));
  const broken = new Promise<never>((_resolve, reject) => {
    worker.once("error", reject);
    worker.once("exit", (code) => {
      reject(new Error(`exit code ${String(code)}`));
    });
  });
  // Ending is no fault: whoever waits for an answer is told, and nobody may be waiting.
  broken.catch(() => undefined);
  const ask = async (batch: Batch): Promise<Unit[]> => {
    const answer = once(worker, "message") as Promise<[Unit[]]>;
    answer.catch(() => undefined);
    worker.postMessage(batch);
    const [units] = await Promise.race([answer, broken]);
    return units;
  };
  return { ask, end: () => worker.terminate() };
}

function threadLost(file: SourceFile, error: unknown): Unit {
  const cause = `the thread that worked on it stopped (${errorMessage(error)}); run again with --concurrency 1`;
  return [{ source: file, outcome: { kind: "result", file: failure(file.path, cause) } }];
}

function split(files: readonly SourceFile[], size: number): (readonly SourceFile[])[] {
  const result: (readonly SourceFile[])[] = [];
  for (let start = 0; start < files.length; start += size) result.push(files.slice(start, start + size));
  return result;
}
