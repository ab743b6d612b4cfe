import { lastAtMost } from "../../analysis/code/rising.ts";
import type { Range } from "../../analysis/code/tree.ts";

/** One replacement of source text. An insertion has an empty range. */
export interface Edit {
  readonly range: Range;
  readonly text: string;
}

/** A text with edits applied, and the way back from its offsets to the original ones. */
export interface EditedText {
  readonly text: string;
  /** The original offset of an offset in the new text; inside replaced text it is where the replacement begins. */
  originalOffset(offset: number): number;
  /** The same for text that no edit wrote; undefined inside what an edit wrote. */
  keptOffset(offset: number): number | undefined;
}

/**
 * Edits over one source text, applied once. Bytes that no edit touches stay as they are by construction.
 * Insertions at the same place keep the order in which they were made. Where a word would melt together
 * with another one (`let{a}=b,c` without the first declarator), a blank keeps them apart.
 */
export class EditList {
  readonly #edits: Edit[] = [];
  /** What stands in front of the first, or further back than the second, holds no edit. */
  #nearest = Infinity;
  #furthest = 0;

  get isEmpty(): boolean {
    return this.#edits.length === 0;
  }

  /** The edits in the order in which they were made. */
  get all(): readonly Edit[] {
    return this.#edits;
  }

  /** A list of these edits and those of another one, which come behind them where both are at the same place. */
  with(others: EditList): EditList {
    const all = new EditList();
    for (const { range, text } of [...this.#edits, ...others.#edits]) all.replace(range, text);
    return all;
  }

  replace(range: Range, text: string): void {
    this.#reach(range);
    this.#edits.push({ range, text });
  }

  remove(range: Range): void {
    this.replace(range, "");
  }

  insert(offset: number, text: string): void {
    this.replace([offset, offset], text);
  }

  /** Inserts a text that belongs to the code in front of it: it comes before all else that is inserted at the offset. */
  insertBehind(offset: number, text: string): void {
    this.#reach([offset, offset]);
    this.#edits.unshift({ range: [offset, offset], text });
  }

  /**
   * The text of a range with the edits inside it applied: for text that is moved.
   * The edits stay in the list; a caller that moves the text replaces the range by {@link replaceWhole}.
   */
  textOf(source: string, range: Range): string {
    const inside = this.#edits.filter((edit) => contains(range, edit.range));
    return applyEdits(
      source.slice(...range),
      inside.map((edit) => shift(edit, -range[0])),
    ).text;
  }

  /** Replaces a range together with all edits made inside it; what is removed across an end of it, is still removed. */
  replaceWhole(range: Range, text: string): void {
    if (this.#isApart(range)) {
      this.replace(range, text);
      return;
    }
    const outside = this.#edits
      .filter((edit) => !contains(range, edit.range))
      .map((edit) => (edit.text === "" ? { range: outsideOf(range, edit.range), text: "" } : edit));
    this.#edits.splice(0, this.#edits.length, ...outside);
    this.replace(range, text);
  }

  /** The same as {@link replaceWhole}, but what is inserted at the ends of the range belongs to what is around it. */
  replaceInside(range: Range, text: string): void {
    const isInside = (edit: Edit): boolean => contains(range, edit.range) && !isInsertionAtEnd(range, edit.range);
    // Most ranges hold no edit: a list of those outside would be as long as all edits, for each range.
    if (!this.#isApart(range) && this.#edits.some(isInside)) {
      const outside = this.#edits.filter((edit) => !isInside(edit));
      this.#edits.splice(0, this.#edits.length, ...outside);
    }
    this.replace(range, text);
  }

  /**
   * Takes an indentation away from the lines of a range, those that edits wrote included; what stands in them keeps its
   * place.
   *
   * @param indent what each line loses, behind what it keeps
   * @param isDataLine true for the offset of a line that is text in a template literal
   */
  outdent(
    source: string,
    range: Range,
    { kept, indent }: { readonly kept: string; readonly indent: string },
    isDataLine: (offset: number) => boolean,
  ): void {
    this.#moveLines(source, range, isDataLine, { kept, from: indent, to: "" });
  }

  /** The same the other way round: each line that begins with `kept` gets an indentation behind it. */
  indent(
    source: string,
    range: Range,
    { kept, indent }: { readonly kept: string; readonly indent: string },
    isDataLine: (offset: number) => boolean,
  ): void {
    this.#moveLines(source, range, isDataLine, { kept, from: "", to: indent });
  }

  #moveLines(
    source: string,
    range: Range,
    isDataLine: (offset: number) => boolean,
    { kept, from, to }: { readonly kept: string; readonly from: string; readonly to: string },
  ): void {
    const moved = (text: string): string =>
      text
        .split("\n")
        .map((line, index) =>
          index === 0 || !line.startsWith(kept + from) || line === "\r"
            ? line
            : kept + to + line.slice(kept.length + from.length),
        )
        .join("\n");
    const edits = this.#edits.map((edit) => (contains(range, edit.range) ? { ...edit, text: moved(edit.text) } : edit));
    const isEdited = (start: number, end: number): boolean =>
      edits.some((edit) => edit.range[0] < end && edit.range[1] > start);
    for (
      let line = source.indexOf("\n", range[0]) + 1;
      line > 0 && line < range[1];
      line = source.indexOf("\n", line) + 1
    ) {
      const place: Range = [line + kept.length, line + kept.length + from.length];
      const isBlank = /^[\r\n]/u.test(source.slice(line, line + 1));
      if (source.startsWith(kept + from, line) && !isBlank && !isDataLine(line) && !isEdited(line, place[1])) {
        edits.push({ range: place, text: to });
      }
    }
    this.#reach([range[0], range[1] + kept.length + from.length]);
    this.#edits.splice(0, this.#edits.length, ...edits);
  }

  /** Where the edited text has line breaks, as offsets of the source in order: its own, and the starts of edits that write some. */
  lineBreaksIn(source: string): readonly number[] {
    const own = [...source.matchAll(/\n/gu)].map(({ index }) => index);
    const written = this.#edits.filter(({ text }) => text.includes("\n")).map(({ range }) => range[0]);
    return [...own, ...written].toSorted((a, b) => a - b);
  }

  /** Inserts a text at offsets of the edited text, each inside of what an edit wrote. */
  insertIntoNew(source: string, offsets: readonly number[], text: string): void {
    let shifted = 0;
    const written = wordsApart(source, inOrder(this.#edits)).map((edit): Edit => {
      const start = edit.range[0] + shifted;
      const inside = offsets.filter((offset) => offset >= start && offset < start + edit.text.length);
      shifted += edit.text.length - (edit.range[1] - edit.range[0]);
      const extended = inside
        .toSorted((a, b) => b - a)
        .reduce((code, offset) => code.slice(0, offset - start) + text + code.slice(offset - start), edit.text);
      return { ...edit, text: extended };
    });
    this.#edits.splice(0, this.#edits.length, ...written);
  }

  #reach([start, end]: Range): void {
    this.#nearest = Math.min(this.#nearest, start);
    this.#furthest = Math.max(this.#furthest, end);
  }

