import { findImportLikeText } from "../analysis/modules/cli-hazards.ts";
import { findHandler } from "../analysis/code/handler.ts";
import { helperFunctionsOf } from "../analysis/code/helper-functions.ts";
import { hidesHandler } from "../analysis/code/hidden-handler.ts";
import { rangeOf } from "../analysis/code/tree.ts";
import { commonJsUses } from "../analysis/modules/strictness.ts";
import { createModel } from "../analysis/code/model.ts";
import type { Model } from "../analysis/code/model.ts";
import { parseSource, SourceDepthError, SourceSyntaxError } from "../analysis/code/parse.ts";
import { openBlocks } from "../edits/text/open-blocks.ts";
import { wrapRequests } from "../edits/http/wrap-requests.ts";
import type { Style } from "../edits/step/step.ts";
import { EditList } from "../edits/text/edit-list.ts";
import type { LocalFiles } from "../analysis/code/local-files.ts";
import type { PackageChoice } from "../platform/package-choices.ts";
import { fillSentence, followUps, reasons } from "../platform/remarks.ts";
import { failureReason } from "./failure.ts";
import { isTypeScript } from "../typescript/compiler.ts";
import { missedByOutput } from "./check-output.ts";
import { migrateBundled, migrateBundledTyped } from "./migrate-bundled.ts";
import type { Migration } from "./migrate-typed.ts";
import { isLegacyCode } from "./legacy-text.ts";
import { migrateTyped } from "./migrate-typed.ts";
import { advance, runSteps, startOf } from "./pipeline.ts";
import type { Progress } from "./pipeline.ts";
import type { Remark, SourceResult } from "./result.ts";
import { isLegacyFunction, survey } from "./survey.ts";

export type { Style } from "../edits/step/step.ts";

export interface MigrateOptions {
  readonly style: Style;
  /** Ids of the only transforms to run; all of them when absent. */
  readonly transforms?: readonly string[];
  /** Names of the environment variables that the `config.json` beside the file defines; absent when there is none. */
  readonly ownEnvironment?: ReadonlySet<string>;
  /**
   * The account that the functions run on: its number, or the names of constants, environment variables and secrets that
   * hold it. ContextServiceClients of that account are migrated.
   */
  readonly ownAccounts?: readonly string[];
  /** V2 packages to use in the place of those of V1: `["es-toolkit"]` replaces lodash. */
  readonly packages?: readonly PackageChoice[];
  /** Put what a function uses of the project's files into its own text. */
  readonly bundleLocal?: boolean;
  /** The files of the project that the function loads; absent where it loads none, or nobody looked. */
  readonly localFiles?: LocalFiles;
}

function inOrder(remarks: readonly Remark[]): Remark[] {
  return remarks.toSorted((a, b) => a.line - b.line || a.column - b.column || a.id.localeCompare(b.id));
}

function untouched(
  text: string,
  verdict: "unchanged" | "refused" | "failed",
  found: readonly Remark[] = [],
): SourceResult {
  return { verdict, text, transforms: [], differences: [], reasons: inOrder(found), followUps: [] };
}

function syntaxRefusal(text: string, error: SourceSyntaxError): SourceResult {
  const { message, line, column } = error;
  if (error instanceof SourceDepthError) {
    return untouched(text, "refused", [{ id: "too-deep", message: reasons["too-deep"].short, line, column }]);
  }
  const sentence = fillSentence(reasons["syntax-error"].short, { message });
  return untouched(text, "refused", [{ id: "syntax-error", message: sentence, line, column }]);
}

/**
 * Migrates one source text: whole, or not at all. Never throws: a fault of the migration is the verdict `failed`.
 *
 * @param path where the text came from; used in messages only
 * @param text the whole file, byte order mark and line endings included
 */
export function migrateSource(path: string, text: string, options: MigrateOptions): SourceResult {
  try {
    const isWhole = options.transforms === undefined;
    if (!isTypeScript(path)) return migrateText(path, text, options).result;
    // The code of other files is written with types, before all else.
    const { bundleLocal, ...alone } = options;
    const migrate = (typed: string): SourceResult =>
      migrateTyped(typed, (javascript) => migrateText(path, javascript, alone), isLegacyCode, isWhole);
    const isBundled = bundleLocal === true && isWhole && options.localFiles !== undefined;
    return isBundled ? migrateBundledTyped(text, options.localFiles, migrate) : migrate(text);
  } catch (error) {
    return untouched(text, "failed", [failureReason(error)]);
  }
}

