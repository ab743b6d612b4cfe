import { createModel } from "../analysis/code/model.ts";
import { parseSource } from "../analysis/code/parse.ts";
import { rangeOf } from "../analysis/code/tree.ts";
import type { Range } from "../analysis/code/tree.ts";
import { findImportLikeText, importLikeIn } from "../analysis/modules/cli-hazards.ts";
import { isTypeScript } from "../typescript/compiler.ts";
import { typedTokens } from "../typescript/typed-tokens.ts";

/** A text in either language as what it is made of. */
export interface CommentedCode {
  readonly text: string;
  /** Where tokens begin and end, one after another. */
  readonly tokens: readonly number[];
  readonly comments: readonly Range[];
  /** How many places look like an import to the platform's command line and are not. */
  readonly importLike: number;
}

/** Undefined for what does not parse: it can't be compared. */
export function codeOf(path: string, text: string): CommentedCode | undefined {
  if (isTypeScript(path)) {
    const typed = typedTokens(text);
    return typed && { text, ...typed, importLike: importLikeIn(text, typed.imports).length };
  }
  try {
    const model = createModel(parseSource(text));
    const { comments, reading } = model;
    const importLike = findImportLikeText(model).length;
    return { text, tokens: reading?.tokens ?? [], comments: comments.map(rangeOf), importLike };
  } catch {
    return undefined;
  }
}
