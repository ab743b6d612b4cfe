import { findHandler } from "../analysis/code/handler.ts";
import { parseSource } from "../analysis/code/parse.ts";
import { rangeOf } from "../analysis/code/tree.ts";
import { annotateInput, annotateWritten } from "./annotate.ts";
import { annotateVariables } from "./annotate-variables.ts";
import { annotateResults } from "./annotate-results.ts";
import { annotateCastValues } from "./cast-values.ts";
import type { Migrated } from "./migrated.ts";
import { eraseTypes } from "./erase.ts";
import type { Erased, Piece } from "./erase.ts";
import { placedMarks, restoreTypes } from "./restore.ts";
import { tidyTypes } from "./tidy-types.ts";
import { toldResult } from "./told-result.ts";

/** What became of a text of TypeScript. */
export type TypedResult =
  | { readonly kind: "text"; readonly text: string }
  /** Something can't be kept: types of the toolbelt that V2 lacks, or a statement. */
  | { readonly kind: "missing-type"; readonly name: string }
  | { readonly kind: "lost"; readonly piece: Piece };

/**
 * Makes TypeScript of what became of its JavaScript.
 *
 * @throws {Error} when the result is not the TypeScript of that JavaScript: a fault
 */
export function retype(original: string, erased: Erased, migrated: Migrated): TypedResult {
  const { model } = migrated;
  const marks = erased.marks.read(model.text);
  const results = marks.flatMap(({ number, start }) => {
    const piece = erased.pieces[number];
    return piece?.role === "return" ? [{ offset: start, type: piece.text }] : [];
  });
  const types = new Map(
    erased.marks.read(erased.text).map(({ start, number }) => [start, erased.pieces[number]?.text] as const),
  );
  const placed = placedMarks(erased, migrated);
  const annotations = [
    ...annotateWritten(migrated),
    ...annotateVariables(erased, migrated),
    ...annotateCastValues(erased, migrated, new Set(placed.map(({ number }) => number))),
    ...annotateInput(migrated, (offset) => types.get(offset)),
    ...annotateResults(migrated, results, toldOf(original, erased, migrated)),
  ];
  const restored = restoreTypes(erased, migrated, placed, annotations);
  const piece = restored.lost.find(({ role }) => role === "statement" || role === "member" || role === "stand-in");
  if (piece !== undefined) return { kind: "lost", piece };
  const { text, missing } = tidyTypes(original, restored.text, erased.typeImports);
  const [name] = missing;
  if (name !== undefined) return { kind: "missing-type", name };
  checkErased(text, model.text);
  return { kind: "text", text };
}

/** What the callback's type of the original handler tells of its result. */
function toldOf(text: string, { originalOffset }: Erased, { original }: Migrated): string | undefined {
  const handler = findHandler(original)?.node;
  return handler === undefined ? undefined : toldResult(text, originalOffset(rangeOf(handler.body)[0]));
}

/** Whether a text of TypeScript that is no ES module runs as a JavaScript text. */
export function hasJavaScript(text: string, javascript: string): boolean {
  const erased = eraseTypes(text);
  if ("message" in erased) return false;
  const expected = tokensOf(javascript);
  const tokens = tokensOf(erased.text);
  return tokens.length === expected.length && tokens.every((token, at) => token === expected[at]);
}

/** The types of a result must be the only thing that its JavaScript lacks. */
function checkErased(text: string, javascript: string): void {
  const erased = eraseTypes(text, { isModule: true });
  if ("message" in erased) throw new Error(`the result is no TypeScript (${erased.message})`);
  const [tokens, expected] = [tokensOf(erased.text), tokensOf(javascript)];
  const index = tokens.findIndex((token, at) => token !== expected[at]);
  if (index >= 0 || tokens.length !== expected.length) {
    throw new Error(`the result without its types is not what was migrated, at \`${tokens[index] ?? ""}\``);
  }
}

function tokensOf(text: string): string[] {
  const tokens = parseSource(text).reading?.tokens ?? [];
  return tokens.flatMap((start, index) => (index % 2 === 0 ? [text.slice(start, tokens[index + 1])] : []));
}
