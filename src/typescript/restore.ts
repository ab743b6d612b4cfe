import type { Model } from "../analysis/code/model.ts";
import { parseSource } from "../analysis/code/parse.ts";
import { lastAtMost } from "../analysis/code/rising.ts";
import { rangeOf } from "../analysis/code/tree.ts";
import { EditList } from "../edits/text/edit-list.ts";
import { CONTINUING, lineEndingOf } from "../edits/text/layout.ts";
import { lineStart, spaceEnd } from "../edits/text/white-space.ts";
import type { Annotation, Migrated } from "./migrated.ts";
import type { Erased, Piece } from "./erase.ts";
import { requestPlaces } from "./responses.ts";
import type { RequestPlaces } from "./responses.ts";
import { removedRange } from "./removed-range.ts";
import type { FoundMark } from "./marks.ts";

/** A text with its types again. */
export interface Restored {
  readonly text: string;
  /** What has no mark any more, or nothing that it could belong to. */
  readonly lost: readonly Piece[];
}

/** What stands around a place; comments don't count. */
interface Neighbours {
  /** The tokens in front of it, the nearest first. */
  readonly before: readonly [string, string, string];
  readonly after: string;
  /** True when nothing but white space is left of the line. */
  readonly isLineEnd: boolean;
}

/** Marks of a result that stand where what they stand for may stand. */
export function placedMarks({ text, marks, pieces }: Erased, migrated: Migrated): FoundMark[] {
  const output = migrated.model.text;
  const [then, now] = [neighbours(text), neighbours(output)];
  const there = new Map(marks.read(text).map(({ start, number }) => [number, then(start)]));
  const importsEnd = endOfImports(migrated);
  const requests = requestPlaces(migrated.model);
  const isValueEnd = valueEnds(migrated.model);
  return marks.read(output).filter((mark) => {
    const [piece, original] = [pieces[mark.number], there.get(mark.number)];
    if (piece === undefined || original === undefined) return false;
    if ((isImport(piece) && mark.start > importsEnd) || isOfRequest(piece, mark, requests)) return false;
    const around = { ...now(mark.start), isValueEnd: isValueEnd(mark.start) };
    const isInPlace = migrated.keptOffset(mark.start) !== undefined;
    return belongs(piece, original, around, isInPlace) && output.startsWith(piece.code, mark.end);
  });
}

/** What was said of the answer of V1 is not true of the Response of fetch. */
function isOfRequest({ role }: Piece, { start, end }: FoundMark, requests: RequestPlaces): boolean {
  if (role === "cast" || role === "non-null") return requests.isBehind(start);
  if (role === "angle-cast") return requests.isBefore(end);
  return role === "type-arguments" && requests.isBehindCallee(start);
}

/**
 * Writes the types of a text into what became of its JavaScript, as far as what they belong to is still there.
 *
 * @param placed the marks that may stand where they are
 * @param annotations types that the original did not have, or has otherwise: at offsets of the result
 */
export function restoreTypes(
  { marks, pieces }: Erased,
  migrated: Migrated,
  placed: readonly FoundMark[],
  annotations: readonly Annotation[],
): Restored {
  const output = migrated.model.text;
  const importsEnd = endOfImports(migrated);
  const [stay, replaced] = [
    new Set(placed.map(({ start }) => start)),
    new Set(annotations.map(({ offset }) => offset)),
  ];
  const edits = new EditList();
  const kept = new Set<Piece>();
  for (const mark of marks.read(output)) {
    const piece = pieces[mark.number];
    if (piece !== undefined && stay.has(mark.start) && !replaced.has(mark.start)) {
      edits.replace([mark.start, mark.end + piece.code.length], gapInFront(piece, output, mark) + piece.text);
      kept.add(piece);
    } else {
      edits.remove(removedRange(output, [mark.start, mark.end]));
    }
  }
  for (const { offset, text: annotation } of annotations) edits.insert(offset, annotation);
  const lost = pieces.filter((piece) => !kept.has(piece));
  const moved = lost.filter(({ role, isTop }) => role === "statement" && isTop);
  edits.insert(importsEnd, textOfMoved(moved, output, importsEnd));
  return { text: edits.applyTo(output).text, lost: lost.filter((piece) => !moved.includes(piece)) };
}

function isImport({ role, text }: Piece): boolean {
  return role === "statement" && text.startsWith("import");
}

