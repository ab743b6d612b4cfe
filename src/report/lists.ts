import { printable } from "../platform/printable.ts";
import type { VerifiedPair, VerifyResult } from "../verify/verify-paths.ts";
import type { Colors } from "./colors.ts";
import { functionNames } from "./functions.ts";
import { wrap } from "./layout.ts";
import { renderProof } from "./proof.ts";
import { widthOf } from "./terminal.ts";
import { plural } from "./words.ts";

/** How much of a list is shown. */
export interface ListStyle {
  /** Columns of the terminal; undefined where the output goes elsewhere. */
  readonly columns?: number | undefined;
  /** Shows all of it, a line for each. */
  readonly isVerbose: boolean;
}

/** With the lines around it, a list takes no more than a screen. */
const MOST_LINES = 36;

/** The first lines of a list, and how many are left: `  … and 64 more files   --verbose lists them`. */
export function someOf(
  lines: readonly string[],
  noun: string,
  { isVerbose }: ListStyle,
  most = MOST_LINES,
): readonly string[] {
  if (isVerbose || lines.length <= most) return lines;
  const shown = lines.slice(0, most - 1);
  return [...shown, `  … and ${plural(lines.length - shown.length, `more ${noun}`)}   --verbose lists them`];
}

/**
 * Files with what became of them, a line for each: `restored    functions/hello/index.js`. Where they are more than a
 * screen holds, the names of their functions.
 */
export function filesDone(done: string, paths: readonly string[], style: ListStyle): readonly string[] {
  if (style.isVerbose || paths.length <= MOST_LINES) return paths.map((path) => printable(`${done}    ${path}`));
  const names = functionNames(paths);
  const heading = `${done.toUpperCase()} (${plural(names.length, "function")}, ${plural(paths.length, "file")})`;
  return [`${heading}   --verbose lists them`, ...namesInLines(names, MOST_LINES, style), ""];
}

/** Names in at most so many lines. */
function namesInLines(names: readonly string[], most: number, { columns }: ListStyle): readonly string[] {
  const lines = wrap(`  ${names.map(printable).join("  ")}`, widthOf(columns), 2);
  return lines.length <= most ? lines : [...lines.slice(0, most - 1), `  … ${String(names.length)} in all`];
}

/** What `faas-migrate verify` prints: a line for each function, and the counts at the end. */
export function renderVerification({ pairs, summary }: VerifyResult, colors: Colors, style: ListStyle): string {
  const counts = [
    `${String(summary.same)} same`,
    `${String(summary.differs)} differ`,
    `${String(summary["not-run"])} not run`,
  ];
  const end = ["", colors.bold(counts.join(", "))];
  const all = pairs.flatMap((pair) => linesOf(pair, colors));
  return [...(style.isVerbose || all.length <= MOST_LINES ? all : grouped(pairs, colors, style)), ...end]
    .map((line) => `${line}\n`)
    .join("");
}

/** What a person has to look at, then the names of the others. */
function grouped(pairs: readonly VerifiedPair[], colors: Colors, style: ListStyle): readonly string[] {
  const isSame = ({ proof }: VerifiedPair): boolean => proof.kind === "same" && (proof.neverAnswers ?? []).length === 0;
  const names = functionNames(pairs.filter(isSame).map(({ old }) => old));
  const waiting = pairs.filter((pair) => !isSame(pair)).flatMap((pair) => linesOf(pair, colors));
  const gap = waiting.length === 0 ? [] : [""];
  const heading = colors.bold(`SAME (${String(names.length)})`) + "   --verbose lists them";
  const same = names.length === 0 ? [] : [...gap, heading];
  const listed = names.length === 0 ? [] : namesInLines(names, SAME_LINES, style);
  return [...someOf(waiting, "function", style, MOST_LINES - same.length - listed.length), ...same, ...listed];
}

/** Lines for the names of functions that behave the same. */
const SAME_LINES = 8;

function linesOf({ old, proof }: VerifiedPair, colors: Colors): string[] {
  const [first = "", ...rest] = renderProof(proof, colors);
  return [`${printable(old)}  ${first}`, ...rest.map((line) => `  ${line}`)];
}
