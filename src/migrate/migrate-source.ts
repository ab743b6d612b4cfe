import { createModel } from "../analysis/model.ts";
import type { Model } from "../analysis/model.ts";
import { parseSource, SourceSyntaxError } from "../analysis/parse.ts";
import type { StepRemark, StepResult, Style } from "../edits/step.ts";
import { fillSentence, reasons } from "../platform/remarks.ts";
import { missedByOutput } from "./check-output.ts";
import type { Remark, SourceResult } from "./result.ts";
import { steps } from "./steps.ts";
import { isLegacyFunction, survey } from "./survey.ts";

export type { Style } from "../edits/step.ts";

export interface MigrateOptions {
  readonly style: Style;
  /** Ids of the only transforms to run; all of them when absent. */
  readonly transforms?: readonly string[];
}

/** What was found on the way, with its places in the original text. */
class Findings {
  readonly refusals: Remark[] = [];
  readonly notices: Remark[] = [];
  readonly differences: Remark[] = [];
  readonly followUps: Remark[] = [];
  readonly transforms: string[] = [];
  isMechanical = false;

  add(result: StepResult, placeOf: (offset: number) => { line: number; column: number }): void {
    const locate = ({ id, message, offset }: StepRemark): Remark => ({ id, message, ...placeOf(offset) });
    addNew(this.refusals, result.refusals.map(locate));
    addNew(this.notices, result.notices.map(locate));
    addNew(this.differences, result.differences.map(locate));
    addNew(this.followUps, result.followUps.map(locate));
    this.isMechanical ||= result.isMechanical;
  }
}

/** Two steps may notice the same thing at the same place; it is said once. */
function addNew(known: Remark[], found: readonly Remark[]): void {
  const isSame = (a: Remark, b: Remark): boolean =>
    a.id === b.id && a.line === b.line && a.column === b.column && a.message === b.message;
  known.push(...found.filter((remark) => !known.some((other) => isSame(remark, other))));
}

function inOrder(remarks: readonly Remark[]): Remark[] {
  return remarks.toSorted((a, b) => a.line - b.line || a.column - b.column || a.id.localeCompare(b.id));
}

function untouched(text: string, verdict: "unchanged" | "refused", found: readonly Remark[] = []): SourceResult {
  return { verdict, text, transforms: [], differences: [], reasons: inOrder(found), followUps: [] };
}

function syntaxRefusal(text: string, { message, line, column }: SourceSyntaxError): SourceResult {
  const sentence = fillSentence(reasons["syntax-error"].short, { message });
  return untouched(text, "refused", [{ id: "syntax-error", message: sentence, line, column }]);
}

/**
 * Migrates one source text: whole, or not at all.
 *
 * @param path where the text came from; used in messages only
 * @param text the whole file, byte order mark and line endings included
 */
export function migrateSource(path: string, text: string, options: MigrateOptions): SourceResult {
  let model: Model;
  try {
    model = createModel(parseSource(text));
  } catch (error) {
    if (error instanceof SourceSyntaxError) {
      return syntaxRefusal(text, error);
    }
    throw error;
  }
  return isLegacyFunction(model) ? migrateModel(path, model, options) : untouched(text, "unchanged");
}

function migrateModel(path: string, original: Model, { style, transforms }: MigrateOptions): SourceResult {
  const findings = new Findings();
  let model = original;
  let toOriginal = (offset: number): number => offset;
  const placeOf = (offset: number): { line: number; column: number } => original.placeOf(toOriginal(offset));
  findings.add(survey(original), placeOf);
  for (const { id, run } of steps) {
    if (transforms !== undefined && !transforms.includes(id)) {
      continue;
    }
    // A refused step makes no edits; the later ones still run, so that all reasons are told at once.
    const result = run(model, { style });
    findings.add(result, placeOf);
    if (!result.edits.isEmpty) {
      const edited = result.edits.applyTo(model.text);
      const before = toOriginal;
      toOriginal = (offset) => before(edited.originalOffset(offset));
      model = createModel(parseSource(edited.text));
      findings.transforms.push(id);
    }
  }
  return conclude(path, original, model, findings, transforms === undefined);
}

function conclude(path: string, original: Model, model: Model, findings: Findings, isWhole: boolean): SourceResult {
  const { text } = original;
  if (findings.refusals.length > 0) {
    return untouched(text, "refused", [...findings.refusals, ...findings.notices.filter(({ id }) => id !== "callback-contract-kept")]);
  }
  if (model.text === text) {
    return { ...untouched(text, "unchanged"), reasons: inOrder(findings.notices) };
  }
  const missed = missedByOutput(original, model, isWhole);
  if (missed !== undefined) {
    throw new Error(`The migration of ${path} is not sound and was dropped: ${missed}. This is a fault of faas-migrate.`);
  }
  return {
    verdict: findings.isMechanical ? "mechanical" : "migrated",
    text: model.text,
    transforms: findings.transforms,
    differences: inOrder(findings.differences),
    reasons: inOrder(findings.notices),
    followUps: inOrder(findings.followUps),
  };
}