  /** True for a range in front of all edits, or behind them: who writes one after the other asks for no more. */
  #isApart([start, end]: Range): boolean {
    return end < this.#nearest || start > this.#furthest;
  }

  /** @throws {Error} when two edits overlap: a fault of the transform that made them */
  applyTo(source: string): EditedText {
    return applyEdits(source, this.#edits);
  }
}

function contains(outer: Range, inner: Range): boolean {
  return inner[0] >= outer[0] && inner[1] <= outer[1];
}

/** The part of a range in front of another one or behind it; the whole where it holds more than one such part. */
function outsideOf([from, to]: Range, [start, end]: Range): Range {
  if (start < from && end > from && end <= to) return [start, from];
  return start >= from && start < to && end > to ? [to, end] : [start, end];
}

function isInsertionAtEnd(outer: Range, [start, end]: Range): boolean {
  return start === end && (start === outer[0] || start === outer[1]);
}

function shift(edit: Edit, by: number): Edit {
  return { range: [edit.range[0] + by, edit.range[1] + by], text: edit.text };
}

function inOrder(edits: readonly Edit[]): Edit[] {
  return edits.toSorted((a, b) => a.range[0] - b.range[0] || a.range[1] - b.range[1]);
}

const WORD = /[\p{ID_Continue}$]/u;

/** True for an offset inside a word of the source. */
function splitsWord(source: string, offset: number): boolean {
  return WORD.test(source.charAt(offset - 1)) && WORD.test(source.charAt(offset));
}

/** The same edits, in order, with a blank at the ends at which a word of the source would get longer. */
function wordsApart(source: string, sorted: readonly Edit[]): Edit[] {
  let position = 0;
  // The last character of the source that stays, while nothing is written behind it.
  let kept = "";
  return sorted.map(({ range, text }, index) => {
    const [start, end] = range;
    kept = start > position ? source.charAt(start - 1) : kept;
    position = end;
    const follower = sorted[index + 1]?.range[0] === end ? "" : source.charAt(end);
    const opens = !splitsWord(source, start) && WORD.test(kept) && WORD.test(text.charAt(0));
    const opened = opens ? ` ${text}` : text;
    const closes = !splitsWord(source, end) && WORD.test(opened.at(-1) ?? kept) && WORD.test(follower);
    const closed = closes ? `${opened} ` : opened;
    kept = closed === "" ? kept : "";
    return { range, text: closed };
  });
}

function applyEdits(source: string, edits: readonly Edit[]): EditedText {
  const sorted = wordsApart(source, inOrder(edits));
  const pieces: { readonly newStart: number; readonly originalStart: number; readonly isKept: boolean }[] = [];
  let text = "";
  let position = 0;
  for (const edit of sorted) {
    const [start, end] = edit.range;
    if (start < position) {
      throw new Error(`Two edits overlap at offset ${String(start)}: ${JSON.stringify(edit.text)}.`);
    }
    pieces.push({ newStart: text.length, originalStart: position, isKept: true });
    text += source.slice(position, start);
    pieces.push({ newStart: text.length, originalStart: start, isKept: false });
    text += edit.text;
    position = end;
  }
  pieces.push({ newStart: text.length, originalStart: position, isKept: true });
  text += source.slice(position);
  const starts = pieces.map(({ newStart }) => newStart);
  // Whoever asks for all tokens of a text asks for one after the other.
  let latest = 0;
  const pieceAt = (offset: number): (typeof pieces)[number] | undefined => {
    if (!((starts[latest] ?? Infinity) <= offset && offset < (starts[latest + 1] ?? Infinity))) {
      latest = lastAtMost(starts, offset);
    }
    return pieces[latest];
  };
  const keptOffset = (offset: number): number | undefined => {
    const piece = pieceAt(offset);
    return piece?.isKept === true ? piece.originalStart + offset - piece.newStart : undefined;
  };
  return {
    text,
    originalOffset: (offset) => keptOffset(offset) ?? pieceAt(offset)?.originalStart ?? offset,
    keptOffset,
  };
}
