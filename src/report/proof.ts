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

/** What `faas-migrate verify` prints: a line for each function, and the counts at the end. */
export function renderVerification({ pairs, summary }: VerifyResult, colors: Colors): string {
  const lines = pairs.flatMap((pair) => {
    const [first = "", ...rest] = renderProof(pair.proof, colors);
    return [`${printable(pair.old)}  ${first}`, ...rest.map((line) => `  ${line}`)];
  });
  const counts = [
    `${String(summary.same)} same`,
    `${String(summary.differs)} differ`,
    `${String(summary["not-run"])} not run`,
  ];
  return `${[...lines, "", colors.bold(counts.join(", "))].join("\n")}\n`;
}

/** 0 when everything was run and does the same. */
export function verificationExitCode({ summary }: VerifyResult): ExitCode {
  return summary.differs + summary["not-run"] === 0 ? exitCodes.done : exitCodes.needsPerson;
}
