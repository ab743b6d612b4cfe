import { createModel, lineStartsOf } from "../analysis/code/model.ts";
import type { Model } from "../analysis/code/model.ts";
import { parseSource } from "../analysis/code/parse.ts";
import { findModuleUses } from "../analysis/modules/uses.ts";
import { isLocalSource } from "../analysis/code/local-files.ts";
import type { LocalFiles } from "../analysis/code/local-files.ts";
import { rangeOf } from "../analysis/code/tree.ts";
import { bundle } from "../bundle/bundle.ts";
import type { Bundle } from "../bundle/bundle.ts";
import { fillSentence, followUps, reasons } from "../platform/remarks.ts";
import type { Remark, SourceResult } from "./result.ts";

/**
 * Migrates a function together with the files that it loads, as one text.
 *
 * @param migrate migrates a text that loads no file
 */
export function migrateBundled(model: Model, local: LocalFiles, migrate: (model: Model) => SourceResult): SourceResult {
  const whole = bundle(model, local);
  if (whole.kind === "refused") return refused(model, whole.problems, migrate(model));
  const result = migrate(createModel(parseSource(whole.text, model)));
  const isChanged = result.verdict === "migrated" || result.verdict === "mechanical";
  const placed = inOriginal(model, whole, result);
  return isChanged && whole.paths.length > 0
    ? { ...placed, followUps: [...placed.followUps, inlinedFollowUp(model, whole.paths)], inlined: whole.paths }
    : { ...placed, text: isChanged ? result.text : model.text };
}

type Problems = Extract<Bundle, { kind: "refused" }>["problems"];

/** With what else speaks against the function as it is. */
function refused(model: Model, problems: Problems, alone: SourceResult): SourceResult {
  if (alone.verdict === "unchanged") return alone;
  const found = problems.map(({ path, what, offset }): Remark => {
    const message = fillSentence(reasons["local-module"].short, { file: path, what });
    return { id: "local-module", message, ...model.placeOf(offset) };
  });
  const places = new Set(localUses(model).map((offset) => JSON.stringify(model.placeOf(offset))));
  const others = alone.reasons.filter(
    ({ id, line, column }) => id !== "require-in-place" || !places.has(JSON.stringify({ line, column })),
  );
  const told = [...found, ...others].toSorted((a, b) => a.line - b.line || a.column - b.column);
  return { verdict: "refused", text: model.text, transforms: [], differences: [], reasons: told, followUps: [] };
}

/** Where a file loads others of the project. */
function localUses(model: Model): number[] {
  return findModuleUses(model)
    .filter(({ source }) => isLocalSource(source))
    .map(({ node }) => rangeOf(node)[0]);
}

function inlinedFollowUp(model: Model, paths: readonly string[]): Remark {
  const message = fillSentence(followUps["local-files-inlined"].short, { files: paths.join(", ") });
  return { id: "local-files-inlined", message, ...model.placeOf(localUses(model)[0] ?? 0) };
}

/** A result with its remarks at their places in the function's own file; those of other files name these. */
function inOriginal(
  model: Model,
  { text, originOf }: Extract<Bundle, { kind: "text" }>,
  result: SourceResult,
): SourceResult {
  const lines = lineStartsOf(text);
  const moved = (found: readonly Remark[], isPlaced = false): Remark[] =>
    found
      .map(({ message, line, column, ...rest }) => {
        const { offset, other } = originOf((lines[line - 1] ?? 0) + column - 1);
        const where = other === undefined || !isPlaced ? "" : ` (${other.path}:${String(other.line)})`;
        return { ...rest, message: message + where, ...model.placeOf(offset) };
      })
      .toSorted((a, b) => a.line - b.line || a.column - b.column);
  const { differences, reasons: told, followUps: left } = result;
  // What has to be changed must be found; the others are told once for all functions that have the code.
  return { ...result, differences: moved(differences), reasons: moved(told, true), followUps: moved(left) };
}
