import type * as ESTree from "estree";
import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node, Range } from "../../analysis/code/tree.ts";
import type { Model } from "../../analysis/code/model.ts";
import type { EditList } from "./edit-list.ts";
import { isAlone } from "./comments.ts";
import { gapEnd } from "./gaps.ts";
import { indentAt, unitOf, lineEndingOf } from "./layout.ts";
import { blanksEnd, endsLine, lineBreakLength } from "./white-space.ts";

type Member = ESTree.ObjectExpression["properties"][number];

/** A property with everything that belongs to it. */
interface Chunk {
  readonly member: Member;
  /** Where the white space in front of the property begins, behind any comment. */
  readonly start: number;
  readonly comma: number | undefined;
  /** Behind the comma and behind a comment at the end of its line. */
  readonly end: number;
  /** A line comment ends the chunk, so what follows needs a new line. */
  readonly endsLine: boolean;
}

/** An added property, or the place of one that stays or goes. */
interface Entry {
  readonly chunk: Chunk | undefined;
  readonly text: string;
  readonly at: number;
}

/** A stretch of the literal's inside as it will read. */
interface Stretch {
  /** What the user wrote, what is added at a place, or what is left of a removed property. */
  readonly kind: "source" | "added" | "left";
  range: Range;
  text: string;
  /** It ends in a line comment: what follows needs a line of its own. */
  readonly isOpen: boolean;
}

/** Adds and removes properties of an object literal; everything else in it stays as the user wrote it. */
export class LiteralEditor {
  readonly #model: Model;
  readonly #edits: EditList;
  readonly #literal: ESTree.ObjectExpression;
  readonly #chunks: readonly Chunk[];
  /** What is taken out, with the parts of it that are written elsewhere. */
  readonly #removed = new Map<Member, readonly Node[]>();
  readonly #added = new Map<Member | "first" | "last", string[]>();

  constructor(model: Model, edits: EditList, literal: ESTree.ObjectExpression) {
    this.#model = model;
    this.#edits = edits;
    this.#literal = literal;
    this.#chunks = readChunks(model, literal);
  }

  /** Takes a property out; `moved` are the parts of it that are written elsewhere, with their comments. */
  remove(member: Member, moved: readonly Node[] = []): void {
    this.#removed.set(member, moved);
  }

  /** Adds a property behind another one (which may be one that is removed), or as the first or the last. */
  add(text: string, behind: Member | "first" | "last"): void {
    this.#added.set(behind, [...(this.#added.get(behind) ?? []), text]);
  }

