import { availableParallelism } from "node:os";
import { dirname } from "node:path";
import type { FileProof, FileResult } from "../migrate/result.ts";
import type { OnProgress } from "../migrate/run.ts";
import type { Migrated, Unit } from "../migrate/run-outcome.ts";
import { fillSentence, reasons } from "../platform/remarks.ts";
import { fileProof, proofJob } from "./function-proof.ts";
import type { ProofOptions } from "./function-proof.ts";
import { SandboxPool } from "./pool.ts";
import { packageFolders } from "./readable.ts";

/** How a run proves its functions. */
export interface ProveRunOptions extends ProofOptions {
  /** Write functions that differ all the same. */
  readonly force: boolean;
  /** The compiled program of a sandbox; ours when left out. */
  readonly child?: URL;
}

/** Sandboxes for the functions of some files: they may read the packages that these find. */
export function poolFor(paths: readonly string[], child: URL | undefined): SandboxPool {
  const folders = new Set([...new Set(paths.map((path) => dirname(path)))].flatMap(packageFolders));
  const size = Math.max(1, Math.min(availableParallelism(), paths.length));
  return new SandboxPool({ size, readable: [...folders], ...(child !== undefined && { child }) });
}

/**
 * Runs every function that a run is about to write before and after its migration. A function that differs is not
 * written, and neither is what changes together with it.
 */
export async function proveUnits(
  units: readonly Unit[],
  options: ProveRunOptions,
  onProgress?: OnProgress,
): Promise<Unit[]> {
  const paths = units.flatMap(([handler]) =>
    handler !== undefined && isFunction(handler) ? [handler.source.absolute] : [],
  );
  const pool = poolFor(paths, options.child);
  let done = 0;
  const prove = async (unit: Unit): Promise<Unit> => {
    const proved = await proveUnit(unit, pool, options);
    done += 1;
    onProgress?.("proving", done, units.length);
    return proved;
  };
  try {
    return await Promise.all(units.map(prove));
  } finally {
    pool.close();
  }
}

/** Whether the outcome is a function's that will be written. */
function isFunction({ source, outcome }: Migrated): boolean {
  return outcome.kind === "result" && outcome.change !== undefined && !source.path.endsWith(".json");
}

async function proveUnit(unit: Unit, pool: SandboxPool, options: ProveRunOptions): Promise<Unit> {
  const [handler, ...others] = unit;
  if (handler?.outcome.kind !== "result" || handler.outcome.change === undefined || !isFunction(handler)) return unit;
  const { file, change } = handler.outcome;
  const job = proofJob(handler.source.absolute, change.before, change.after, file, options);
  const proof = fileProof(await pool.prove(job));
  if (proof.kind !== "differs" || options.force) {
    return [
      { ...handler, outcome: { ...handler.outcome, file: { ...withNeverAnswers(file, proof), proof } } },
      ...others,
    ];
  }
  const refused = { source: handler.source, outcome: { kind: "result", file: differing(file, proof) } } as const;
  // What changes together with it stays as well, and has nothing to say then.
  return [refused];
}

/** A function that stays as it is, because its migration does not do the same. */
function differing(file: FileResult, proof: FileProof): FileResult {
  const message = fillSentence(reasons["runs-differ"].short, { proof: proof.text });
  const reason = { id: "runs-differ", message, line: 1, column: 1 };
  return { ...file, verdict: "refused", transforms: [], differences: [], reasons: [reason], followUps: [], proof };
}

/** Tells of an original that never answers in some scenario: a person has to look at it, in V1 as in V2. */
function withNeverAnswers(file: FileResult, proof: FileProof): FileResult {
  const [scenario] = proof.neverAnswers ?? [];
  if (scenario === undefined) return file;
  const message = fillSentence(reasons["never-answers"].short, { scenario });
  return { ...file, reasons: [...file.reasons, { id: "never-answers", message, line: 1, column: 1 }] };
}
