import stringWidth from "string-width";

import type { FileResult, Remark } from "../migrate/result.ts";
import type { RunError, StandingTodo } from "../migrate/run-result.ts";
import type { Colors } from "./colors.ts";
import type { FunctionView, RunView } from "./functions.ts";
import { viewOfOther } from "./functions.ts";
import type { Item, Section } from "./layout.ts";
import { cut, pad, wrap } from "./layout.ts";
import { printable } from "../platform/printable.ts";
import { renderProof } from "./proof.ts";
import { groupRemarks, needsPerson, openReasons } from "./summary.ts";
import type { RemarkGroup } from "./summary.ts";
import type { Words } from "./words.ts";
import { plural } from "./words.ts";

/** How the sections are printed. */
export interface SectionStyle {
  readonly colors: Colors;
  readonly words: Words;
  /** Columns of a line. */
  readonly width: number;
  /** Whether each function and each place is told. */
  readonly isVerbose: boolean;
  /** Where everything can be read that finds no room. */
  readonly inFull: string;
}

/** What a person has to look at, by function. */
export function needsSection(view: RunView, style: SectionStyle): Section {
  const { colors } = style;
  const waiting = [...view.functions.filter((each) => each.needsPerson), ...othersInNeed(view)];
  return {
    heading: colors.bold(colors.yellow(`NEEDS YOU (${String(waiting.length)})`)),
    items: waiting.toSorted(byUrgency).map((each) => needOf(each, style)),
    rest: (left) => `  … and ${plural(left.length, "more function")}   ${colors.dim(style.inFull)}`,
  };
}

/** What stays as it is comes before what was written. */
function byUrgency(left: FunctionView, right: FunctionView): number {
  const stays = ({ verdict }: FunctionView): number => Number(verdict === "failed" || verdict === "refused");
  return stays(right) - stays(left);
}

function othersInNeed({ others }: RunView): FunctionView[] {
  return others.filter((file) => needsPerson(file)).map((file) => viewOfOther(file));
}

function needOf(view: FunctionView, style: SectionStyle): Item {
  const { colors, words, width } = style;
  const head = `  ${printable(view.path)}   ${colors.dim(words.verdicts[view.verdict])}`;
  const remarks = view.files.flatMap((file) => remarksOf(file, view));
  const proofs = view.files
    .flatMap(({ proof }) => (proof === undefined || proof.kind === "same" ? [] : renderProof(proof, colors)))
    .map((line) => `    ${line}`);
  const placeWidth = Math.max(0, ...remarks.map(({ place }) => place.length));
  const lines = remarks.map(({ place, message, id }) => ({
    start: `    ${colors.dim(pad(printable(place), placeWidth))}  `,
    text: printable(message),
    end: colors.cyan(id),
    indent: 6 + placeWidth,
  }));
  const others = remarks.length > 1 ? `   (+${String(remarks.length - 1)})` : "";
  const [first] = remarks.map(({ at, message, id }) => {
    const start = `  ${printable(at)}   `;
    return `${start}${shortened(message, width - stringWidth(start + id + others) - 3)}${colors.cyan(id)}${colors.dim(others)}`;
  });
  return {
    ...(first !== undefined && { line: [first] }),
    full: [
      head,
      ...proofs,
      ...lines.flatMap((each) => wrap(`${each.start}${each.text}   ${each.end}`, width, each.indent)),
    ],
    brief: [
      head,
      ...proofs.slice(0, 1),
      ...lines.slice(0, 1).map((each) => {
        const text = shortened(each.text, width - each.indent - 3 - stringWidth(each.end) - others.length);
        return `${each.start}${text}${each.end}${colors.dim(others)}`;
      }),
    ],
  };
}

/** The beginning of a sentence with a gap behind it; nothing where there is no room for one. */
function shortened(sentence: string, room: number): string {
  return room < ROOM ? "" : `${cut(printable(sentence), room)}   `;
}

/** The reasons of one file of a function; places that are told the same share a line. */
function remarksOf(file: FileResult, view: FunctionView): { at: string; place: string; message: string; id: string }[] {
  const isOther = file.path !== view.path;
  const isCause = (remark: Remark): boolean => remark.id !== "config-refused" || view.files.length === 1;
  return groupRemarks([file], (each) => openReasons(each).filter(isCause)).map(({ places, message, id }) => {
    const shown = places.slice(0, PLACES).map((place) => place.slice(file.path.length + 1));
    const more = places.length > PLACES ? ` +${String(places.length - PLACES)}` : "";
    const name = file.path.slice(file.path.lastIndexOf("/") + 1);
    return { at: places[0] ?? file.path, place: `${isOther ? `${name}:` : ""}${shown.join(", ")}${more}`, message, id };
  });
}

/** Columns below which the beginning of a sentence says nothing. */
const ROOM = 16;

