import { findHandler } from "../../src/analysis/code/handler.ts";
import { createModel } from "../../src/analysis/code/model.ts";
import type { Model } from "../../src/analysis/code/model.ts";
import { parseSource } from "../../src/analysis/code/parse.ts";
import { rangeOf } from "../../src/analysis/code/tree.ts";
import type { Node, Range } from "../../src/analysis/code/tree.ts";
import { runtimeOf } from "../../src/analysis/runtime/which-runtime.ts";
import type { StepResult } from "../../src/edits/step/step.ts";
import { advance, startOf } from "../../src/migrate/pipeline.ts";
import type { Progress } from "../../src/migrate/pipeline.ts";
import { steps } from "../../src/migrate/steps.ts";
import { survey } from "../../src/migrate/survey.ts";
import { modernClients } from "../../src/platform/client-creation.ts";
import { renamedVariables } from "../../src/platform/environment.ts";
import { requestPackages } from "../../src/platform/packages.ts";
import { legacyToolbelt } from "../../src/platform/toolbelt.ts";
import { allRules } from "../rules/all-rules.ts";
import { lintAll } from "../rules/lint.ts";
import { reportsMore } from "./agreement-exceptions.ts";

/*
 * A rule that names a transform and that transform: the one reports where the other edits or refuses, and nowhere else.
 */

/** A place at which the two part. */
export interface Disagreement {
  /** The rule that reports what stays, or the transform that changes what no rule reports. */
  readonly id: string;
  readonly what: "reported, but left as it is" | "changed or refused, but not reported";
  /** The text of the place: it tells exceptions apart. */
  readonly text: string;
  readonly line: number;
}

/** What was compared in one text. */
export interface Agreement {
  readonly reports: number;
  readonly acts: number;
  readonly disagreements: readonly Disagreement[];
}

/** The rules of each transform. */
const rulesOf = new Map<string, string[]>();
for (const { id, docs } of allRules) {
  if (docs.transform !== undefined) {
    rulesOf.set(docs.transform, [...(rulesOf.get(docs.transform) ?? []), id]);
  }
}

/** The ids of all rules that name a transform. */
export const comparedRules: readonly string[] = [...rulesOf.values()].flat();

/** The words that a transform is about: each of them that it touches must be reported. */
const concerns: ReadonlyMap<string, (word: string) => boolean> = new Map([
  ["environment-names", (word) => renamedVariables.has(word)],
  ["global-clients", (word) => modernClients.has(word)],
  ["http-client-to-fetch", (word) => word === "HTTPClient" || requestPackages.has(word)],
  ["require-to-import", (word) => word === "require" || word === legacyToolbelt],
]);

/** Enough for all chains of a fixture. */
const MAX_ROUNDS = 30;

/** Refusals that only say that an earlier step refused. */
const CONSEQUENCES = new Set(["http-client-left"]);

function isTouching([start, end]: Range, [from, to]: Range): boolean {
  return start <= to && end >= from;
}

interface Report {
  readonly id: string;
  readonly range: Range;
  /** The rule is sure of it, and the transform would repair it. */
  readonly isRepairable: boolean;
}

function reportsOn(model: Model): Report[] {
  const lineStarts = [
    0,
    ...[...model.text.matchAll(/\r\n|[\n\r\u2028\u2029]/gu)].map(({ 0: end, index }) => index + end.length),
  ];
  const offsetOf = (line: number, column: number): number => (lineStarts[line - 1] ?? 0) + column - 1;
  // Nobody switches rules off here; the text keeps its length.
  const text = model.text.replaceAll("eslint-disable", "eslint_disable");
  return lintAll(text).map(({ ruleId, messageId = "", suggestions = [], ...place }) => {
    const { line, column, endLine = line, endColumn = column } = place;
    const id = ruleId?.replace("faas/", "") ?? "";
    return {
      id,
      range: [offsetOf(line, column), offsetOf(endLine, endColumn)],
      isRepairable: !messageId.startsWith("possible") && (!reportsMore.has(id) || suggestions.length > 0),
    };
  });
}

/** What one step does to the text that earlier steps left, at its places in the original. */
interface Act {
  readonly id: string;
  readonly edits: readonly Range[];
  readonly refusals: readonly number[];
  /** Its edits are not known then. */
  readonly isRefused: boolean;
  readonly before: Progress;
}

function actOf(id: string, before: Progress, { edits, refusals }: StepResult): Act {
  const placeOf = (offset: number): number => before.originalOffset(offset);
  return {
    id,
    before,
    isRefused: refusals.length > 0,
    edits: edits.all.map(({ range: [start, end] }) => [placeOf(start), Math.max(placeOf(start), placeOf(end))]),
    refusals: refusals.filter((refusal) => !CONSEQUENCES.has(refusal.id)).map(({ offset }) => placeOf(offset)),
  };
}

