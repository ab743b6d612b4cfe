import { checkProgram } from "./check.ts";
import { captureRejections } from "./contract.ts";
import type { GeneratedProgram } from "./generator.ts";
import { emptyTally, record, totalOf } from "./report.ts";
import type { Tally } from "./report.ts";

/** The smallest share of all programs that must become idiomatic. */
export const LEAST_IDIOMATIC_SHARE = 0.97;

/** Checks programs one after the other. */
export async function runPrograms(programs: Iterable<GeneratedProgram>): Promise<Tally> {
  const restore = captureRejections();
  const tally = emptyTally();
  try {
    for (const program of programs) {
      record(tally, program, await checkProgram(program.text));
    }
  } finally {
    restore();
  }
  return tally;
}

/**
 * Fails when a result behaves differently or does not parse.
 *
 * @param tell how the faults are put into the error's message
 */
export function expectNoFaults(tally: Tally, tell: (tally: Tally) => string): void {
  const total = totalOf(tally);
  if (total.different + total.unparsable > 0) {
    throw new Error(tell(tally));
  }
}
