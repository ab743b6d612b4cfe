import type * as ESTree from "estree";
import { rangeOf } from "../../analysis/code/tree.ts";
import type { Range } from "../../analysis/code/tree.ts";
import type { Model } from "../../analysis/code/model.ts";
import { endsLine, startsLine } from "./white-space.ts";

/** The comments in a range as they are written, in source order. */
export function commentTexts(model: Model, range: Range): string[] {
  return model.commentsIn(range).map((comment) => model.text.slice(...rangeOf(comment)));
}

/** Comments in front of code on the same line; behind a line comment the code gets a line of its own. */
export function inFrontOf(comments: readonly string[], lineBreak: string): string {
  return comments.map((comment) => comment + (comment.startsWith("//") ? lineBreak : " ")).join("");
}

/** True for a comment with nothing else on its lines. */
export function isAlone({ text }: Model, comment: ESTree.Comment): boolean {
  const [start, end] = rangeOf(comment);
  return startsLine(text, start) && endsLine(text, end);
}