/** Enough to find the pattern. */
const PLACES = 3;

/** Reasons that are accepted, with why. */
export function acceptedSection(view: RunView, style: SectionStyle): Section {
  const { colors, width, inFull } = style;
  const accepted = view.functions.filter(({ isAccepted }) => isAccepted);
  return {
    heading: colors.bold(`ACCEPTED (${String(accepted.length)})`),
    items: accepted.map(({ path, files }) => {
      const reasons = files.flatMap((file) => file.reasons).filter(({ id }) => id !== "config-refused");
      const ids = [...new Set(reasons.map(({ id }) => id))].join(", ");
      const start = `  ${printable(path)}   ${colors.cyan(ids)}   `;
      const why = printable([...new Set(reasons.map((each) => each.accepted ?? ""))].join("; "));
      return { full: wrap(start + why, width, 6), brief: [start + cut(why, width - stringWidth(start))] };
    }),
    rest: (left) => `  … and ${plural(left.length, "more function")}   ${colors.dim(inFull)}`,
  };
}

/** Entries of the configuration that are not true any more. */
export function outdatedSection(outdated: readonly RunError[], style: SectionStyle): Section {
  const { colors, width, inFull } = style;
  return {
    heading: colors.bold(colors.yellow(`ACCEPTED, BUT NOT FOUND (${String(outdated.length)})`)),
    items: outdated.map(({ path, message }) => {
      const text = `${printable(path)}   ${printable(message)}`;
      return { full: wrap(`  ${text}`, width, 6), brief: [`  ${cut(text, width - 2)}`] };
    }),
    rest: (left) => `  … and ${plural(left.length, "more accepted reason")}   ${colors.dim(inFull)}`,
  };
}

/** Comments of `--insert-todos` that stand in functions of which nothing else is said. */
export function todoSection(todos: readonly StandingTodo[], style: SectionStyle): Section {
  const { colors, width, inFull } = style;
  return {
    heading: colors.bold(colors.yellow(`TODO COMMENTS (${String(todos.length)})`)),
    items: todos.map(({ path, line, id, message }) => {
      const start = `  ${printable(`${path}:${String(line)}`)}   `;
      const room = width - stringWidth(start) - id.length - 3;
      return {
        full: wrap(`${start}${printable(message)}   ${colors.cyan(id)}`, width, 6),
        brief: [`${start}${cut(printable(message), room)}   ${colors.cyan(id)}`],
      };
    }),
    rest: (left) => `  … and ${plural(left.length, "more TODO comment")}   ${colors.dim(inFull)}`,
  };
}

/** Functions that were migrated and need nobody; by name, or with their proof where there is room. */
export function doneSection(view: RunView, style: SectionStyle): Section {
  const { colors, words, isVerbose } = style;
  const isDone = ({ verdict }: FunctionView): boolean => verdict === "migrated" || verdict === "mechanical";
  const done = view.functions.filter((each) => !each.needsPerson && isDone(each));
  const hint = isVerbose || done.length === 0 ? "" : colors.dim("   --verbose lists them");
  const heading = withHint(
    colors.bold(colors.green(`${words.done.toUpperCase()} (${String(done.length)})`)),
    hint,
    style,
  );
  const isProved = done.some(({ files }) => files.some(({ proof }) => proof !== undefined));
  const items =
    isVerbose || isProved ? done.map((each) => doneItem(each, style)) : [namesOf(done, style)].filter(hasLines);
  return { heading, items, rest: (left) => namesLeft(left.length, style) };
}

function doneItem(view: FunctionView, style: SectionStyle): Item {
  const { colors, words, isVerbose, width } = style;
  const [first, ...silent] = view.files.flatMap(({ proof }) => (proof === undefined ? [] : renderProof(proof, colors)));
  const beside = view.files.slice(1).map(({ path }) => `, ${path.slice(path.lastIndexOf("/") + 1)}`);
  const name = printable((isVerbose ? view.path : view.name) + (isVerbose ? beside.join("") : ""));
  const mark = view.verdict === "mechanical" ? `   ${colors.yellow(words.verdicts.mechanical)}` : "";
  const line = `  ${name}${mark}${first === undefined ? "" : `   ${first}`}`;
  const differences = isVerbose
    ? groupRemarks(view.files, (file) => file.differences).flatMap(({ id, message, places }) => {
        const at = places.map((place) => place.slice(place.lastIndexOf("/") + 1).replace(/^index\.[cm]?[jt]s:/u, ""));
        return wrap(
          `    ${colors.dim(printable(at.join(", ")))}  ${printable(message)}   ${colors.cyan(id)}`,
          width,
          6,
        );
      })
    : [];
  return {
    full: [...wrap(line, width, 4), ...silent.map((each) => `    ${each}`), ...differences],
    brief: [cut(line, width)],
  };
}