  /** True when the literal will hold nothing, not even a comment. */
  get becomesEmpty(): boolean {
    const inside = this.#model.commentsIn(rangeOf(this.#literal)).filter((comment) => {
      const [start] = rangeOf(comment);
      const chunk = this.#chunks.find(
        ({ member, start: from, end }) => this.#removed.has(member) && start >= from && start < end,
      );
      return chunk === undefined || this.#keptComments(chunk).includes(comment);
    });
    return (
      this.#added.size === 0 && inside.length === 0 && this.#chunks.every((chunk) => this.#removed.has(chunk.member))
    );
  }

  /** Makes the edits; call it once, after all edits inside the values. */
  finish(): void {
    const entries = this.#entries();
    if (this.#chunks.length === 0) {
      this.#fillEmpty(entries);
      return;
    }
    const staying = entries.filter(({ chunk }) => chunk === undefined || !this.#removed.has(chunk.member));
    const hasLastComma = this.#chunks.at(-1)?.comma !== undefined;
    const stretches: Stretch[] = [];
    let end = rangeOf(this.#literal)[0] + 1;
    for (const entry of entries) {
      const { chunk, at } = entry;
      const index = staying.indexOf(entry);
      const needsComma = index < staying.length - 1 || hasLastComma;
      if (chunk === undefined) {
        const text = this.#separator(staying, index) + entry.text + (needsComma ? "," : "");
        stretches.push({ kind: "added", range: [at, at], text, isOpen: false });
        continue;
      }
      stretches.push(this.#source([end, chunk.start]));
      if (index === -1) {
        stretches.push(this.#leftOf(chunk));
      } else {
        stretches.push(this.#source([chunk.start, chunk.end]));
        this.#setComma(chunk, needsComma);
      }
      end = chunk.end;
    }
    stretches.push(this.#source([end, rangeOf(this.#literal)[1] - 1]));
    this.#closeComments(stretches);
    this.#write(stretches);
  }

  #setComma({ comma, member }: Chunk, needsComma: boolean): void {
    if (comma === undefined && needsComma) {
      this.#edits.insert(rangeOf(member)[1], ",");
    } else if (comma !== undefined && !needsComma) {
      this.#edits.remove([comma, comma + 1]);
    }
  }

  #source([start, end]: Range): Stretch {
    const { text } = this.#model;
    const last = this.#model.commentsIn([start, end]).at(-1);
    const isOpen = last?.type === "Line" && !text.slice(rangeOf(last)[1], end).includes("\n");
    return { kind: "source", range: [start, end], text: text.slice(start, end), isOpen };
  }

  /** What stays of a removed property: comments. */
  #leftOf(chunk: Chunk): Stretch {
    const { text } = this.#model;
    const comments = this.#keptComments(chunk);
    const lineBreak = lineEndingOf(text) + indentAt(text, rangeOf(chunk.member)[0]);
    const texts = comments.map((comment, index) => {
      const isInline =
        comment.type === "Block" && comments[index - 1]?.type !== "Line" && !isAlone(this.#model, comment);
      return (isInline ? " " : lineBreak) + text.slice(...rangeOf(comment));
    });
    const isOpen = comments.at(-1)?.type === "Line";
    return { kind: "left", range: [chunk.start, chunk.end], text: texts.join(""), isOpen };
  }

  /** Writes a line break wherever a line comment would now go on with what follows it. */
  #closeComments(stretches: readonly Stretch[]): void {
    const { text } = this.#model;
    const lineBreak = lineEndingOf(text) + indentAt(text, rangeOf(this.#literal)[0]);
    let isOpen = false;
    let left: Stretch | undefined;
    for (const stretch of stretches) {
      left = stretch.kind === "left" ? stretch : left;
      if (stretch.text !== "") {
        if (isOpen && lineBreakLength(stretch.text, blanksEnd(stretch.text, 0)) === 0) {
          this.#breakBefore(stretch, left, stretch === stretches.at(-1) ? lineBreak : lineBreak + unitOf(this.#model));
        }
        isOpen = stretch.isOpen;
      }
    }
    if (isOpen && left !== undefined) {
      left.text += lineBreak;
    }
  }

  /** In front of what the user wrote stands what is left of the property that went. */
  #breakBefore(stretch: Stretch, left: Stretch | undefined, lineBreak: string): void {
    if (stretch.kind === "source" && left !== undefined) {
      left.text += lineBreak;
      // The blanks in front of it would add to its indentation.
      const [start] = stretch.range;
      const isNext = left.range[1] === start;
      left.range = [left.range[0], isNext ? blanksEnd(this.#model.text, start) : left.range[1]];
    } else {
      stretch.text = lineBreak + stretch.text;
    }
  }

  #write(stretches: readonly Stretch[]): void {
    for (const { kind, range, text } of stretches) {
      if (kind === "left") {
        this.#edits.replaceInside(range, text);
      } else if (kind === "added") {
        this.#edits.insert(range[0], text);
      }
    }
  }

  /**
   * The comments of a removed property that stay: all of one whose value is written elsewhere, else those on lines of
   * their own. Any other stands on a line that goes.
   */
  #keptComments({ member, start, end }: Chunk): ESTree.Comment[] {
    const moved = (this.#removed.get(member) ?? []).map(rangeOf);
    return this.#model.commentsIn([start, end]).filter((comment) => {
      const [from, to] = rangeOf(comment);
      const isMoved = moved.some((range) => from >= range[0] && to <= range[1]);
      return !isMoved && (moved.length > 0 || isAlone(this.#model, comment));
    });
  }

  #entries(): Entry[] {
    const entries: Entry[] = [];
    const addAll = (key: Member | "first" | "last", at: number): void => {
      for (const text of this.#added.get(key) ?? []) {
        entries.push({ chunk: undefined, text, at });
      }
    };
    const first = rangeOf(this.#literal)[0] + 1;
    addAll("first", first);
    for (const chunk of this.#chunks) {
      const entry = { chunk, text: "", at: chunk.start };
      if (this.#removed.has(chunk.member)) {
        // What is added in its place stands in front of the comments that stay of it.
        addAll(chunk.member, chunk.start);
        entries.push(entry);
      } else {
        entries.push(entry);
        addAll(chunk.member, chunk.end);
      }
    }
    addAll("last", this.#chunks.at(-1)?.end ?? first);
    return entries;
  }

  #fillEmpty(entries: readonly Entry[]): void {
    const { text } = this.#model;
    const [start, end] = rangeOf(this.#literal);
    if (entries.length === 0) {
      return;
    }
    const inside = text.slice(start + 1, end - 1).trimEnd();
    const lineBreak = lineEndingOf(text) + indentAt(text, start);
    const [before, after] = inside === "" ? [" ", " "] : [lineBreak + unitOf(this.#model), lineBreak];
    this.#edits.replace(
      [start + 1, end - 1],
      inside + before + entries.map((entry) => entry.text).join(`,${before}`) + after,
    );
  }

  /** The white space in front of an added property: the kind that the literal uses. */
  #separator(entries: readonly Entry[], index: number): string {
    const { text } = this.#model;
    const [start] = rangeOf(this.#literal);
    const gaps = this.#chunks.map((chunk) => text.slice(chunk.start, rangeOf(chunk.member)[0]));
    const lineGap = gaps.find((gap) => gap.includes("\n"));
    if (lineGap !== undefined) {
      return lineEndingOf(text) + lineGap.slice(lineGap.lastIndexOf("\n") + 1);
    }
    if (index > 0 && entries[index - 1]?.chunk?.endsLine === true) {
      return lineEndingOf(text) + indentAt(text, start) + unitOf(this.#model);
    }
    return index === 0 ? (gaps[0] ?? "") : " ";
  }
}

function readChunks(model: Model, literal: ESTree.ObjectExpression): Chunk[] {
  const { text } = model;
  const [literalStart] = rangeOf(literal);
  let previousEnd = literalStart + 1;
  return literal.properties.map((member) => {
    const [start, end] = rangeOf(member);
    const gap = gapEnd(model, end);
    const comma = text[gap] === "," ? gap : undefined;
    const afterComma = comma === undefined ? end : comma + 1;
    const comment = commentBehind(model, afterComma);
    const chunkEnd = comment === undefined ? afterComma : rangeOf(comment)[1];
    const lead = model.commentsIn([previousEnd, start]).at(-1);
    const chunk: Chunk = {
      member,
      start: lead === undefined ? previousEnd : rangeOf(lead)[1],
      comma,
      end: chunkEnd,
      endsLine: comment?.type === "Line",
    };
    previousEnd = chunkEnd;
    return chunk;
  });
}

/** The comment that ends the line of an offset, with nothing but blanks in front of it, and on that line alone. */
function commentBehind(model: Model, offset: number): ESTree.Comment | undefined {
  const { text } = model;
  const from = blanksEnd(text, offset);
  const comment = model.commentsIn([from, from + 1])[0];
  if (comment === undefined) {
    return undefined;
  }
  const [start, end] = rangeOf(comment);
  return start === from && endsLine(text, end) && !text.slice(start, end).includes("\n") ? comment : undefined;
}
