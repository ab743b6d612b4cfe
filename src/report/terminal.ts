import stringWidth from "string-width";

import type { RunError, RunResult, StandingTodo } from "../migrate/run-result.ts";
import type { Colors } from "./colors.ts";
import type { RunView } from "./functions.ts";
import { viewOf } from "./functions.ts";
import { layOut, wrap } from "./layout.ts";
import { printable } from "../platform/printable.ts";
import { repeatedLines, repeatedSection } from "./repeated.ts";
import type { SectionStyle } from "./sections.ts";
import {
  acceptedSection,
  changesSection,
  deploySection,
  doneSection,
  needsSection,
  outdatedSection,
  todoSection,
  unchangedSection,
} from "./sections.ts";
import { followUpChecklist, isChanged, needsPerson, openReasons } from "./summary.ts";
import type { RemarkGroup } from "./summary.ts";
import { plural, wordsOf } from "./words.ts";

export interface TerminalOptions {
  readonly colors: Colors;
  /** Columns of the terminal; undefined where the output goes elsewhere. */
  readonly columns?: number | undefined;
  /** Lines that it takes at most; 40 when left out. */
  readonly lines?: number;
  /** Tells everything, in as many lines as it takes. */
  readonly isVerbose?: boolean;
  /** Whether only some of the transforms ran. */
  readonly isPart?: boolean;
  readonly seconds?: number;
  /** A file in which everything can be read. */
  readonly report?: string;
  /** The command that does what a dry run says. */
  readonly command?: string;
  /** Whether git can show what was changed; true when left out. */
  readonly isInGit?: boolean;
  /** Gives the patch of a file by its path, nothing for an unchanged one; left out when no patches are shown. */
  readonly patchOf?: (path: string) => string | undefined;
}

/** What fits on a screen that is not small, whatever the number of functions. */
const MAX_LINES = 40;
/** Below that, a terminal breaks the lines itself. */
const MIN_COLUMNS = 40;
/** Longer lines are hard to read. */
const MAX_COLUMNS = 120;

/**
 * The result for people: what needs them first, then what was done, what their callers may notice, what must be done
 * before a deployment, and the counts at the end, where a terminal stops scrolling.
 */
export function renderTerminal(result: RunResult, options: TerminalOptions): string {
  const { colors, isVerbose = false, columns } = options;
  const view = viewOf(result.files);
  const checklist = followUpChecklist(result.files);
  const style: SectionStyle = {
    colors,
    words: wordsOf(result.dryRun, options.isPart === true),
    width: widthOf(columns),
    isVerbose,
    inFull: `in full: ${options.report ?? "--verbose"}`,
  };
  const { repeated = [] } = result;
  const end = [
    ...counts(result, view, checklist, style, options),
    ...(isVerbose ? [] : repeatedLines(repeated, style)),
    ...nextSteps(result, options, style),
  ];
  const sections = [
    needsSection(view, style),
    outdatedSection(result.outdated ?? [], style),
    todoSection(unsaid(result), style),
    doneSection(view, style),
    unchangedSection(view, style),
    acceptedSection(view, style),
    changesSection(view, style),
    deploySection(checklist, style),
    ...(isVerbose ? [repeatedSection(repeated, style)] : []),
  ];
  const room = isVerbose ? Infinity : (options.lines ?? MAX_LINES) - end.length;
  const lines = layOut(sections, { lines: room, columns: style.width });
  return [...patches(result, options), ...lines, ...end].map((line) => `${line}\n`).join("");
}

/** Columns of a line on a terminal of so many. */
export function widthOf(columns = 100): number {
  return Math.min(Math.max(columns, MIN_COLUMNS), MAX_COLUMNS);
}

/** The paths that could not be read or written, one line each. */
export function renderErrors(errors: readonly RunError[], colors: Colors): string {
  const lines = errors.map(({ path, message }) => `faas-migrate: ${path === "" ? "" : `${path} `}${message}`);
  return lines.map((line) => `${colors.red(printable(line))}\n`).join("");
}

