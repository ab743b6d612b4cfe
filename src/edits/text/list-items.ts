import type * as ESTree from "estree";
import { rangeOf } from "../../analysis/code/tree.ts";
import type { FunctionNode, Range } from "../../analysis/code/tree.ts";
import type { Model } from "../../analysis/code/model.ts";
import type { EditList } from "./edit-list.ts";
import { gapEnd } from "./gaps.ts";
import { lineRangeOf } from "./layout.ts";
import { withParentheses } from "./parentheses.ts";
import { blanksEnd, blanksStart, endsLine, rareBlanksEnd } from "./white-space.ts";

/** The range of a call's arguments, without its parentheses. */
export function argumentsRange(model: Model, call: ESTree.SimpleCallExpression): Range {
  // The callee may stand in parentheses of its own.
  return [openingBehind(model, rangeOf(call.callee)[1]) + 1, rangeOf(call)[1] - 1];
}

/** Where the parameters of a function open; an arrow function must have parentheses around them. */
export function parametersStart(model: Model, node: FunctionNode): number {
  return openingBehind(model, rangeOf(node)[0]);
}

/** Where the parentheses around the parameters of a function end. */
export function parametersEnd(model: Model, node: FunctionNode): number {
  const last = node.params.at(-1);
  let close = gapEnd(model, last === undefined ? parametersStart(model, node) + 1 : rangeOf(last)[1]);
  while (model.text[close] !== ")") {
    close = gapEnd(model, close + 1);
  }
  return close + 1;
}

/** Where the first parenthesis opens that stands in no comment. */
function openingBehind(model: Model, offset: number): number {
  let open = gapEnd(model, offset);
  while (model.text[open] !== "(") {
    open = gapEnd(model, open + 1);
  }
  return open;
}

/** The comma behind an item; undefined behind the last item of a list without a comma at its end. */
function commaBehind(model: Model, end: number): Range | undefined {
  const at = gapEnd(model, end);
  return model.text[at] === "," ? [at, at + 1] : undefined;
}

/** Items that follow each other in a list, and are all taken out; `from` and `to` are their first and last index. */
interface Run {
  readonly from: number;
  readonly to: number;
}

function runsOf(count: number, removed: ReadonlySet<number>): Run[] {
  const runs: Run[] = [];
  for (let from = 0; from < count; from += 1) {
    if (removed.has(from)) {
      let to = from;
      while (removed.has(to + 1)) {
        to += 1;
      }
      runs.push({ from, to });
      from = to;
    }
  }
  return runs;
}

/**
 * Takes items out of a list, each with the comma that belongs to it; comments between the items stay, on lines as they
 * are.
 *
 * @param items the ranges of all items
 */
export function removeItems(
  model: Model,
  edits: EditList,
  items: readonly Range[],
  removed: ReadonlySet<number>,
): void {
  for (const { from, to } of runsOf(items.length, removed)) {
    const [previous, first, last, next] = [items[from - 1], items[from], items[to], items[to + 1]];
    if (first === undefined || last === undefined) {
      continue;
    }
    const behind = previous === undefined ? first[0] : rareBlanksEnd(model.text, previous[1]);
    const region: Range = next === undefined ? [behind, last[1]] : [first[0], next[0]];
    const around: Range = [previous?.[1] ?? first[0], next?.[0] ?? commaBehind(model, last[1])?.[1] ?? last[1]];
    const isAlone = previous === undefined && next === undefined;
    if (!isAlone && model.commentsIn(around).length === 0) {
      edits.replaceInside(region, "");
      continue;
    }
    // Each goes with the comma behind it; where the last item has none, with the comma in front.
    const hasLastComma = commaBehind(model, last[1]) !== undefined;
    const parted = hasLastComma || previous === undefined ? items.slice(from, to + 1) : items.slice(from - 1, to);
    const commas = parted.map(([, end]) => commaBehind(model, end)).filter((comma) => comma !== undefined);
    for (const piece of joined(model.text, [...items.slice(from, to + 1), ...commas])) {
      edits.replaceInside(pieceWithLine(model, piece), "");
    }
  }
}

/** Ranges between which nothing but blanks stands, as one. */
function joined(text: string, ranges: readonly Range[]): Range[] {
  const all: [number, number][] = [];
  for (const [start, end] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = all.at(-1);
    if (last !== undefined && blanksEnd(text, last[1]) === start) {
      last[1] = end;
    } else {
      all.push([start, end]);
    }
  }
  return all;
}

/** A piece with its line when it fills it, else with the blanks that would stand doubled or at the line's end. */
function pieceWithLine({ text }: Model, [start, end]: Range): Range {
  const line = lineRangeOf(text, [start, end]);
  if (line[0] !== start || line[1] !== end) {
    return line;
  }
  if (endsLine(text, end) || /[)\]}]/u.test(text.charAt(end))) {
    return [blanksStart(text, start), end];
  }
  return /[\s([{]/u.test(text.charAt(start - 1)) ? [start, blanksEnd(text, end)] : [start, end];
}

/** Takes one argument out of a call. */
export function removeArgument(
  model: Model,
  edits: EditList,
  call: ESTree.SimpleCallExpression | ESTree.NewExpression,
  index: number,
): void {
  const items = call.arguments.map((argument) => withParentheses(model, argument));
  removeItems(model, edits, items, new Set([index]));
}

/** Takes one parameter out of a function. */
export function removeParameter(model: Model, edits: EditList, owner: FunctionNode, index: number): void {
  const [only] = owner.params;
  const isBare =
    only !== undefined &&
    owner.params.length === 1 &&
    owner.type === "ArrowFunctionExpression" &&
    model.text[gapEnd(model, rangeOf(only)[1])] === "=";
  if (isBare) {
    edits.replace(rangeOf(only), "()");
  } else {
    removeItems(model, edits, owner.params.map(rangeOf), new Set([index]));
  }
}
