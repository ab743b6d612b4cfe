import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";

import type { SourceFile } from "./discover.ts";
import { errorMessage } from "./files.ts";
import type { MigrateOptions } from "./migrate-source.ts";
import type { Outcome } from "./run-file.ts";
import { failure } from "./run-file.ts";
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

/** Migrates files in threads. The outcomes stand in the order of the files, whichever thread was quicker. */
export async function migrateInThreads(
  files: readonly SourceFile[],
  options: MigrateOptions,
  threads: number,
): Promise<Outcome[]> {
  const { Tinypool } = await import("tinypool");
  const filename = fileURLToPath(new URL("./worker.js", import.meta.url));
  const pool = new Tinypool({ filename, minThreads: threads, maxThreads: threads });
  try {
    const size = Math.min(filesPerBatch, Math.ceil(files.length / threads));
    const runs = batches(files, size).map(async (batch) => {
      const task: Batch = { files: batch, options };
      try {
        return (await pool.run(task, { name: "migrateBatch" })) as Outcome[];
      } catch (error) {
        return batch.map((file) => threadLost(file, error));
      }
    });
    return (await Promise.all(runs)).flat();
  } finally {
    await pool.destroy();
  }
}

function threadLost(file: SourceFile, error: unknown): Outcome {
  const cause = `the thread that worked on it stopped (${errorMessage(error)}); run again with --concurrency 1`;
  return { kind: "result", file: failure(file.path, cause) };
}

function batches(files: readonly SourceFile[], size: number): (readonly SourceFile[])[] {
  const result: (readonly SourceFile[])[] = [];
  for (let start = 0; start < files.length; start += size) result.push(files.slice(start, start + size));
  return result;
}
