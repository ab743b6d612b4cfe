import type { Range } from "../analysis/code/tree.ts";
import { lineRangeOf } from "../edits/text/layout.ts";
import { blanksEnd, lineBreakLength } from "../edits/text/white-space.ts";

/** What goes with a text that is taken away: its line where it fills it, and one of two empty lines around that. */
export function removedRange(text: string, range: Range): Range {
  const [start, end] = lineRangeOf(text, range);
  const isBehindGap = start === 0 || /\n\r?\n$/u.test(text.slice(Math.max(0, start - 3), start));
  if (!isBehindGap || text[end - 1] !== "\n") return [start, end];
  const next = blanksEnd(text, end);
  return [start, next + lineBreakLength(text, next)];
}
