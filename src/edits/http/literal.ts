import type * as ESTree from "estree";
import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import type { Model } from "../../analysis/code/model.ts";
import type { EditList } from "../text/edit-list.ts";
import { indentAt, indentUnitOf, lineEndingOf } from "../text/layout.ts";

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

interface Entry {
  readonly chunk: Chunk | undefined;
  readonly text: string;
  readonly at: number;
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
    for (const chunk of this.#chunks.filter(({ member }) => this.#removed.has(member))) {
      this.#edits.replaceWhole([chunk.start, chunk.end], this.#keptText(chunk));
    }
    const hasLastComma = this.#chunks.at(-1)?.comma !== undefined;
    entries.forEach((entry, index) => {
      const needsComma = index < entries.length - 1 || hasLastComma;
      if (entry.chunk === undefined) {
        this.#edits.insert(entry.at, this.#separator(entries, index) + entry.text + (needsComma ? "," : ""));
      } else if (entry.chunk.comma === undefined && needsComma) {
        this.#edits.insert(rangeOf(entry.chunk.member)[1], ",");
      } else if (entry.chunk.comma !== undefined && !needsComma) {
        this.#edits.remove([entry.chunk.comma, entry.chunk.comma + 1]);
      }
    });
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
      return !isMoved && (moved.length > 0 || isAlone(this.#model.text, comment));
    });
  }

  #keptText(chunk: Chunk): string {
    const { text } = this.#model;
    const comments = this.#keptComments(chunk);
    const lineBreak = lineEndingOf(text) + indentAt(text, rangeOf(chunk.member)[0]);
    const texts = comments.map((comment) => {
      const isInline = comment.type === "Block" && !isAlone(text, comment);
      return (isInline ? " " : lineBreak) + text.slice(...rangeOf(comment));
    });
    const needsBreak = comments.at(-1)?.type === "Line" && !/^[\t ]*\r?\n/u.test(text.slice(chunk.end));
    return texts.join("") + (needsBreak ? lineBreak : "");
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
      const isRemoved = this.#removed.has(chunk.member);
      if (!isRemoved) {
        entries.push({ chunk, text: "", at: chunk.start });
      }
      addAll(chunk.member, isRemoved ? chunk.start : chunk.end);
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
    const [before, after] = inside === "" ? [" ", " "] : [lineBreak + indentUnitOf(text), lineBreak];
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
      return lineEndingOf(text) + indentAt(text, start) + indentUnitOf(text);
    }
    return index === 0 ? (gaps[0] ?? "") : " ";
  }
}

function readChunks(model: Model, literal: ESTree.ObjectExpression): Chunk[] {
  const { text } = model;
  const [literalStart, literalEnd] = rangeOf(literal);
  let previousEnd = literalStart + 1;
  return literal.properties.map((member, index) => {
    const [start, end] = rangeOf(member);
    const next = literal.properties[index + 1];
    const comma = findComma(model, end, next === undefined ? literalEnd - 1 : rangeOf(next)[0]);
    const afterComma = comma === undefined ? end : comma + 1;
    const comment = /^[\t ]*(?:\/\/[^\r\n]*|\/\*(?:(?!\*\/)[^\r\n])*\*\/(?=[\t ]*(?:\r?\n|$)))/u.exec(
      text.slice(afterComma),
    );
    const chunkEnd = Math.min(afterComma + (comment?.[0].length ?? 0), literalEnd - 1);
    const lead = model.commentsIn([previousEnd, start]).at(-1);
    const chunk: Chunk = {
      member,
      start: lead === undefined ? previousEnd : rangeOf(lead)[1],
      comma,
      end: chunkEnd,
      endsLine: comment?.[0].trimStart().startsWith("//") === true,
    };
    previousEnd = chunkEnd;
    return chunk;
  });
}

/** True for a comment with nothing else on its lines. */
function isAlone(text: string, comment: ESTree.Comment): boolean {
  const [start, end] = rangeOf(comment);
  return /(?:^|\n)[\t ]*$/u.test(text.slice(0, start)) && /^[\t ]*\r?\n/u.test(text.slice(end));
}

function findComma(model: Model, from: number, to: number): number | undefined {
  const comments = model.commentsIn([from, to]);
  for (let offset = from; offset < to; offset += 1) {
    const comment = comments.find((item) => rangeOf(item)[0] === offset);
    if (comment !== undefined) {
      offset = rangeOf(comment)[1] - 1;
    } else if (model.text[offset] === ",") {
      return offset;
    }
  }
  return undefined;
}
