import type { Change, RunResult } from "../migrate/run-result.ts";

/** A run as a report shows it. */
export interface ReportedRun {
  readonly result: RunResult;
  /** The texts before and after, by path. */
  readonly changes: ReadonlyMap<string, Change>;
}