/** Comments in files whose reasons are not told anyway. */
function unsaid({ files, todos = [] }: RunResult): readonly StandingTodo[] {
  const told = new Set(files.filter(needsPerson).map(({ path }) => path));
  return todos.filter(({ path }) => !told.has(path));
}

function patches({ files }: RunResult, { patchOf }: TerminalOptions): string[] {
  const shown = files.flatMap(({ path }) => patchOf?.(path)?.replace(/\n$/u, "") ?? []);
  return shown.length === 0 ? [] : [...shown, ""];
}

function counts(
  { files, errors, outdated = [], todos = [] }: RunResult,
  { functions, others }: RunView,
  checklist: readonly RemarkGroup[],
  { colors, words, width }: SectionStyle,
  { seconds }: TerminalOptions,
): string[] {
  if (files.length === 0) {
    return errors.length === 0 ? wrap("Nothing to migrate: no V1 function was found.", width) : [];
  }
  const without = functions.filter((each) => !each.needsPerson);
  const of = (verdict: string): number => without.filter((each) => each.verdict === verdict).length;
  const parts: [number, string][] = [
    [of("migrated"), words.verdicts.migrated],
    [of("mechanical"), words.verdicts.mechanical],
    [of("unchanged"), "unchanged"],
    [of("refused"), "accepted"],
    [functions.length - without.length, functions.length - without.length === 1 ? "needs you" : "need you"],
  ];
  const told = parts.filter(([count]) => count > 0).map(([count, word]) => `${String(count)} ${word}`);
  const more = [
    ...(outdated.length > 0 ? [`${plural(outdated.length, "accepted reason")} to update`] : []),
    ...(todos.length > 0 ? [plural(todos.length, "TODO comment")] : []),
    ...(checklist.length > 0 ? [`${plural(checklist.length, "thing")} to do before you deploy`] : []),
    ...aroundParts(others, words.done),
  ];
  const time = seconds === undefined ? "" : colors.dim(`   (${seconds.toFixed(1)} s)`);
  const line = `${plural(functions.length, "function")}: ${[told.join(", "), ...more].join("; ")}`;
  // Without a path, it is an error of the run as a whole.
  const lost = errors.filter(({ path }) => path !== "").length;
  const unread = lost > 0 ? [`${plural(lost, "path")} could not be read or written; see the errors.`] : [];
  return [colors.bold(line) + time, ...unread].flatMap((each) => wrap(each, width, 2));
}

function aroundParts(others: RunView["others"], done: string): string[] {
  const changed = others.filter(isChanged).map(({ path }) => printable(path));
  const waiting = others.filter(needsPerson).length;
  return [
    ...(changed.length > 0 ? [`${changed.join(", ")} ${done}`] : []),
    ...(waiting > 0 ? [`${plural(waiting, "file")} beside them to look at`] : []),
  ];
}

function nextSteps(
  { files, errors, dryRun }: RunResult,
  { command, isInGit = true }: TerminalOptions,
  { colors, width }: SectionStyle,
): string[] {
  if (files.length === 0) return [];
  const inOneLine = (parts: readonly string[], gap: string): readonly string[] => {
    const line = parts.join(gap);
    // A command that is broken can't be copied, so each gets a line of its own where one does not hold both.
    return stringWidth(line) <= width ? [line].filter(Boolean) : parts;
  };
  const hasChanges = files.some(isChanged);
  const [why] = files.flatMap((file) => openReasons(file).map(({ id }) => id));
  const explain = why === undefined ? [] : [`Why: ${colors.cyan(`npx faas-migrate explain ${why}`)}`];
  if (!dryRun) {
    const look = isInGit ? "git diff" : "npx faas-migrate report migration.html";
    const next = [...(hasChanges ? [`Next: ${colors.cyan(look)}`] : []), ...explain];
    return [...inOneLine(next, "        ")];
  }
  // Where a path is wrong, the same command would write nothing again.
  const isUseful = hasChanges && errors.length === 0 && command !== undefined;
  const next = isUseful ? [`Next: ${colors.cyan(printable(command))}`] : [];
  return [...inOneLine(["Nothing was written.", ...next], " "), ...explain];
}