/** Where the last import ends; in front of the first statement where there is none. */
function endOfImports({ model }: Migrated): number {
  const last = model.program.body.findLast(({ type }) => type === "ImportDeclaration");
  const [first] = model.program.body;
  if (last !== undefined) return rangeOf(last)[1];
  return first === undefined ? 0 : lineStart(model.text, rangeOf(first)[0]);
}

/** Declarations of types whose place is gone: they mean the same anywhere at the module level. */
function textOfMoved(moved: readonly Piece[], output: string, offset: number): string {
  const lineBreak = lineEndingOf(output);
  const [imports, others] = [moved.filter(isImport), moved.filter((piece) => !isImport(piece))];
  const isBehind = offset > lineStart(output, offset);
  const lines = [
    ...imports.map(({ text }) => (isBehind ? lineBreak + text : text + lineBreak)),
    ...others.map(({ text }) => (isBehind ? lineBreak + lineBreak + text : text + lineBreak + lineBreak)),
  ];
  return lines.join("");
}

/** The empty line that stood in front of a declaration, where the result has lost it. */
function gapInFront({ isBehindGap }: Piece, output: string, { start }: FoundMark): string {
  if (!isBehindGap || start === 0) return "";
  const line = lineStart(output, start);
  const before = output.slice(0, Math.max(0, line - 1)).trimEnd();
  const isGap = line === 0 || output.slice(before.length, line).split("\n").length > 2;
  return isGap || before === "" ? "" : lineEndingOf(output);
}

/** Looks up what stands around places of a text. */
function neighbours(text: string): (offset: number) => Neighbours {
  const tokens = parseSource(text).reading?.tokens ?? [];
  const starts = tokens.filter((_, index) => index % 2 === 0);
  const tokenAt = (index: number): string => text.slice(tokens[2 * index] ?? 0, tokens[2 * index + 1] ?? 0);
  return (offset) => {
    const last = lastAtMost(starts, offset);
    return {
      before: [tokenAt(last), tokenAt(last - 1), tokenAt(last - 2)],
      after: tokenAt(last + 1),
      isLineEnd: text.slice(offset, spaceEnd(text, offset)).includes("\n"),
    };
  };
}

/** Tokens that may follow an expression with a cast, so that no part of what follows is read as a part of the type. */
const BEHIND_CASTS = new Set([")", ",", ";", "]", "}", ":", "?", "??", "||", "&&", "", "==", "===", "!=", "!=="]);

/** What an expression may end with. */
const EXPRESSION_END = /^(?:[)\]}"'`/]|[\p{ID_Continue}$])/u;

/** Whether what stands around a place lets the type stand there. */
function belongs(
  { role }: Piece,
  then: Neighbours,
  now: Neighbours & { readonly isValueEnd: boolean },
  isInPlace: boolean,
): boolean {
  const { before, after } = now;
  const isBehindSame = before[0] === then.before[0];
  const isBehindValue =
    now.isValueEnd && (isBehindSame || (isInPlace && EXPRESSION_END.test(before[0].slice(-1)) && before[1] !== "from"));
  switch (role) {
    case "statement":
    case "member":
    case "stand-in":
      return true;
    case "variable":
      return isBehindSame && after !== "(" && after !== ".";
    case "parameter":
      return isBehindSame && [",", ")", "=", "=>"].includes(after) && before[2] !== "catch";
    case "return":
      return before[0] === ")" && (after === "{" || after === "=>");
    case "cast":
      return isBehindValue && (mayFollowCast(now) || after === then.after);
    case "non-null":
      return isBehindValue;
    case "field":
      return isBehindSame;
    case "angle-cast":
    case "modifier":
    case "this-parameter":
    case "type-arguments":
    case "type-parameters":
    case "implements":
    case "optional-method":
      return after === then.after;
  }
}

function mayFollowCast({ after, isLineEnd }: Neighbours): boolean {
  return BEHIND_CASTS.has(after) || (isLineEnd && !CONTINUING.test(after) && !/^[.<>=*%&|^?]/u.test(after));
}

/** Whether an expression ends at a place, or in front of the white space there: a block ends with the same sign as an object. */
function valueEnds(model: Model): (offset: number) => boolean {
  const types = ["ObjectExpression", "FunctionExpression", "ArrowFunctionExpression", "ClassExpression"] as const;
  const ends = new Set(types.flatMap((type) => model.nodes(type).map((node) => rangeOf(node)[1])));
  return (offset) => {
    let end = offset;
    while (/\s/u.test(model.text.charAt(end - 1))) end -= 1;
    return model.text.charAt(end - 1) !== "}" || ends.has(end);
  };
}
