import type { Finding } from "./check.ts";
import type { Observation } from "./contract.ts";
import type { GeneratedProgram } from "./generator.ts";

/** Numbers of one shape. */
export interface Count {
  programs: number;
  scenarios: number;
  different: number;
  unparsable: number;
  refused: number;
  mechanical: number;
  idiomatic: number;
  /** Programs with a declared difference that showed in no scenario. */
  inVain: number;
}

/** A finding that must not be, with all that is needed to see why. */
export interface Fault {
  readonly index: number;
  readonly shape: string;
  readonly kind: string;
  readonly text: string;
}

/** What a run over many programs found. Plain data, so that shards can be added up. */
export interface Tally {
  readonly shapes: Record<string, Count>;
  readonly faults: Fault[];
  /** How often each reason kept a program from being idiomatic. */
  readonly reasons: Record<string, number>;
}

function emptyCount(): Count {
  return { programs: 0, scenarios: 0, different: 0, unparsable: 0, refused: 0, mechanical: 0, idiomatic: 0, inVain: 0 };
}

/** A tally of nothing. */
export function emptyTally(): Tally {
  return { shapes: {}, faults: [], reasons: {} };
}

/** Adds the finding of one program. */
export function record(tally: Tally, program: GeneratedProgram, finding: Finding): void {
  const count = (tally.shapes[program.shape] ??= emptyCount());
  count.programs += 1;
  count.scenarios += finding.scenarios;
  count[finding.verdict] += 1;
  if (finding.difference !== undefined) {
    count.different += 1;
  }
  if (finding.toldInVain.length > 0) {
    count.inVain += 1;
  }
  if (finding.difference !== undefined || finding.verdict === "unparsable") {
    const text = describeFault(program.text, finding);
    tally.faults.push({
      index: program.index,
      shape: program.shape,
      kind: kindOf(finding, program.shape.replace(" (declared)", "")),
      text,
    });
  }
  if (finding.verdict !== "idiomatic") {
    const reason = `${finding.verdict}: ${finding.why
      .replace(/, so the V1 callback contract.*/u, "")
      .replaceAll(/\d+|".*"/gu, "…")
      .slice(0, 140)}`;
    tally.reasons[reason] = (tally.reasons[reason] ?? 0) + 1;
  }
}

/** Adds the numbers of a shard. */
export function addTally(sum: Tally, part: Tally): void {
  for (const [shape, count] of Object.entries(part.shapes)) {
    const known = (sum.shapes[shape] ??= emptyCount());
    for (const key of Object.keys(count) as (keyof Count)[]) {
      known[key] += count[key];
    }
  }
  sum.faults.push(...part.faults);
  for (const [reason, count] of Object.entries(part.reasons)) {
    sum.reasons[reason] = (sum.reasons[reason] ?? 0) + count;
  }
}

/** Faults of one kind look alike: same verdict, same sort of difference, same outcomes, same shape. */
function kindOf({ verdict, difference, why }: Finding, shape: string): string {
  if (difference === undefined) {
    return `${verdict}: ${why.replaceAll(/\d+|".*"/gu, "…").slice(0, 80)}`;
  }
  const { what, legacy, modern } = difference;
  return `${verdict}: ${what}, V1 ${legacy.outcome.kind}, V2 ${modern.outcome.kind}; ${shape}`;
}

/** Writes an observation on a few lines. */
export function describeObservation({ outcome, effects, floating }: Observation): string {
  const ends = {
    resolved: () => ("value" in outcome ? `resolved ${outcome.value}` : ""),
    rejected: () =>
      "error" in outcome ? `rejected ${outcome.error.name} ${outcome.error.message} ${outcome.error.fields}` : "",
    "time-out": () => "time-out",
  };
  const float = floating.map(({ error: { message, fields } }) => `\n  floating: ${message}${fields}`).join("");
  return `${ends[outcome.kind]()}\n  effects: ${effects.join(" | ")}${float}`;
}

/** Writes a fault so that it can be understood without running anything. */
export function describeFault(original: string, finding: Finding): string {
  const parts = [`--- V1\n${original.trimEnd()}`, `--- V2 (${finding.verdict})\n${finding.text.trimEnd()}`];
  if (finding.difference === undefined) {
    return [...parts, `--- ${finding.why}`].join("\n");
  }
  const { scenario, what, legacy, modern } = finding.difference;
  return [
    ...parts,
    `--- scenario: ${scenario}; different: ${what}`,
    `V1 ${describeObservation(legacy)}`,
    `V2 ${describeObservation(modern)}`,
  ].join("\n");
}

/** All shapes together. */
export function totalOf(tally: Tally): Count {
  const total = emptyCount();
  for (const count of Object.values(tally.shapes)) {
    for (const key of Object.keys(total) as (keyof Count)[]) {
      total[key] += count[key];
    }
  }
  return total;
}

function percent(part: number, whole: number): string {
  return whole === 0 ? "–" : `${((100 * part) / whole).toFixed(1)} %`;
}

/** The share of programs that became idiomatic V2 code, from 0 to 1. */
export function idiomaticShare({ idiomatic, programs }: Count): number {
  return programs === 0 ? 1 : idiomatic / programs;
}

/** Writes the numbers of all shapes as a table. */
export function tableOf(tally: Tally): string {
  const head = [
    "shape",
    "programs",
    "scenarios",
    "different",
    "unparsable",
    "refused",
    "mechanical",
    "in vain",
    "idiomatic",
  ];
  const rows = [...Object.entries(tally.shapes), ["total", totalOf(tally)] as const].map(([shape, count]) => [
    shape,
    ...[
      count.programs,
      count.scenarios,
      count.different,
      count.unparsable,
      count.refused,
      count.mechanical,
      count.inVain,
    ].map(String),
    percent(count.idiomatic, count.programs),
  ]);
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const write = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ");
  return [write(head), ...rows.map(write)].join("\n");
}

/** The smallest fault of each kind, the most frequent kinds first. */
function smallestFaults(tally: Tally, limit: number): { fault: Fault; count: number }[] {
  const kinds = new Map<string, Fault[]>();
  for (const fault of tally.faults) {
    kinds.set(fault.kind, [...(kinds.get(fault.kind) ?? []), fault]);
  }
  return [...kinds.values()]
    .toSorted((a, b) => b.length - a.length)
    .slice(0, limit)
    .flatMap((faults) => {
      const [fault] = faults.toSorted((a, b) => a.text.length - b.text.length);
      return fault === undefined ? [] : [{ fault, count: faults.length }];
    });
}

/** The reasons for all verdicts but idiomatic, the most frequent first. */
function reasonsOf(tally: Tally, limit: number): string {
  return Object.entries(tally.reasons)
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, limit)
    .map(([reason, count]) => `${String(count).padStart(6)}  ${reason}`)
    .join("\n");
}

/** Everything that a run is to tell: numbers, reasons, and the smallest faults. */
export function summaryOf(tally: Tally): string {
  const faults = smallestFaults(tally, 20).map(
    ({ fault, count }) =>
      `\n=== ${fault.kind} (${String(count)} programs; the smallest is number ${String(fault.index)})\n${fault.text}`,
  );
  return [tableOf(tally), "", reasonsOf(tally, 15), ...faults].join("\n");
}
