import { rangeOf } from "../../analysis/code/tree.ts";
import type { Range } from "../../analysis/code/tree.ts";
import type { Model } from "../../analysis/code/model.ts";
import { spaceEnd, spaceStart } from "./white-space.ts";

/** The index of the first comment for which a property holds that holds for all later ones too. */
function firstComment({ comments }: Model, isLate: (range: Range) => boolean): number {
  let [low, high] = [0, comments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const comment = comments[middle];
    if (comment === undefined || isLate(rangeOf(comment))) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

/** Where white space and comments end that begin at an offset: the next token, or the end of the text. */
export function gapEnd(model: Model, offset: number): number {
  let end = offset;
  for (let index = firstComment(model, ([start]) => start >= offset); ; index += 1) {
    end = spaceEnd(model.text, end);
    const comment = model.comments[index];
    if (comment === undefined || rangeOf(comment)[0] !== end) {
      return end;
    }
    [, end] = rangeOf(comment);
  }
}

/** Where white space and comments begin that end at an offset: behind the token in front, or at the start of the text. */
export function gapStart(model: Model, offset: number): number {
  let start = offset;
  for (let index = firstComment(model, ([, end]) => end > offset) - 1; ; index -= 1) {
    start = spaceStart(model.text, start);
    const comment = model.comments[index];
    if (comment === undefined || rangeOf(comment)[1] !== start) {
      return start;
    }
    [start] = rangeOf(comment);
  }
}
