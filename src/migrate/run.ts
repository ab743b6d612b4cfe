import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import { configName } from "../platform/function-files.ts";
import { packageVersion } from "../platform/this-package.ts";
import { judgeAccepted } from "./accepted.ts";
import { configTransform } from "./config-report.ts";
import type { SourceFile } from "./discover.ts";
import { discover } from "./discover.ts";
import { lonelyNotices } from "./lonely-config.ts";
import type { MigrateOptions, Style } from "./migrate-source.ts";
import type { ProjectRules } from "./project-rules.ts";
import type { FileResult } from "./result.ts";
import type { CachePlace } from "./result-cache.ts";
import { cachePlace } from "./result-cache.ts";
import type { JobsOptions } from "./run-jobs.ts";
import { migrateJobs } from "./run-jobs.ts";
import { migrateProjects } from "./run-project.ts";
import { repeatedHelpers } from "./repeated-helpers.ts";
import type { MigrateSource, Migrated, Unit } from "./run-outcome.ts";
import type { Change, RunError, RunResult, Shard } from "./run-result.ts";
import { byPath, summarize } from "./run-result.ts";
import type { Job } from "./worker.ts";
import { enter, look, unsafe } from "./run-session.ts";
import { filesOfShard } from "./shard.ts";
import type { EndingSignal, Written } from "./run-write.ts";
import { targetsOf, writeAll } from "./run-write.ts";

/** How to migrate files; all of it may be left out. */
export interface MigrateFilesOptions extends Partial<MigrateOptions> {
  /** Where relative paths start and what shown paths are relative to; the process' working directory by default. */
  readonly cwd?: string;
  /** Write nothing, say what would be done. */
  readonly dryRun?: boolean;
  /** Write files too that git could not bring back: with changes that are not committed, or in no repository. */
  readonly allowDirty?: boolean;
  /** Write a comment above each place that needs a person, and take away those that are solved. */
  readonly insertTodos?: boolean;
  /** Take only one of several parts of the functions. */
  readonly shard?: Shard;
  /** Worker threads; 1 for none. By default none below some 250 files, and then no more than there are processors. */
  readonly concurrency?: number;
  /**
   * Keep what becomes of each text in `.faas-migrate/cache`, and migrate none again that is there; false by default. Only
   * the compiled package does it.
   */
  readonly cache?: boolean;
}

/** Is told how far a run is: `done` of `total` functions in this phase of it. */
export type OnProgress = (phase: "migrating" | "proving", done: number, total: number) => void;

/** Parts of a run that its caller brings along. */
export interface Seams {
  readonly migrateSource?: MigrateSource;
  /** Where results are kept, in place of what this package has. */
  readonly cache?: CachePlace;
  /** Runs what is about to be written, and keeps back what does something else. */
  readonly prove?: (units: readonly Unit[], onProgress?: OnProgress) => Promise<Unit[]>;
  readonly onProgress?: OnProgress;
  /** Decides what of it is written; asked only where writing is allowed. */
  readonly choose?: (units: readonly Unit[]) => Promise<readonly Unit[]>;
  /** Is told that the run begins to write, which it hears signals for. */
  readonly onWriting?: () => void;
  /** What the project says of single files. */
  readonly project?: ProjectRules;
  /** Ids of reasons that this run can't find, as it was not asked for them. */
  readonly unseenReasons?: ReadonlySet<string>;
  /** Look for such comments in all files. */
  readonly findTodos?: boolean;
}

/** A run with the texts that its result leaves out. */
export interface Run {
  readonly result: RunResult;
  /** By path as shown; only the files that were written, or would be in a dry run. */
  readonly changes: ReadonlyMap<string, Change>;
  /** What the user has to know of runs before this one, as sentences. */
  readonly notices: readonly string[];
  /** The signal that ended the run before all was written: the caller has to end as it asks for. */
  readonly signal: EndingSignal | undefined;
}

/**
 * Migrates files, folders and globs in place, as one transaction. Prints nothing and never ends the process. Files that
 * git could not bring back are written only with `allowDirty`; what was written can be restored by `faas-migrate undo`.
 * What cannot be read or written stands in the result's `errors` and does not keep the others from being migrated; where
 * a given path does not exist, nothing is written.
 *
 * @throws RangeError when `transforms` names an unknown one or `concurrency` is no whole number above 0
 */
export async function migrateFiles(paths: readonly string[], options: MigrateFilesOptions = {}): Promise<RunResult> {
  return (await runMigration(paths, options)).result;
}

