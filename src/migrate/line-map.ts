import { diffLines } from "diff";

/** Leads a line of the second text back to the first: to itself where it is the same, else to what stood in its place. */
export function linesBefore(before: string, after: string): (line: number) => number {
  const parts: { readonly after: number; readonly before: number; readonly length: number }[] = [];
  let [lineAfter, lineBefore, lineRemoved] = [1, 1, 1];
  for (const { added, removed, count } of diffLines(before, after)) {
    if (removed) {
      lineRemoved = lineBefore;
      lineBefore += count;
    } else {
      const start = added ? lineRemoved : lineBefore;
      parts.push({ after: lineAfter, before: start, length: added ? lineBefore - start : count });
      lineAfter += count;
      if (!added) lineBefore += count;
      lineRemoved = lineBefore;
    }
  }
  return (line) => {
    const part = parts.findLast((each) => each.after <= line);
    return part === undefined ? 1 : part.before + Math.max(0, Math.min(line - part.after, part.length - 1));
  };
}