/** What all steps do to a function, in the order of the pipeline. */
function actsOn(original: Model): Act[] {
  const options = { style: "faithful", run: new Set(steps.map(({ id }) => id)) } as const;
  const acts: Act[] = [];
  let progress = advance(
    startOf(original),
    original,
    "survey",
    survey(original, () => true),
  );
  for (const { id, run, prepares } of steps) {
    for (let round = 0; round < (prepares !== undefined ? MAX_ROUNDS : 1); round += 1) {
      const result = run(progress.model, options);
      acts.push(actOf(id, progress, result));
      const before = progress.model;
      progress = advance(progress, original, id, result);
      if (progress.model === before) break;
    }
  }
  return acts;
}

/** True when the text of a place is there no more: an earlier step took it away. */
function isGone({ model, originalOffset }: Progress, original: string, [start, end]: Range): boolean {
  const word = original.slice(start, end);
  for (let found = model.text.indexOf(word); found !== -1; found = model.text.indexOf(word, found + 1)) {
    if (originalOffset(found) === start) return false;
  }
  return true;
}

/** What a report stands for: of the handler, the parameter that takes the callback is marked. */
function rangeFor({ id, range }: Report, model: Model): Range {
  const handler = id === "no-callback-handler" ? findHandler(model)?.node : undefined;
  return handler === undefined ? range : rangeOf(model.statementOf(handler));
}

/** The identifiers and texts of concern that a step edits, or at which it refuses. */
function wordsTouched(model: Model, { id, edits, refusals }: Act): Node[] {
  const isOfConcern = concerns.get(id);
  const words = [...model.nodes("Identifier"), ...model.nodes("Literal")].filter((node) => {
    const word = node.type === "Identifier" ? node.name : node.value;
    return typeof word === "string" && isOfConcern?.(word) === true;
  });
  return words.filter((node) => {
    const [start, end] = rangeOf(node);
    const starts = [start, ...partsAround(model, node).map((part) => rangeOf(part)[0])];
    return edits.some(([from, to]) => from < end && to > start) || refusals.some((offset) => starts.includes(offset));
  });
}

/** The member, property or call of which a word is the name. */
function partsAround(model: Model, node: Node): Node[] {
  const parts: Node[] = [];
  for (let part = model.parentOf(node); part !== null; part = model.parentOf(part)) {
    if (!/^(?:MemberExpression|Property|CallExpression)$/u.test(part.type)) break;
    parts.push(part);
  }
  return parts;
}

/** One place at which a step does anything; empty where it does nothing. */
function firstOf({ refusals, edits }: Act): Range[] {
  const [refusal] = refusals;
  const [edit] = edits;
  return refusal !== undefined ? [[refusal, refusal]] : edit !== undefined ? [edit] : [];
}

/** The model of a V1 function; undefined for any other text. */
export function legacyModelOf(text: string): Model | undefined {
  try {
    const model = createModel(parseSource(text));
    return runtimeOf(model) === "v1" ? model : undefined;
  } catch {
    return undefined;
  }
}

/** Compares what the rules report about a V1 function with what the transforms do to it. */
export function compare(model: Model): Agreement {
  const { text } = model;
  const reports = reportsOn(model);
  const lineOf = (offset: number): number => model.placeOf(offset).line;
  const disagreements: Disagreement[] = [];
  const counts = { reports: 0, acts: 0 };
  for (const act of actsOn(model)) {
    const rules = rulesOf.get(act.id);
    if (rules === undefined) continue;
    const own = reports.filter(({ id }) => rules.includes(id));
    counts.reports += own.length;
    counts.acts += act.edits.length + act.refusals.length;
    const isRefused = act.isRefused || act.before.refusals.length > 0;
    const isLeft = (report: Report): boolean =>
      !isGone(act.before, text, report.range) && !act.edits.some((edit) => isTouching(edit, rangeFor(report, model)));
    for (const report of isRefused ? [] : own.filter(({ isRepairable }) => isRepairable).filter(isLeft)) {
      const { id, range } = report;
      disagreements.push({
        id,
        what: "reported, but left as it is",
        text: text.slice(...range),
        line: lineOf(range[0]),
      });
    }
    const missed = wordsTouched(model, act)
      .map(rangeOf)
      .filter((place) => !own.some(({ range }) => isTouching(range, place)));
    const places = missed.length > 0 || own.length > 0 ? missed : firstOf(act);
    for (const [start] of places) {
      const line = lineOf(start);
      const what = "changed or refused, but not reported";
      disagreements.push({ id: act.id, what, text: text.split("\n")[line - 1] ?? "", line });
    }
  }
  return { ...counts, disagreements };
}
