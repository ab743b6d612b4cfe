import { basename, dirname } from "node:path";

import { isFunctionFileName } from "../platform/function-files.ts";
import type { SourceFile } from "./discover.ts";
import type { Shard } from "./run-result.ts";
import { byPath } from "./run-result.ts";

/**
 * The files of one part. Every machine that finds the same files deals them out alike, and files of one folder that share a
 * config.json stay together.
 */
export function filesOfShard(files: readonly SourceFile[], { index, of }: Shard): readonly SourceFile[] {
  const keys = [...new Set(files.toSorted(byPath).map(keyOf))];
  const own = new Set(keys.filter((_, place) => place % of === index - 1));
  return files.filter((file) => own.has(keyOf(file)));
}

function keyOf({ path }: SourceFile): string {
  return isFunctionFileName(basename(path)) ? dirname(path) : path;
}
