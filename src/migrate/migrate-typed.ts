import { createModel, lineStartsOf } from "../analysis/code/model.ts";
import type { Model } from "../analysis/code/model.ts";
import { parseSource } from "../analysis/code/parse.ts";
import type { EditList } from "../edits/text/edit-list.ts";
import type { Migrated } from "../typescript/migrated.ts";
import { fillSentence, reasons } from "../platform/remarks.ts";
import type { ReasonId } from "../platform/remarks.ts";
import { eraseTypes } from "../typescript/erase.ts";
import type { Erased } from "../typescript/erase.ts";
import { isModernModule } from "../typescript/modern-module.ts";
import { retype } from "../typescript/typed-migration.ts";
import type { TypedResult } from "../typescript/typed-migration.ts";
import { placeAt } from "./json-text.ts";
import type { Output } from "./pipeline.ts";
import type { Place, Remark, SourceResult } from "./result.ts";

/** The migration of a JavaScript text; with what was written where it was changed. */
export interface Migration {
  readonly result: SourceResult;
  readonly changed?: Changed;
}

/** What was written, and how its lines are laid out at last. */
interface Changed {
  readonly original: Model;
  readonly output: Output;
  readonly layout: EditList;
}

const MODULE = {
  what: "`import` and `export`, which only all transforms together bring back",
  advice: "run them without `--transform`",
};

/**
 * Migrates a text of TypeScript: as the JavaScript that it runs as, whose result gets the types again.
 *
 * @param migrate migrates JavaScript
 * @param looksLegacy whether a JavaScript text is a V1 function, or may be one
 * @param isWhole whether all transforms run
 * @throws {Error} when the result is not sound: a fault
 */
export function migrateTyped(
  text: string,
  migrate: (javascript: string) => Migration,
  looksLegacy: (text: string) => boolean,
  isWhole: boolean,
): SourceResult {
  const erased = eraseTypes(text);
  if ("message" in erased) {
    const message = erased.message.replace(/\.$/u, "");
    return refusal(text, [remark(text, "syntax-error", erased.offset, { message })]);
  }
  const { obstacles, convertedAt } = erased;
  if (convertedAt !== undefined && isModernModule(text)) return { ...refusal(text, []), verdict: "unchanged" };
  const all = isWhole || convertedAt === undefined ? obstacles : [...obstacles, { ...MODULE, offset: convertedAt }];
  if (all.length > 0) {
    if (!looksLegacy(erased.text)) return { ...refusal(text, []), verdict: "unchanged" };
    return refusal(
      text,
      all.map(({ what, advice, offset }) => remark(text, "typescript-syntax", offset, { what, advice })),
    );
  }
  const { result, changed } = migrate(erased.text);
  const told = inOriginal(text, erased, result);
  if (changed === undefined) return { ...told, text };
  const typed = retype(text, erased, laidOut(changed));
  return typed.kind === "text" ? { ...told, text: typed.text } : refusal(text, [whyNot(text, typed)]);
}

function laidOut({ original, output, layout }: Changed): Migrated {
  const { model, keptOffset } = output;
  if (layout.isEmpty) return { original, model, keptOffset };
  const edited = layout.applyTo(model.text);
  return {
    original,
    model: createModel(parseSource(edited.text, model)),
    keptOffset: (offset) => {
      const kept = edited.keptOffset(offset);
      return kept === undefined ? undefined : keptOffset(kept);
    },
  };
}

function whyNot(text: string, typed: Exclude<TypedResult, { kind: "text" }>): Remark {
  if (typed.kind === "missing-type") {
    return remark(text, "toolbelt-type", Math.max(0, text.indexOf("lp-faas-toolbelt")), { name: typed.name });
  }
  const [line = ""] = typed.piece.text.split("\n");
  return remark(text, "types-lost", Math.max(0, text.indexOf(typed.piece.text)), { code: line.trim() });
}

function refusal(text: string, found: readonly Remark[]): SourceResult {
  return { verdict: "refused", text, transforms: [], differences: [], reasons: found, followUps: [] };
}

function remark(text: string, id: ReasonId, offset: number, data: Readonly<Record<string, string>>): Remark {
  return { id, message: fillSentence(reasons[id].short, data), ...placeAt(text, offset) };
}

/** A result with its remarks at their places in the TypeScript. */
function inOriginal(text: string, erased: Erased, result: SourceResult): SourceResult {
  const lines = lineStartsOf(erased.text);
  const originOf = ({ line, column }: Place): Place =>
    placeAt(text, erased.originalOffset((lines[line - 1] ?? 0) + column - 1));
  const moved = (found: readonly Remark[]): Remark[] =>
    found.map(({ id, message, ...place }) => ({ id, message: erased.readable(message), ...originOf(place) }));
  const { differences, reasons: told, followUps, helpers } = result;
  return {
    ...result,
    differences: moved(differences),
    reasons: moved(told),
    followUps: moved(followUps),
    ...(helpers && { helpers: helpers.map((helper) => ({ ...helper, ...originOf(helper) })) }),
  };
}
