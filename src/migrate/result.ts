/** Where something stands in the file as the user wrote it; both count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** One remark about a file: an id from a closed list, a sentence for people, and the place it speaks of. */
export interface Remark extends Place {
  readonly id: string;
  readonly message: string;
}

/**
 * What became of one file.
 *
 * - `migrated`: V2 code in the platform's own style.
 * - `mechanical`: V2 code that keeps the V1 callback contract inside `new Promise`; it runs the same, a person may simplify it.
 * - `refused`: the file is as it was; `reasons` says why.
 * - `unchanged`: there was nothing to migrate.
 * - `failed`: a fault of this tool; the file is as it was.
 */
export type Verdict = "migrated" | "mechanical" | "refused" | "unchanged" | "failed";

/** The migration of one source text. */
export interface SourceResult {
  readonly verdict: Verdict;
  /** The text to write: the original one unless `verdict` is `migrated` or `mechanical`. */
  readonly text: string;
  /** Ids of the transforms that changed something, in the order in which they ran. */
  readonly transforms: readonly string[];
  /** Intended differences between V1 and V2 behaviour. */
  readonly differences: readonly Remark[];
  /** What a person must look at: why a file was refused or is only mechanical, and likely bugs of the original. */
  readonly reasons: readonly Remark[];
  /** What must be done outside the code. */
  readonly followUps: readonly Remark[];
}

/** The migration of one file: what `--json` prints per file. */
export interface FileResult extends Omit<SourceResult, "text"> {
  readonly path: string;
}
