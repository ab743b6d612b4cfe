import type { Style } from "../edits/step/step.ts";

/** Where something stands in the file as the user wrote it; both count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** One remark about a file: an id from a closed list, a sentence for people, and the place it speaks of. */
export interface Remark extends Place {
  readonly id: string;
  readonly message: string;
  /** Why a team lets this reason stand; only of reasons that the configuration accepts. */
  readonly accepted?: string;
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

/** A function at module level that is not the handler; other files may hold the same one. */
export interface Helper extends Place {
  readonly name: string;
  /** A fingerprint of its name and code, without white space and comments. */
  readonly code: string;
}

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
  /** The other files of the project whose code the result holds, in the order in which they were loaded. */
  readonly inlined?: readonly string[];
  /** Its helpers of three statements and more; left out where there is none. */
  readonly helpers?: readonly Helper[];
}

/** One difference between two runs in one scenario, as text. */
export interface ProofDifference {
  /** What differs: `outcome`, `requests`, `console` and so on. */
  readonly kind: string;
  /** The scenario, as a clause that follows "when". */
  readonly scenario: string;
  readonly expected: string;
  readonly got: string;
}

/** What running a function before and after its migration has shown. */
export interface FileProof {
  readonly kind: "same" | "differs" | "not-run";
  /** All of it in one line: `same in 41 scenarios, 93 % of branches`. */
  readonly text: string;
  /** Why nothing was shown; only for `not-run`, which has none of the others. */
  readonly reason?: string;
  /** In how many scenarios both were run. */
  readonly scenarios?: number;
  /** The ways to go on in the original, and how many of them some scenario went. */
  readonly branches?: { readonly taken: number; readonly total: number };
  /** Ids of the declared differences that were seen; they count as the same. */
  readonly declared?: readonly string[];
  readonly differences?: readonly ProofDifference[];
  /** The scenarios in which the original never answers. */
  readonly neverAnswers?: readonly string[];
}

/** The migration of one file: what `--json` prints per file. */
export interface FileResult extends Omit<SourceResult, "text" | "helpers"> {
  readonly path: string;
  /** Present where the configuration gives the file another style than the run has. */
  readonly style?: Style;
  /** Present when the run was asked to prove what it does. */
  readonly proof?: FileProof;
}