function migrateText(path: string, text: string, options: MigrateOptions): Migration {
  let model: Model;
  try {
    model = createModel(parseSource(text));
  } catch (error) {
    if (error instanceof SourceSyntaxError) {
      return { result: syntaxRefusal(text, error) };
    }
    throw error;
  }
  const migrate = (whole: Model): Migration =>
    isLegacyFunction(whole) ? migrateModel(path, whole, options) : { result: untouched(whole.text, "unchanged") };
  const { localFiles, bundleLocal, transforms } = options;
  const migration =
    localFiles !== undefined && bundleLocal === true && transforms === undefined
      ? { result: migrateBundled(model, localFiles, (whole) => migrate(whole).result) }
      : migrate(model);
  return withHelpers(migration, model);
}

function withHelpers(migration: Migration, model: Model): Migration {
  const helpers = helperFunctionsOf(model).map(({ name, offset, code }) => ({ name, code, ...model.placeOf(offset) }));
  return helpers.length === 0 ? migration : { ...migration, result: { ...migration.result, helpers } };
}

/** What follows from another reason alone is not told besides it. */
function withoutConsequences({ refusals, notices }: Progress): Remark[] {
  const causes = refusals.filter(({ id }) => id !== "http-client-left");
  return [...(causes.length > 0 ? causes : refusals), ...notices.filter(({ id }) => id !== "callback-contract-kept")];
}

/** What the command line of V2 would damage in the result, at its places in the original. */
function importLikeTexts(original: Model, { model, originalOffset }: Progress): Remark[] {
  return findImportLikeText(model).map(({ offset, what }) => ({
    id: "import-like-text",
    message: fillSentence(followUps["import-like-text"].short, { what }),
    ...original.placeOf(originalOffset(offset)),
  }));
}

function runAll(original: Model, options: MigrateOptions): Progress {
  const runs = (step: string): boolean => options.transforms?.includes(step) !== false;
  return runSteps(advance(startOf(original), original, "survey", survey(original, runs)), options);
}

/** What a second run would do to a result; it takes none for a V1 function, but for one that speaks of V1. */
function changedAgain(migrated: Model, options: MigrateOptions): string | undefined {
  const again = isLegacyFunction(migrated) ? runAll(migrated, options) : undefined;
  return again?.refusals.length === 0 && again.model.text !== migrated.text
    ? "a second run would change the result again"
    : undefined;
}

/** Puts long requests, and blocks that hold several lines, in lines. Only white space changes, and a comma: the result need not be read again. */
function wrapping(original: Model, migrated: Model): EditList {
  const edits = new EditList();
  const ownLines = new Set(original.text.split("\n").map((line) => line.trim()));
  wrapRequests(migrated, edits, ownLines);
  openBlocks(migrated, edits, ownLines);
  return edits;
}

/** Where a file without a handler exports to others; undefined for what is a function. */
function sharedAt(model: Model): Remark | undefined {
  const [use] = commonJsUses(model).filter(({ name }) => name === "module" || name === "exports");
  if (use === undefined || findHandler(model) !== undefined || hidesHandler(model)) return undefined;
  return { id: "shared-file", message: reasons["shared-file"].short, ...model.placeOf(rangeOf(use.node)[0]) };
}

function migrateModel(path: string, original: Model, options: MigrateOptions): Migration {
  const shared = options.transforms === undefined ? sharedAt(original) : undefined;
  if (shared !== undefined) return { result: untouched(original.text, "refused", [shared]) };
  const progress = runAll(original, options);
  const { text } = original;
  if (progress.refusals.length > 0) {
    return { result: untouched(text, "refused", withoutConsequences(progress)) };
  }
  if (progress.model.text === text) {
    return { result: untouched(text, "unchanged", progress.notices) };
  }
  const isWhole = options.transforms === undefined;
  const missed = isWhole ? (missedByOutput(original, progress) ?? changedAgain(progress.model, options)) : undefined;
  if (missed !== undefined) {
    throw new Error(
      `The migration of ${path} is not sound and was dropped: ${missed}. This is a fault of faas-migrate.`,
    );
  }
  const layout = isWhole ? wrapping(original, progress.model) : new EditList();
  const result: SourceResult = {
    verdict: progress.isMechanical ? "mechanical" : "migrated",
    text: layout.applyTo(progress.model.text).text,
    transforms: progress.transforms,
    differences: inOrder(progress.differences),
    reasons: inOrder(progress.notices),
    followUps: inOrder([...progress.followUps, ...(isWhole ? importLikeTexts(original, progress) : [])]),
  };
  return { result, changed: { original, output: progress, layout } };
}
