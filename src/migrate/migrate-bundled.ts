import { createModel, lineStartsOf } from "../analysis/code/model.ts";
import type { Model } from "../analysis/code/model.ts";
import { parseSource } from "../analysis/code/parse.ts";
import { findModuleUses } from "../analysis/modules/uses.ts";
import { isLocalSource } from "../analysis/code/local-files.ts";
import type { LocalFiles } from "../analysis/code/local-files.ts";
import { rangeOf } from "../analysis/code/tree.ts";
import { bundle } from "../bundle/bundle.ts";
import type { Bundle } from "../bundle/bundle.ts";
import { eraseTypes } from "../typescript/erase.ts";
import { fillSentence, followUps, reasons } from "../platform/remarks.ts";
import { bundleTyped } from "./bundle-typed.ts";
import { placeAt } from "./json-text.ts";
import type { Place, Remark, SourceResult } from "./result.ts";

/** The file of a function that loads others. */
interface OwnFile {
  readonly text: string;
  readonly placeOf: (offset: number) => Place;
  /** Where it loads files of the project. */
  readonly uses: readonly number[];
}

/**
 * Migrates a function together with the files that it loads, as one text.
 *
 * @param migrate migrates a text that loads no file
 */
export function migrateBundled(model: Model, local: LocalFiles, migrate: (model: Model) => SourceResult): SourceResult {
  const own = { text: model.text, placeOf: model.placeOf.bind(model), uses: localUses(model) };
  const ofText = (text: string): SourceResult => migrate(createModel(parseSource(text, model)));
  return migrateWhole(own, bundle(model, local), ofText, () => migrate(model));
}

/**
 * The same for a function in TypeScript.
 *
 * @param migrate migrates a text of TypeScript that loads no file
 */
export function migrateBundledTyped(
  text: string,
  local: LocalFiles,
  migrate: (text: string) => SourceResult,
): SourceResult {
  const whole = bundleTyped(text, local);
  if (whole === undefined) return migrate(text);
  const erased = eraseTypes(text);
  if ("message" in erased) return migrate(text);
  const uses = localUses(createModel(parseSource(erased.text))).map((offset) => erased.originalOffset(offset));
  const own = { text, placeOf: (offset: number) => placeAt(text, offset), uses };
  return migrateWhole(own, whole, migrate, () => migrate(text));
}

function migrateWhole(
  own: OwnFile,
  whole: Bundle,
  migrate: (text: string) => SourceResult,
  alone: () => SourceResult,
): SourceResult {
  if (whole.kind === "refused") return refused(own, whole.problems, alone());
  const result = migrate(whole.text);
  const isChanged = result.verdict === "migrated" || result.verdict === "mechanical";
  const placed = inOriginal(own, whole, result);
  return isChanged && whole.paths.length > 0
    ? { ...placed, followUps: [...placed.followUps, inlinedFollowUp(own, whole.paths)], inlined: whole.paths }
    : { ...placed, text: isChanged ? result.text : own.text };
}

type Problems = Extract<Bundle, { kind: "refused" }>["problems"];

/** With what else speaks against the function as it is. */
function refused(own: OwnFile, problems: Problems, alone: SourceResult): SourceResult {
  if (alone.verdict === "unchanged") return alone;
  const found = problems.map(({ path, what, offset }): Remark => {
    const message = fillSentence(reasons["local-module"].short, { file: path, what });
    return { id: "local-module", message, ...own.placeOf(offset) };
  });
  const places = new Set(own.uses.map((offset) => JSON.stringify(own.placeOf(offset))));
  const others = alone.reasons.filter(
    ({ id, line, column }) => id !== "require-in-place" || !places.has(JSON.stringify({ line, column })),
  );
  const all = [...found, ...others];
  const told = (all.length > 0 ? all : alone.reasons).toSorted((a, b) => a.line - b.line || a.column - b.column);
  return { verdict: "refused", text: own.text, transforms: [], differences: [], reasons: told, followUps: [] };
}

/** Where a file loads others of the project. */
function localUses(model: Model): number[] {
  return findModuleUses(model)
    .filter(({ source }) => isLocalSource(source))
    .map(({ node }) => rangeOf(node)[0]);
}

function inlinedFollowUp(own: OwnFile, paths: readonly string[]): Remark {
  const message = fillSentence(followUps["local-files-inlined"].short, { files: paths.join(", ") });
  return { id: "local-files-inlined", message, ...own.placeOf(own.uses[0] ?? 0) };
}

/** Code of a strict file that would mean something else beside files that are not strict. */
function lostStrictness({
  path,
  line,
}: {
  readonly path: string;
  readonly line: number;
}): Pick<Remark, "id" | "message"> {
  const what = `is strict, which other files are not, and means something else without (line ${String(line)})`;
  return { id: "local-module", message: fillSentence(reasons["local-module"].short, { file: path, what }) };
}

/** A result with its remarks at their places in the function's own file; those of other files name these. */
function inOriginal(
  own: OwnFile,
  { text, originOf, strict }: Extract<Bundle, { kind: "text" }>,
  result: SourceResult,
): SourceResult {
  const lines = lineStartsOf(text);
  const moved = (found: readonly Remark[], isPlaced = false): Remark[] =>
    found
      .map(({ message, line, column, ...rest }) => {
        const { offset, other } = originOf((lines[line - 1] ?? 0) + column - 1);
        if (rest.id === "sloppy-mode" && other !== undefined && strict.has(other.path)) {
          return { ...lostStrictness(other), ...own.placeOf(offset) };
        }
        const where = other === undefined || !isPlaced ? "" : ` (${other.path}:${String(other.line)})`;
        return { ...rest, message: message + where, ...own.placeOf(offset) };
      })
      .toSorted((a, b) => a.line - b.line || a.column - b.column);
  const { differences, reasons: told, followUps: left } = result;
  // What has to be changed must be found; the others are told once for all functions that have the code.
  return { ...result, differences: moved(differences), reasons: moved(told, true), followUps: moved(left) };
}
