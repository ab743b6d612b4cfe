import type { Style } from "../edits/step/step.ts";
import type { FileResult, Place, Remark, Verdict } from "./result.ts";

/** A path that could not be read or written. It has no entry in `files`; the file on disk is as it was. */
export interface RunError {
  /** As it would stand in `files`: relative to the working directory, with forward slashes. */
  readonly path: string;
  /** What is wrong and what to do about it, in one line. */
  readonly message: string;
}

/** How many files got which verdict. */
export type Summary = Readonly<Record<Verdict, number>>;

/** One of several parts of a run, counted from 1. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** What became of all files of one run: what `--json` prints. */
export interface RunResult {
  /** Version of this package. */
  readonly version: string;
  readonly style: Style;
  /** True when nothing was written, whatever the verdicts say. */
  readonly dryRun: boolean;
  /** The part that the run took; left out where it took all functions. */
  readonly shard?: Shard | undefined;
  /** In path order, so that two runs over the same tree print the same. */
  readonly files: readonly FileResult[];
  readonly errors: readonly RunError[];
  /** Accepted reasons that are gone or changed; left out where nothing is accepted. */
  readonly outdated?: readonly RunError[] | undefined;
  readonly summary: Summary;
  /** Comments of `--insert-todos` that still stand; only where they were looked for, as `--check` does. */
  readonly todos?: readonly StandingTodo[] | undefined;
  /**
   * Helper functions that stand with the same code in three files or more, those in most files first; left out where there
   * is none, and of a part of the functions. A hint: nothing has to be done about them.
   */
  readonly repeated?: readonly RepeatedHelper[] | undefined;
}

/** A function at module level that several files hold. */
export interface RepeatedHelper {
  readonly name: string;
  /** Where it begins in each of the files, in path order. */
  readonly places: readonly (Place & { readonly path: string })[];
}

/** A comment of this tool that asks a person to do something. */
export interface StandingTodo extends Remark {
  readonly path: string;
}

/** The text of one file before and after its migration; the two always differ. */
export interface Change {
  readonly before: string;
  readonly after: string;
}

/** Counts the verdicts of a run. */
export function summarize(files: readonly FileResult[]): Summary {
  const summary = { migrated: 0, mechanical: 0, refused: 0, unchanged: 0, failed: 0 };
  for (const file of files) summary[file.verdict] += 1;
  return summary;
}

/** Orders by path, by code unit: the same on every machine, whatever its language. */
export function byPath(left: { readonly path: string }, right: { readonly path: string }): number {
  if (left.path === right.path) return 0;
  return left.path < right.path ? -1 : 1;
}
