import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { variablesOfConfig } from "../analysis/runtime/config-variables.ts";
import { configName, isFunctionFileName } from "../platform/function-files.ts";
import { readLocalFiles } from "../migrate/local-files.ts";
import { neighboursOf, plainFiles } from "../typescript/neighbours.ts";
import { plainJavaScript } from "../typescript/plain.ts";
import type { FileProof, ProofDifference, Remark } from "../migrate/result.ts";
import type { Difference } from "./compare/compare.ts";
import type { Outcome } from "./model.ts";
import { isByPlace } from "./proof.ts";
import type { ProofJob, ProofReport } from "./proof.ts";

/** How much of a proof the user asked for. */
export interface ProofOptions {
  /** How many scenarios at most. */
  readonly scenarios: number;
  /** Decides the order of scenarios that are equally useful. */
  readonly seed: number;
}

export const DEFAULT_PROOF: ProofOptions = { scenarios: 64, seed: 0 };

/** A proof ends by itself before the sandbox is ended. */
const TIME_MS = 3_500;

/** What counts as the same: what a migration declares and tells of the original. */
export interface Declared {
  readonly differences: readonly Remark[];
  readonly followUps: readonly Remark[];
  /** Ids of differences that count wherever they are. */
  readonly ids?: readonly string[];
}

/** The job that compares two texts of one function. */
export function proofJob(
  path: string,
  original: string,
  migrated: string | undefined,
  declared: Declared,
  options: ProofOptions,
): ProofJob {
  const local = readLocalFiles({ path: basename(path), absolute: path, named: true }, original);
  return {
    path,
    original: plainJavaScript(path, original, "v1", local && neighboursOf(local.files, local.links)),
    ...(local !== undefined && { local: { ...local, files: plainFiles(local.files) } }),
    ...(migrated !== undefined && { migrated: plainJavaScript(path, migrated, "v2") }),
    declared: [...new Set([...declared.differences.map(({ id }) => id), ...(declared.ids ?? [])])],
    places: [...declared.differences, ...declared.followUps].filter(({ id }) => isByPlace(id)),
    template: configTemplate(path),
    given: [],
    derive: true,
    ...options,
    timeMs: TIME_MS,
  };
}

/** What the config.json beside a function tells of its invocations, in V1's form or in V2's. */
function configTemplate(path: string): ProofJob["template"] {
  const file = join(dirname(path), configName);
  if (!isFunctionFileName(basename(path)) || !existsSync(file)) return {};
  try {
    const config: unknown = JSON.parse(readFileSync(file, "utf8").replace(/^\uFEFF/u, ""));
    if (typeof config !== "object" || config === null) return {};
    const input: unknown = Reflect.get(config, "input");
    return { ...(input !== undefined && { input }), env: Object.fromEntries(variablesOfConfig(config)) };
  } catch {
    // A config.json that is no JSON is told of elsewhere; the function can be run without.
    return {};
  }
}

/** A proof as the run reports it. */
export function fileProof(report: ProofReport): FileProof {
  if (report.kind === "not-run") return { kind: "not-run", text: `not run: ${report.reason}`, reason: report.reason };
  const { kind, scenarios, branches, declared, neverAnswers } = report;
  const differences = report.differences.map(proofDifference);
  const rest = { scenarios, branches, declared, neverAnswers, differences };
  return { kind, text: kind === "same" ? sameText(report) : differsText(differences), ...rest };
}

function sameText({ scenarios, branches, declared }: Exclude<ProofReport, { kind: "not-run" }>): string {
  const coverage = branches.total === 0 ? "" : `, ${percent(branches.taken, branches.total)} of branches`;
  const seen = declared.length === 0 ? "" : `, but for ${declared.join(", ")}`;
  return `same in ${count(scenarios, "scenario")}${coverage}${seen}`;
}

function differsText([first]: readonly ProofDifference[]): string {
  if (first === undefined) return "differs";
  return `differs: when ${first.scenario}: expected ${first.expected}, got ${first.got}`;
}

function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? "" : "s"}`;
}

function percent(part: number, whole: number): string {
  return `${String(Math.floor((100 * part) / whole))} %`;
}

/** Longer texts than this are no line any more. */
const LONGEST = 160;

function proofDifference({ kind, scenario, legacy, modern }: Difference): ProofDifference {
  if (kind === "outcome") {
    return { kind, scenario, expected: outcomeText(legacy as Outcome), got: outcomeText(modern as Outcome) };
  }
  const [expected, got] =
    Array.isArray(legacy) && Array.isArray(modern) ? firstOther(legacy, modern) : [legacy, modern];
  const noun = NOUNS[kind];
  const wanted = expected === undefined ? noun.replace("the", "no") : `${noun} ${shown(expected)}`;
  return { kind, scenario, expected: wanted, got: shown(got) };
}

/** What a difference is about, as it stands in a sentence. */
const NOUNS: Readonly<Record<Difference["kind"], string>> = {
  outcome: "the result",
  requests: "the request",
  "rejected-requests": "the request",
  "request-headers": "the headers",
  "redirected-headers": "the headers",
  "client-headers": "the headers",
  "secret-reads": "the read of secret",
  "secret-writes": "the write of secret",
  console: "the log",
  calls: "the call",
  order: "the step",
  unhandled: "the unhandled error",
};

/** The first entries that are not the same; undefined where a side has no more. */
function firstOther(left: readonly unknown[], right: readonly unknown[]): [unknown, unknown] {
  const length = Math.max(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    if (JSON.stringify(left[index]) !== JSON.stringify(right[index])) return [left[index], right[index]];
  }
  return [left, right];
}

function shown(value: unknown): string {
  return shortened(value === undefined ? "none" : JSON.stringify(value));
}

function outcomeText(outcome: Outcome): string {
  switch (outcome.kind) {
    case "value":
      return shortened(`the result ${outcome.json}`);
    case "failure":
      return shortened(`the failure ${errorText(outcome.error)}`);
    case "load-error":
      return shortened(`a file that does not load: ${errorText(outcome.error)}`);
    case "timeout":
      return "no answer at all";
    case "lost":
      return "the end of the process";
  }
}

function errorText(error: unknown): string {
  if (typeof error !== "object" || error === null || !("message" in error)) return JSON.stringify(error);
  const name = "name" in error ? String(error.name) : "Error";
  return `${name}: ${String(error.message)}`;
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/gu, " ");
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}
