import type { Observation, Scenario, Side } from "../model.ts";
import type { ProofJob, ProofReport, Substitutes } from "../proof.ts";

/** One run of one function. */
export interface ObserveJob {
  readonly side: Side;
  readonly path: string;
  readonly text: string;
  readonly scenario: Scenario;
  readonly substitutes?: Substitutes;
}

/** What the parent asks a sandbox for. */
export interface Request {
  readonly id: number;
  readonly prove?: ProofJob;
  readonly observe?: ObserveJob;
}

/** What a run showed, or why it shows nothing. */
export type Observed = { readonly observation: Observation } | { readonly notRun: string };

/** What a sandbox says: once that it is ready, then one answer to each request. */
export interface Reply {
  readonly ready?: true;
  readonly id?: number;
  readonly report?: ProofReport;
  readonly observed?: Observed;
  /** A fault of the sandbox itself. */
  readonly fault?: string;
  /** Whether the process must not be used for another function. */
  readonly isSpent?: boolean;
}