/** `migrateFiles` with the changed texts, for those who show them. */
export async function runMigration(
  paths: readonly string[],
  options: MigrateFilesOptions,
  seams: Seams = {},
): Promise<Run> {
  const problem = (await unknownTransforms(options.transforms ?? [])) ?? badConcurrency(options.concurrency);
  if (problem !== undefined) throw new RangeError(problem);

  const cwd = resolve(options.cwd ?? process.cwd());
  const { style = "faithful", dryRun = false, transforms, packages, ownAccounts, bundleLocal, concurrency } = options;
  const { allowDirty = false, insertTodos: insertsTodos = false } = options;
  const cache = options.cache === true ? (seams.cache ?? cachePlace(cwd)) : undefined;
  const migrateOptions: MigrateOptions = {
    style,
    ...(transforms === undefined ? {} : { transforms }),
    ...(packages === undefined ? {} : { packages }),
    ...(ownAccounts === undefined ? {} : { ownAccounts }),
    ...(bundleLocal === undefined ? {} : { bundleLocal }),
  };
  const { errors, badPaths, ignored, lonelyConfigs, ...found } = await discover(paths, cwd, {
    isIgnored: seams.project?.isIgnored,
  });
  const files = options.shard === undefined ? found.files : filesOfShard(found.files, options.shard);
  const absolute = files.map((file) => file.absolute);
  // A path that is not there may stand for another one: then no guess is made of what was meant.
  const isDry = dryRun || badPaths > 0;
  const session = isDry ? undefined : await enter(absolute, cwd);
  try {
    const before = session?.notices ?? look(absolute, cwd);
    const notices = [...ignoredNotices(ignored, seams), ...lonelyNotices(lonelyConfigs), ...before];
    const { shard } = options;
    const stopped = { style, dryRun: true, shard, notices, signal: undefined };
    if (session?.problem !== undefined) return collect([], [...errors, session.problem], stopped);
    const looked = await migrateAll(files, migrateOptions, { concurrency, cache }, seams);
    // What a part of the functions holds says little of all.
    const repeated = shard === undefined ? repeatedHelpers(looked) : [];
    const migrated = withoutInlined(looked);
    const proved = (await seams.prove?.(migrated, seams.onProgress)) ?? migrated;
    const isAllowed = async (some: readonly Unit[]): Promise<boolean> =>
      !isDry && (allowDirty || (await unsafe(targetsOf(some), cwd)) === undefined);
    // Nobody should answer questions in vain.
    const units = seams.choose !== undefined && (await isAllowed(proved)) ? await seams.choose(proved) : proved;
    const beside = (await migrateProjects(units, cwd, migrateOptions)).filter((unit) => !isLeftOut(unit, seams));
    const judged = judge([...units, ...beside], absolute, options, seams);
    const { outdated } = judged;
    const all = insertsTodos ? await commented(judged.units, migrateOptions, seams) : judged.units;
    const [functions, around] = [all.slice(0, units.length), all.slice(units.length)];
    const todos = seams.findTodos === true ? (await import("./run-todos.ts")).standingTodos(files) : undefined;
    const told = { outdated, todos, repeated };
    // Only now: whatever goes wrong while migrating goes wrong before the first file is touched.
    const problem = isDry || allowDirty ? undefined : await unsafe(targetsOf(all), cwd);
    if (isDry || problem !== undefined) return collect(all, [...errors, problem ?? []].flat(), { ...stopped, ...told });
    seams.onWriting?.();
    const written = await writeAll(functions, around, cwd);
    if (!written.hasWritten && written.errors.length > 0) {
      return collect(all, [...errors, ...written.errors], { ...stopped, ...told });
    }
    const problems = [...errors, ...written.errors, ...interruption(functions, written)];
    return collect(written.units, problems, { style, dryRun: false, shard, ...told, notices, signal: written.signal });
  } finally {
    session?.leave();
  }
}

/** Files whose code functions have taken over stay as they are: nothing has to be done about them. */
function withoutInlined(units: readonly Unit[]): Unit[] {
  const results = units.flat().flatMap(({ outcome }) => (outcome.kind === "result" ? [outcome.file] : []));
  const inlined = new Set(results.flatMap((file) => file.inlined ?? []));
  return units.map((unit) =>
    unit.map((each) => {
      const { source, outcome } = each;
      const isStaying = outcome.kind === "result" && inlined.has(source.path) && outcome.change === undefined;
      if (!isStaying) return each;
      const file: FileResult = { ...outcome.file, verdict: "unchanged", reasons: [] };
      return { source, outcome: { kind: "result", file } };
    }),
  );
}

/** Writes comments where a person is needed. */
async function commented(units: readonly Unit[], options: MigrateOptions, seams: Seams): Promise<readonly Unit[]> {
  const migrate = seams.migrateSource ?? (await import("./migrate-source.ts")).migrateSource;
  const { essenceOf, insertTodos } = await import("./run-todos.ts");
  return insertTodos(units, ({ path, absolute }, before, after) => {
    const own = { ...options, ...seams.project?.choicesFor?.(absolute) };
    return essenceOf(migrate(path, before, own)) === essenceOf(migrate(path, after, own));
  });
}

/** Holds what was found against the reasons that the project accepts. */
function judge(
  units: readonly Unit[],
  files: readonly string[],
  { transforms }: MigrateFilesOptions,
  { project, unseenReasons = new Set() }: Seams,
): { readonly units: readonly Unit[]; readonly outdated: readonly RunError[] | undefined } {
  const accepted = project?.accepted ?? [];
  if (accepted.length === 0) return { units, outdated: undefined };
  const known = new Set([
    ...files.flatMap((file) => [file, join(dirname(file), configName)]),
    ...units.flat().map(({ source }) => source.absolute),
  ]);
  // Single transforms find a part of what there is to say.
  const isLookedAt = (path: string): boolean => transforms === undefined && (known.has(path) || !existsSync(path));
  return judgeAccepted(units, { accepted, isLookedAt, unseen: unseenReasons });
}