/** Functions in which there was nothing to migrate, those of V2 above all. */
export function unchangedSection(view: RunView, style: SectionStyle): Section {
  const { colors } = style;
  const unchanged = view.functions.filter((each) => !each.needsPerson && each.verdict === "unchanged");
  return {
    heading: colors.bold(`UNCHANGED (${String(unchanged.length)})`) + colors.dim("   nothing to migrate"),
    items: [namesOf(unchanged, style)].filter(hasLines),
    rest: (left) => namesLeft(left.length, style),
  };
}

function hasLines({ full }: Item): boolean {
  return full.length > 0;
}

/** The names of functions, in lines; in brief as many as find room in one. */
function namesOf(views: readonly FunctionView[], { colors, words, width }: SectionStyle): Item {
  const names = views.map(({ name, verdict }) =>
    verdict === "mechanical" ? `${printable(name)} ${colors.dim(`(${words.verdicts.mechanical})`)}` : printable(name),
  );
  if (names.length === 0) return { full: [], brief: [] };
  // Two blanks stand between names; a name with blanks in it must not fall apart.
  const full = wrap(`  ${names.join("  ")}`, width, 2);
  const [first = "", ...others] = full;
  return { full, brief: others.length === 0 ? full : [first, `  … ${colors.dim(`${String(views.length)} in all`)}`] };
}

function namesLeft(count: number, { colors, inFull }: SectionStyle): string {
  return `  … and ${String(count)} more   ${colors.dim(inFull)}`;
}

/** The declared differences, by kind. */
export function changesSection(view: RunView, style: SectionStyle): Section {
  const { colors, width, inFull, isVerbose } = style;
  const kinds = kindsOf(view);
  const idWidth = Math.min(24, Math.max(0, ...kinds.map(({ id }) => id.length)));
  const counts = kinds.map(({ functions }) => plural(functions, "function"));
  const countWidth = Math.max(0, ...counts.map((count) => count.length));
  const hint = isVerbose ? "" : colors.dim(`   ${inFull}`);
  return {
    heading: withHint(
      colors.bold(colors.cyan(`CHANGES THAT YOUR CALLERS MAY NOTICE (${plural(kinds.length, "kind")})`)),
      hint,
      style,
    ),
    items: kinds.map(({ id, message }, index) => {
      const start = `  ${colors.cyan(pad(id, idWidth))}   ${pad(counts[index] ?? "", countWidth)}   `;
      const text = printable(message);
      const room = width - 8 - Math.max(idWidth, id.length) - countWidth;
      if (room >= ROOM) return { full: wrap(start + text, width, 6), brief: [start + cut(text, room)] };
      const head = `  ${colors.cyan(id)}   ${counts[index] ?? ""}`;
      return { full: [head, ...wrap(`      ${text}`, width, 6)], brief: [head] };
    }),
    rest: (left) => `  … and ${plural(left.length, "more kind")}   ${colors.dim(inFull)}`,
  };
}

/** A heading with a hint behind it, where the line has room for it. */
function withHint(heading: string, hint: string, { width }: SectionStyle): string {
  return stringWidth(heading + hint) <= width ? heading + hint : heading;
}

interface Kind {
  readonly id: string;
  /** The sentence of its first place. */
  readonly message: string;
  /** In how many functions it is declared. */
  readonly functions: number;
}

/** The kinds of declared differences, the most frequent one first. */
function kindsOf({ functions }: RunView): Kind[] {
  const kinds = new Map<string, Kind>();
  for (const { files } of functions) {
    const messages = new Map(files.flatMap((file) => file.differences).map(({ id, message }) => [id, message]));
    for (const [id, message] of messages) {
      const known = kinds.get(id) ?? { id, message, functions: 0 };
      kinds.set(id, { ...known, functions: known.functions + 1 });
    }
  }
  return [...kinds.values()].toSorted((left, right) => right.functions - left.functions);
}

/** What must be done outside the code. */
export function deploySection(groups: readonly RemarkGroup[], style: SectionStyle): Section {
  const { colors, width, inFull } = style;
  return {
    heading: colors.bold(`BEFORE YOU DEPLOY (${String(groups.length)})`),
    items: groups.map(({ message, id, places, fileCount }) => {
      const where = places.length === 1 ? places.join("") : plural(fileCount, "file");
      const tail = `${id} (${where})`;
      const room = width - 9 - id.length;
      return {
        full: wrap(`  [ ] ${printable(message)}   ${colors.dim(printable(tail))}`, width, 6),
        brief: [`  [ ] ${room < ROOM ? "" : `${cut(printable(message), room)}   `}${colors.dim(id)}`],
      };
    }),
    rest: (left) => `  … and ${plural(left.length, "more")}   ${colors.dim(inFull)}`,
  };
}
