import type { Model } from "../analysis/code/model.ts";
import { rangeOf } from "../analysis/code/tree.ts";
import type { Range } from "../analysis/code/tree.ts";
import { writtenComments } from "../edits/contract/written-comments.ts";
import { templateTexts } from "../edits/templates/texts.ts";
import type { Output } from "./pipeline.ts";

/** What a text is made of. */
interface LexicalParts {
  /** Where they begin and end, one number after the other. */
  readonly tokens: readonly number[];
  /** The places of texts in quotes and templates, which are edited inside as well. */
  readonly strings: ReadonlySet<number>;
  readonly comments: readonly Range[];
}

/** Takes the text of a file apart, from what its parser has kept. */
function lexicalPartsOf({ reading, comments }: Model): LexicalParts {
  if (reading === undefined) {
    throw new Error("The tokens of a tree that another parser made are not known.");
  }
  const { tokens, strings } = reading;
  return {
    tokens,
    strings: new Set(strings),
    comments: comments.map(rangeOf),
  };
}

/**
 * Finds what no edit changed and what is another text all the same: a token that melted with what was written beside it,
 * and code that a comment swallowed.
 */
export function changedText(original: Model, output: Output): string | undefined {
  const before = lexicalPartsOf(original);
  const parts = lexicalPartsOf(output.model);
  const { text } = output.model;
  const token = changedToken(before, output, parts);
  if (token !== undefined) {
    return `\`${text.slice(...token)}\` is not part of the original, and no step wrote it`;
  }
  const known = new Set(before.comments.map((range) => contentOf(original.text, range)));
  const comment = parts.comments.find((range) => {
    const content = contentOf(text, range);
    return (
      !known.has(content) &&
      !isOwnComment(content) &&
      !isJoined(text.slice(...range), original.text, before) &&
      !isShortened(text.slice(...range), original.text, before)
    );
  });
  return comment === undefined ? undefined : `the comment \`${text.slice(...comment)}\` is not one of the original`;
}

/** A token at whose place the original has no such token, though its ends are kept. */
function changedToken(before: LexicalParts, output: Output, { tokens, strings }: LexicalParts): Range | undefined {
  const ends = new Map<number, number>();
  pairwise(before.tokens, (start, end) => {
    ends.set(start, end);
    return false;
  });
  return pairwise(tokens, (start, end) => {
    const first = output.keptOffset(start);
    const last = output.keptOffset(end - 1);
    if (first === undefined || last === undefined) {
      return first !== last;
    }
    const isWhole = last - first === end - 1 - start || strings.has(start);
    return !isWhole || ends.get(first) !== last + 1;
  });
}

/** The first token that something is true of. */
function pairwise(tokens: readonly number[], isFound: (start: number, end: number) => boolean): Range | undefined {
  for (let index = 0; index + 1 < tokens.length; index += 2) {
    const [start, end] = [tokens[index] ?? 0, tokens[index + 1] ?? 0];
    if (isFound(start, end)) {
      return [start, end];
    }
  }
  return undefined;
}

/** What a comment says, however it is laid out. */
function contentOf(text: string, [start, end]: Range): string {
  const isBlock = text.startsWith("/*", start);
  return text
    .slice(start + 2, isBlock ? end - 2 : end)
    .split("\n")
    .map((line) => line.trim().replace(/^\*/u, "").trim())
    .join(" ")
    .trim();
}

/** True where nothing but comments of the original stands behind a line comment: they were moved to its line. */
function isJoined(comment: string, original: string, { comments }: LexicalParts): boolean {
  const texts = comments.map((range) => original.slice(...range).trim()).toSorted((a, b) => b.length - a.length);
  return texts.reduce((rest, text) => rest.replaceAll(text, ""), comment).trim() === "";
}

/** True for the documentation of a function without the lines of a parameter that went. */
function isShortened(comment: string, original: string, { comments }: LexicalParts): boolean {
  const linesOf = (text: string): string[] => text.split("\n").map((line) => line.trim());
  const lines = linesOf(comment);
  return (
    comment.startsWith("/**") &&
    comments.some((range) => {
      let next = 0;
      const left = linesOf(original.slice(...range)).filter((line) => {
        const isKept = line === lines[next];
        next += isKept ? 1 : 0;
        return !isKept;
      });
      return next === lines.length && left.some((line) => line.includes("@param"));
    })
  );
}

/** True for a comment that a step writes. */
function isOwnComment(content: string): boolean {
  return (
    templateTexts.some((text) => text.includes(`// ${content}\n`)) ||
    Object.values(writtenComments).some((text) => contentOf(text, [0, text.length]) === content)
  );
}
