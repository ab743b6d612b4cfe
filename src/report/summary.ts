import type { FileResult, Remark } from "../migrate/result.ts";
import type { RunResult } from "../migrate/run-result.ts";

/** Exit codes of the command; when several apply, the highest wins. */
export const exitCodes = { done: 0, needsPerson: 1, badInput: 2, internalError: 3 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A remark that was made in one or more places, told once. */
export interface RemarkGroup {
  readonly id: string;
  readonly message: string;
  /** In the order of the files, as `path:line:column`. */
  readonly places: readonly string[];
  readonly fileCount: number;
}

/** What else the exit code has to report. */
export interface ExitDemands {
  /** A file that would change is work to do. */
  readonly check: boolean;
  /** So is what must be done outside the code. */
  readonly strict: boolean;
}

/** Whether someone must look at the file before it may be trusted on V2. */
export function needsPerson(file: FileResult): boolean {
  const { verdict, reasons, proof } = file;
  if (verdict === "failed" || openReasons(file).length > 0) return true;
  if (verdict === "refused") return reasons.length === 0;
  return proof !== undefined && proof.kind !== "same";
}

/** The reasons that nobody has accepted. */
export function openReasons({ reasons }: FileResult): readonly Remark[] {
  return reasons.filter(({ accepted }) => accepted === undefined);
}

/** Whether the migration has another text for the file than the one it read. */
export function isChanged(file: FileResult): boolean {
  return file.verdict === "migrated" || file.verdict === "mechanical";
}

/** The exit code that a run deserves. */
export function exitCodeOf(result: RunResult, { check, strict }: ExitDemands): ExitCode {
  if (result.summary.failed > 0) return exitCodes.internalError;
  if (result.errors.length > 0) return exitCodes.badInput;
  const hasWork = result.files.some(
    (file) => needsPerson(file) || (check && isChanged(file)) || (strict && file.followUps.length > 0),
  );
  const isOutdated = result.outdated !== undefined && result.outdated.length > 0;
  const hasTodos = check && result.todos !== undefined && result.todos.length > 0;
  return hasWork || isOutdated || hasTodos ? exitCodes.needsPerson : exitCodes.done;
}

/** What must be done outside the code, each once. */
export function followUpChecklist(files: readonly FileResult[]): RemarkGroup[] {
  return groupRemarks(files, (file) => file.followUps);
}

/** Two remarks with the same key tell the user the same. */
function remarkKey(remark: Pick<Remark, "id" | "message">): string {
  return `${remark.id}\n${remark.message}`;
}

/** Where a remark points, in the form that editors and terminals make a link of. */
function placeOf(path: string, remark: Remark): string {
  return `${path}:${String(remark.line)}:${String(remark.column)}`;
}

/** The remarks of some files, those that read the same in one group, in the order in which they first stand. */
export function groupRemarks(
  files: readonly FileResult[],
  select: (file: FileResult) => readonly Remark[],
): RemarkGroup[] {
  const groups = new Map<string, { id: string; message: string; places: string[]; paths: Set<string> }>();
  for (const file of files) {
    for (const remark of select(file)) {
      const { id, message } = remark;
      const group = groups.get(remarkKey(remark)) ?? { id, message, places: [], paths: new Set<string>() };
      group.places.push(placeOf(file.path, remark));
      group.paths.add(file.path);
      groups.set(remarkKey(remark), group);
    }
  }
  return [...groups.values()].map(({ paths, ...group }) => ({ ...group, fileCount: paths.size }));
}
