import type { FileResult, Remark, Verdict } from "../migrate/result.ts";
import type { RunError, RunResult } from "../migrate/run-result.ts";
import type { Colors } from "./colors.ts";
import { printable } from "./printable.ts";
import { renderProof } from "./proof.ts";
import type { RemarkGroup } from "./summary.ts";
import { followUpChecklist, needsPerson, placeOf, remarkKey, sharedDifferences } from "./summary.ts";

export interface TerminalOptions {
  readonly colors: Colors;
  /** Gives the patch of a file by its path, nothing for an unchanged one; left out when patches shall not be shown. */
  readonly patchOf?: (path: string) => string | undefined;
}

const verdicts: readonly Verdict[] = ["migrated", "mechanical", "refused", "unchanged", "failed"];
const verdictWidth = Math.max(...verdicts.map((verdict) => verdict.length));

// Enough to find the pattern of a difference; the whole list is for machines.
const placesShown = 3;
const itemsShown = 4;

const configName = "config.json";

/**
 * The result for people: one line a file with what it needs below it, then what several files have in common, and the
 * counts at the end, where a terminal stops scrolling. Files with nothing to say are only counted.
 */
export function renderTerminal(result: RunResult, options: TerminalOptions): string {
  const { colors } = options;
  const shared = sharedDifferences(result.files);
  const joined = joinedConfigs(result.files, shared);
  const files = result.files
    .filter(({ path }) => !joined.has(path))
    .flatMap((file) => renderFile(file, shared, joined, options));
  const sections = [
    files,
    renderShared(shared, colors),
    renderChecklist(followUpChecklist(result.files), colors),
    renderCounts(result, colors),
  ];
  return sections
    .filter((section) => section.length > 0)
    .map((section) => `${section.join("\n")}\n`)
    .join("\n");
}

/** The paths that could not be read or written, one line each. */
export function renderErrors(errors: readonly RunError[], colors: Colors): string {
  const lines = errors.map(({ path, message }) => `faas-migrate: ${subject(path)}${message}`);
  return lines.map((line) => `${colors.red(printable(line))}\n`).join("");
}

function subject(path: string): string {
  return path === "" ? "" : `${path} `;
}

/** The config.json files that are told in the line of their function: changed like it, with nothing to say. */
function joinedConfigs(files: readonly FileResult[], shared: readonly RemarkGroup[]): ReadonlySet<string> {
  const verdictOf = new Map(files.map(({ path, verdict }) => [path, verdict]));
  const isJoined = (file: FileResult): boolean =>
    isConfig(file.path) &&
    file.verdict === "migrated" &&
    file.reasons.length + ownDifferences(file, shared).length === 0 &&
    ["migrated", "mechanical"].includes(verdictOf.get(besideOf(file.path, "index.js")) ?? "");
  return new Set(files.filter(isJoined).map(({ path }) => path));
}

function isConfig(path: string): boolean {
  return path === configName || path.endsWith(`/${configName}`);
}

/** The path of another file in the same folder. */
function besideOf(path: string, name: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1) + name;
}

function ownDifferences(file: FileResult, shared: readonly RemarkGroup[]): Remark[] {
  const sharedKeys = new Set(shared.map(remarkKey));
  return file.differences.filter((difference) => !sharedKeys.has(remarkKey(difference)));
}

function renderFile(
  file: FileResult,
  shared: readonly RemarkGroup[],
  joined: ReadonlySet<string>,
  options: TerminalOptions,
): string[] {
  const { colors, patchOf } = options;
  const proof = file.proof === undefined ? [] : renderProof(file.proof, colors).map((line) => `  ${line}`);
  const remarks = [
    ...file.reasons.map((reason) => renderRemark(file, reason, colors.yellow, colors)),
    ...ownDifferences(file, shared).map((difference) => renderRemark(file, difference, colors.cyan, colors)),
  ];
  if (file.verdict === "unchanged" && remarks.length === 0) return [];
  const config = besideOf(file.path, configName);
  const hasConfig = joined.has(config) && file.path === besideOf(file.path, "index.js");
  const paths = hasConfig ? [file.path, config] : [file.path];
  const patches = paths.flatMap((path) => patchOf?.(path)?.replace(/\n$/u, "") ?? []);
  const line = `${verdictLabel(file.verdict, colors)}  ${printable(file.path)}${hasConfig ? `, ${configName}` : ""}`;
  return [line, ...proof, ...remarks, ...patches];
}

function renderRemark(file: FileResult, remark: Remark, mark: (text: string) => string, colors: Colors): string {
  const place = colors.dim(printable(placeOf(file.path, remark)));
  return `  ${place}  ${mark(remark.id)}  ${printable(remark.message)}`;
}

function verdictLabel(verdict: Verdict, colors: Colors): string {
  const paint = {
    migrated: colors.green,
    mechanical: colors.yellow,
    refused: colors.red,
    unchanged: colors.dim,
    failed: colors.red,
  };
  return paint[verdict](verdict.padEnd(verdictWidth));
}

function renderShared(groups: readonly RemarkGroup[], colors: Colors): string[] {
  if (groups.length === 0) return [];
  const lines = groups.flatMap((group) => {
    const count = `${plural(group.places.length, "place")} in ${plural(group.fileCount, "file")}`;
    const more = group.places.length - placesShown;
    const rest = more > 0 ? `, and ${String(more)} more (all with --json)` : "";
    return [
      `  ${colors.cyan(group.id)}  ${printable(group.message)}  ${colors.dim(`(${count})`)}`,
      `    ${colors.dim(printable(group.places.slice(0, placesShown).join(", ")) + rest)}`,
    ];
  });
  return [colors.bold("Intended differences from V1 in several files"), ...lines];
}

function renderChecklist(groups: readonly RemarkGroup[], colors: Colors): string[] {
  if (groups.length === 0) return [];
  const ids = [...new Set(groups.map(({ id }) => id))];
  const lines = ids.flatMap((id) => renderItems(id, groups, colors));
  return [colors.bold("To do outside the code"), ...lines];
}

/** What is to be done of one kind; of many only the first few, so that every kind is seen. */
function renderItems(id: string, groups: readonly RemarkGroup[], colors: Colors): string[] {
  const items = groups.filter((group) => group.id === id);
  const lines = items.slice(0, itemsShown).map(({ message, places, fileCount }) => {
    const where = places.length === 1 ? places.join("") : plural(fileCount, "file");
    return `  [ ] ${printable(message)}  ${colors.dim(`${id} (${printable(where)})`)}`;
  });
  const more = items.length - itemsShown;
  return more > 0 ? [...lines, `  [ ] … ${colors.dim(`${String(more)} more ${id} (all with --json)`)}`] : lines;
}

function renderCounts(result: RunResult, colors: Colors): string[] {
  const { files, errors, summary, dryRun } = result;
  if (files.length === 0) return errors.length === 0 ? ["Nothing to migrate: no V1 function was found."] : [];
  const counts = verdicts
    .filter((verdict) => summary[verdict] > 0)
    .map((verdict) => `${String(summary[verdict])} ${verdict}`);
  const waiting = files.filter(needsPerson).length;
  return [
    colors.bold(`${plural(files.length, "file")}: ${counts.join(", ")}`),
    ...(waiting > 0 ? [`${plural(waiting, "file")} to look at; the reasons stand above.`] : []),
    ...(errors.length > 0 ? [`${plural(errors.length, "path")} could not be read or written; see the errors.`] : []),
    ...(dryRun ? ["Nothing was written."] : []),
  ];
}

function plural(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? "" : "s"}`;
}
