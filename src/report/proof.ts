import type { FileProof } from "../migrate/result.ts";
import type { VerifyResult } from "../verify/verify-paths.ts";
import type { Colors } from "./colors.ts";
import { printable } from "../platform/printable.ts";
import { exitCodes } from "./summary.ts";
import type { ExitCode } from "./summary.ts";

/** The line of a proof, and below it the scenarios in which the original never answers. */
export function renderProof(proof: FileProof, colors: Colors): string[] {
  const paint = { same: colors.green, differs: colors.red, "not-run": colors.yellow };
  const silent = (proof.neverAnswers ?? []).slice(0, SHOWN).map((scenario) => `never answers when ${scenario}`);
  const more = (proof.neverAnswers ?? []).length - SHOWN;
  return [
    paint[proof.kind](printable(proof.text)),
    ...silent.map((line) => colors.yellow(printable(line))),
    ...(more > 0 ? [colors.dim(`and in ${String(more)} more scenarios (all with --json)`)] : []),
  ];
}

/** Enough to see what they have in common. */
const SHOWN = 3;

/** 0 when everything was run and does the same. */
export function verificationExitCode({ summary }: VerifyResult): ExitCode {
  return summary.differs + summary["not-run"] === 0 ? exitCodes.done : exitCodes.needsPerson;
}