/** Whether the project leaves one of the files out. */
function isLeftOut(unit: Unit, { project }: Seams): boolean {
  return unit.some(({ source }) => project?.isIgnored?.(source.absolute, "file") === true);
}

function ignoredNotices(paths: readonly string[], { project }: Seams): string[] {
  const [shown, more] = [paths.slice(0, noticesShown), paths.length - noticesShown];
  const key = `the key "ignore" of ${project?.source ?? ""} names`;
  const notices = shown.map((path) => `${path} is left out: ${key} it`);
  return more > 0 ? [...notices, `${String(more)} more are left out: ${key} them`] : notices;
}

const noticesShown = 3;

/** What to tell the user of a run that was ended by a signal. */
function interruption(units: readonly Unit[], written: Written): RunError[] {
  if (written.signal === undefined) return [];
  const count = (some: readonly Unit[]): number => some.filter((unit) => targetsOf([unit]).length > 0).length;
  const [done, all] = [count(written.units), count(units)];
  const ways = done === 0 ? "run again" : "run again for the others, or undo those with faas-migrate undo";
  const message = `the run was interrupted after ${String(done)} of ${String(all)} functions were written; ${ways}`;
  return [{ path: "", message }];
}

/** What to tell the user when some of the ids name no transform. */
export async function unknownTransforms(ids: readonly string[]): Promise<string | undefined> {
  // The steps bring the whole migration with them; with threads, this one needs it for nothing else.
  if (ids.length === 0) return undefined;
  const { steps } = await import("./steps.ts");
  const known = [...steps, configTransform].map(({ id }) => id);
  const unknown = ids.filter((id) => !known.includes(id));
  if (unknown.length === 0) return undefined;
  return `unknown transform ${unknown.map((id) => `"${id}"`).join(", ")}; known are ${known.join(", ")}`;
}

function badConcurrency(threads: number | undefined): string | undefined {
  if (threads === undefined || (Number.isSafeInteger(threads) && threads > 0)) return undefined;
  return `concurrency must be a whole number above 0, not ${String(threads)}`;
}

async function migrateAll(
  files: readonly SourceFile[],
  options: MigrateOptions,
  how: Pick<JobsOptions, "concurrency" | "cache">,
  seams: Seams,
): Promise<Unit[]> {
  const optionsOf = ({ absolute }: SourceFile): MigrateOptions => ({
    ...options,
    ...seams.project?.choicesFor?.(absolute),
  });
  const jobs = files.map((file): Job => ({ file, options: optionsOf(file) }));
  let done = 0;
  const onDone = (): void => {
    done += 1;
    seams.onProgress?.("migrating", done, jobs.length);
  };
  const units = await migrateJobs(jobs, { ...how, migrateSource: seams.migrateSource, onDone });
  return units.map((unit, index) => {
    const style = jobs[index]?.options.style ?? options.style;
    return style === options.style ? unit : unit.map((each) => withStyle(each, style));
  });
}

/** A file whose style is not that of the run says so. */
function withStyle({ source, outcome }: Migrated, style: Style): Migrated {
  return { source, outcome: outcome.kind === "result" ? { ...outcome, file: { ...outcome.file, style } } : outcome };
}

function collect(
  units: readonly Unit[],
  discoveryErrors: readonly RunError[],
  how: Pick<RunResult, "style" | "dryRun"> &
    Partial<Pick<RunResult, "shard" | "outdated" | "todos" | "repeated">> &
    Pick<Run, "notices" | "signal">,
): Run {
  const files = new Map<string, FileResult>();
  const errors = [...discoveryErrors];
  const changes = new Map<string, Change>();
  for (const { source, outcome } of units.flat()) {
    if (outcome.kind === "error") errors.push({ path: source.path, message: outcome.message });
    if (outcome.kind !== "result") continue;
    files.set(source.path, merged(files.get(source.path), outcome.file));
    if (outcome.change !== undefined) changes.set(source.path, outcome.change);
  }
  const sorted = [...files.values()].sort(byPath);
  const { style, dryRun, shard, outdated, todos, repeated = [], notices, signal } = how;
  const told = { errors: errors.sort(byPath), ...(outdated && { outdated }), ...(todos && { todos }) };
  const rest = { files: sorted, ...told, ...(repeated.length > 0 && { repeated }), summary: summarize(sorted) };
  const head = { version: packageVersion(), style, dryRun, ...(shard && { shard }) };
  return { result: { ...head, ...rest }, changes, notices, signal };
}

/** A file can be looked at on its own, and for what it does to others. */
function merged(file: FileResult | undefined, other: FileResult): FileResult {
  return file === undefined ? other : { ...file, followUps: [...file.followUps, ...other.followUps] };
}
