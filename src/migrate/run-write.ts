import { statSync } from "node:fs";

import { fileOf } from "../disk/replace.ts";
import type { Group, GroupOutcome, TextChange } from "../disk/transaction.ts";
import { NothingWritten, replaceFiles } from "../disk/transaction.ts";
import type { Workspace } from "../disk/workspace.ts";
import { realPath, workspaceOf } from "../disk/workspace.ts";
import { explainError } from "./files.ts";
import type { Migrated, Unit } from "./run-outcome.ts";
import type { RunError } from "./run-result.ts";

/** A signal that ends a run. Not Node's own type: users of the API may have no types of Node. */
export type EndingSignal = "SIGINT" | "SIGTERM" | "SIGHUP";

/** What became of a run's changes. */
export interface Written {
  /** With an error in place of what could not be written; without what was not tried. */
  readonly units: readonly Unit[];
  /** What kept all from being written. */
  readonly errors: readonly RunError[];
  /** Whether any file was written. */
  readonly hasWritten: boolean;
  /** The signal that ended the run before all was written. */
  readonly signal: EndingSignal | undefined;
}

/** A unit whose files change, as the disk takes it. Units that share a file, by a hard link, share a group. */
interface Job {
  readonly unit: Unit;
  readonly group: Group;
}

const signals: readonly EndingSignal[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Writes all changes, those of one tree as one transaction. A signal that would end the process ends the writing: each
 * unit is whole then, and the caller has to say so and to end.
 *
 * @param around what is of use only where all units could be written
 */
export async function writeAll(units: readonly Unit[], around: readonly Unit[], cwd: string): Promise<Written> {
  let received: EndingSignal | undefined;
  const receive = (signal: EndingSignal): void => {
    received = signal;
  };
  const signal = (): EndingSignal | undefined => received;
  for (const each of signals) process.on(each, receive);
  try {
    const written = await writeTrees(units, around, cwd, () => signal() !== undefined);
    return { ...written, signal: signal() };
  } finally {
    for (const each of signals) process.off(each, receive);
  }
}

/** The files that units change: where their contents are, behind all links. */
export function targetsOf(units: readonly Unit[]): readonly string[] {
  return units.flatMap((unit) => changesOf(unit).map(({ target }) => target));
}

async function writeTrees(
  units: readonly Unit[],
  around: readonly Unit[],
  cwd: string,
  isStopped: () => boolean,
): Promise<Omit<Written, "signal">> {
  const outcomes = new Map<Unit, GroupOutcome>();
  const errors: RunError[] = [];
  for (const [workspace, jobs] of byWorkspace(units, around, cwd)) {
    try {
      const groups = [...new Set(jobs.map(({ group }) => group))];
      const ended = await replaceFiles(workspace, groups, isStopped);
      const byGroup = new Map(groups.map((group, index) => [group, ended[index]]));
      for (const { unit, group } of jobs) outcomes.set(unit, byGroup.get(group) ?? { kind: "skipped" });
    } catch (error) {
      if (!(error instanceof NothingWritten)) throw error;
      errors.push(nothingWritten(workspace, error.cause));
      for (const { unit } of jobs) outcomes.set(unit, { kind: "skipped" });
    }
  }
  const kinds = new Set([...outcomes.values()].map(({ kind }) => kind));
  const rest = kinds.has("failed") || kinds.has("skipped") ? [] : around;
  const written = [...units, ...rest].map((unit) => withOutcome(unit, outcomes.get(unit)));
  return { units: written, errors, hasWritten: kinds.has("written") };
}

function byWorkspace(units: readonly Unit[], around: readonly Unit[], cwd: string): Map<Workspace, Job[]> {
  const workspaces = new Map<string, Workspace>();
  const jobs = new Map<Workspace, Job[]>();
  for (const [index, unit] of [...units, ...around].entries()) {
    const changes = changesOf(unit);
    const [first] = changes;
    if (first === undefined) continue;
    const found = workspaceOf(first.target, cwd);
    const workspace = workspaces.get(found.root) ?? found;
    workspaces.set(workspace.root, workspace);
    const job = { unit, group: { changes, needsAll: index >= units.length } };
    jobs.set(workspace, [...(jobs.get(workspace) ?? []), job]);
  }
  return new Map([...jobs].map(([workspace, own]) => [workspace, withSharedFiles(own)]));
}

/** Units that change one file under two names change together: what one of them writes, the other finds. */
function withSharedFiles(jobs: readonly Job[]): Job[] {
  const owners = new Map<string, Job[]>();
  for (const job of jobs) {
    for (const file of new Set(job.group.changes.flatMap(({ target }) => linkedFile(target) ?? []))) {
      owners.set(file, [...(owners.get(file) ?? []), job]);
    }
  }
  const groups = new Map(jobs.map((job) => [job, job.group]));
  for (const sharing of owners.values()) {
    const shared = new Set(sharing.map((job) => groups.get(job) ?? job.group));
    if (shared.size < 2) continue;
    const group = {
      changes: [...shared].flatMap(({ changes }) => changes),
      needsAll: [...shared].every(({ needsAll }) => needsAll),
    };
    for (const [job, own] of groups) if (shared.has(own)) groups.set(job, group);
  }
  return jobs.map((job) => ({ ...job, group: groups.get(job) ?? job.group }));
}

/** Which file a name means, where the file has other names too. */
function linkedFile(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && stats.nlink > 1 ? fileOf(stats) : undefined;
}

function changesOf(unit: Unit): TextChange[] {
  return unit.flatMap(({ source, outcome }) =>
    outcome.kind === "result" && outcome.change !== undefined
      ? [{ target: realPath(source.absolute), ...outcome.change }]
      : [],
  );
}

/** What to tell when a whole tree could not be written. */
export function nothingWritten({ folder }: Workspace, cause: unknown): RunError {
  const why = explainError(cause, "write");
  const isFull = why.includes("the disk is full") || why.includes("quota");
  const subject = isFull ? "" : `${folder}, where the originals are kept, `;
  return { path: "", message: `nothing was written, because ${subject}${isFull ? why.replace(/^.*?: /u, "") : why}` };
}

function withOutcome(unit: Unit, outcome: GroupOutcome | undefined): Unit {
  if (outcome === undefined || outcome.kind === "written") return unit;
  if (outcome.kind !== "failed") return unit.map((each) => (isChanged(each) ? passedOver(each) : each));
  const culprit = unit.find(({ source }) => realPath(source.absolute) === outcome.culprit.target)?.source;
  return unit.map((each) => {
    if (!isChanged(each)) return each;
    const message =
      each.source === culprit
        ? explainError(outcome.error, "write")
        : `was not written, because ${culprit?.path ?? outcome.culprit.target} could not be; both change together`;
    return { source: each.source, outcome: { kind: "error", message } };
  });
}

function isChanged({ outcome }: Migrated): boolean {
  return outcome.kind === "result" && outcome.change !== undefined;
}

function passedOver({ source }: Migrated): Migrated {
  return { source, outcome: { kind: "passed-over" } };
}
