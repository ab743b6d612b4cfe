import type { Comment, Options, Token } from "acorn";
import { walk } from "../../src/analysis/code/tree.ts";
import type { Node } from "../../src/analysis/code/tree.ts";
import { parenthesised } from "./parentheses.ts";
import { parseEither } from "./programs.ts";
import { Random } from "./random.ts";

/** A token of a source, and what may stand between it and the one in front of it. */
export interface Piece {
  readonly text: string;
  /** What the user wrote in front of the token: white space and comments. */
  readonly gap: string;
  readonly comments: readonly string[];
  /** Inside of a template literal nothing may come between. */
  readonly isGlued: boolean;
  /** A line break in front of the token changes nothing. */
  readonly mayBreak: boolean;
  /** A blank or a comment must keep it from the token in front. */
  readonly needsBlank: boolean;
  /** A semicolon that ends a statement, where a line break can do the same. */
  readonly isOptionalSemicolon: boolean;
  /** A token that would be taken for the continuation of a statement without semicolon. */
  readonly isContinuation: boolean;
}

/** The pieces of a source: with a semicolon behind every statement that ends with one. */
export interface Pieces {
  /** A byte order mark and a hashbang, which must stay in front. */
  readonly head: string;
  readonly pieces: readonly Piece[];
  /** White space and comments behind the last token. */
  readonly tail: string;
}

/** Tokens behind which the language forbids a line break, or gives it a meaning. */
const UNBROKEN_BEHIND = new Set(["return", "throw", "break", "continue", "yield", "async", "get", "set", "static"]);
const UNBROKEN_BEFORE = new Set(["=>", "++", "--"]);
const BRACKET = /^(?:[()[\]{},;]|["'].*)$/su;
const WORD = /^[\p{ID_Continue}$#\\@]/u;
const OPERATOR = /[^\p{ID_Continue}$#\\"'`()[\]{},;\s]/u;

function tokenText(source: string, { start, end }: { readonly start: number; readonly end: number }): string {
  return source.slice(start, end);
}

function needsBlank(before: string, after: string): boolean {
  if (BRACKET.test(before) || BRACKET.test(after)) {
    return false;
  }
  const isWordThenOperator = WORD.test(before) && OPERATOR.test(after.charAt(0)) && !/^[\d./]/u.test(before + after);
  const isOperatorThenWord = OPERATOR.test(before) && !before.includes("/") && /^[\p{ID_Start}$]/u.test(after);
  return !isWordThenOperator && !isOperatorThenWord;
}

interface Read {
  readonly program: Node;
  readonly tokens: readonly { readonly start: number; readonly end: number; readonly label: string }[];
  readonly comments: readonly Comment[];
  readonly inserted: ReadonlySet<number>;
}

function read(source: string): Read {
  const tokens: Token[] = [];
  const comments: Comment[] = [];
  const inserted = new Set<number>();
  const options: Options = {
    ecmaVersion: 2024,
    ranges: true,
    onToken: tokens,
    onComment: comments,
    onInsertedSemicolon: (offset) => {
      inserted.add(offset);
    },
  };
  const program = parseEither(source, options, () => {
    tokens.length = 0;
    comments.length = 0;
    inserted.clear();
  });
  return {
    program,
    tokens: tokens
      .filter(({ type }) => type.label !== "eof")
      .map(({ start, end, type }) => ({ start, end, label: type.label })),
    comments,
    inserted,
  };
}

const ENDED = new Set([
  "ExpressionStatement",
  "VariableDeclaration",
  "ReturnStatement",
  "ThrowStatement",
  "BreakStatement",
  "ContinueStatement",
  "DebuggerStatement",
  "DoWhileStatement",
]);

/** The ends of statements that end with a semicolon, written or not; heads of loops left out. */
function statementEnds(program: Node): Set<number> {
  const ends = new Set<number>();
  walk(program, (node, parent) => {
    const isHead =
      parent !== null &&
      ((parent.type === "ForStatement" && parent.init === node) ||
        ((parent.type === "ForInStatement" || parent.type === "ForOfStatement") && parent.left === node));
    if (ENDED.has(node.type) && !isHead && node.range !== undefined) {
      ends.add(node.range[1]);
    }
    return true;
  });
  return ends;
}

/** Takes a source apart. */
function takeApart(source: string): Pieces {
  const { program, tokens, comments, inserted } = read(source);
  const ends = statementEnds(program);
  const head = /^\uFEFF?(?:#!.*\r?\n)?/u.exec(source)?.[0] ?? "";
  const pieces: Piece[] = [];
  let position = head.length;
  let previous = "";
  let isInTemplate = false;
  for (const token of tokens) {
    const text = tokenText(source, token);
    const inGap = comments.filter(({ start, end }) => start >= position && end <= token.start);
    const isTemplate = token.label === "template";
    pieces.push({
      text,
      gap: source.slice(position, token.start),
      comments: inGap.map(({ start, end }) => source.slice(start, end)),
      isGlued: isTemplate || isInTemplate,
      mayBreak: !UNBROKEN_BEHIND.has(previous) && !UNBROKEN_BEFORE.has(text),
      needsBlank: needsBlank(previous, text),
      isOptionalSemicolon: text === ";" && ends.has(token.end),
      isContinuation: /^(?:[([`+\-*/.,?=<>&|^%]|in$|instanceof$)/u.test(text),
    });
    isInTemplate = isTemplate;
    position = token.end;
    previous = text;
    if (inserted.has(token.end)) {
      pieces.push({
        text: ";",
        gap: "",
        comments: [],
        isGlued: false,
        mayBreak: true,
        needsBlank: false,
        isOptionalSemicolon: true,
        isContinuation: false,
      });
      previous = ";";
    }
  }
  return { head, pieces, tail: source.slice(position) };
}

/** A comment on one line, so that code may follow on it. */
function inline(comment: string): string {
  return comment.startsWith("//") ? `/*${comment.slice(2).replaceAll("*/", "* /")}*/` : comment;
}

/** What to write in front of a piece. */
type Gap = (piece: Piece, index: number, pieces: readonly Piece[]) => string;

function assemble({ head, pieces, tail }: Pieces, gap: Gap, end: (tail: string) => string = (text) => text): string {
  const body = pieces.map((piece, index) => (piece.isGlued ? "" : gap(piece, index, pieces)) + piece.text).join("");
  return head + body + end(tail);
}

function minimal({ needsBlank: isNeeded }: Piece): string {
  return isNeeded ? " " : "";
}

/** All on one line, comments kept as block comments. */
function joined(source: string): string {
  return assemble(
    takeApart(source),
    (piece) => {
      const comments = piece.comments.map((comment) => `${inline(comment)} `).join("");
      return comments === "" ? (piece.gap === "" ? minimal(piece) : " ") : ` ${comments}`;
    },
    () => "\n",
  );
}

/** Without comments and without a blank that could go. */
function dense(source: string): string {
  return assemble(takeApart(source), minimal, () => "");
}

function indentOf(gap: string): string {
  return gap.slice(gap.lastIndexOf("\n") + 1);
}

/** A comment behind everything that ends a line. */
function trailingComments(source: string): string {
  return assemble(takeApart(source), ({ gap, comments, mayBreak }, index) => {
    const isOpen = !gap.includes("\n") || !mayBreak || index === 0 || comments.length > 0;
    return isOpen ? gap : ` // note ${String(index)}${gap}`;
  });
}

/** A line with a comment above every line. */
function leadingComments(source: string): string {
  return assemble(takeApart(source), ({ gap, mayBreak, comments }, index) =>
    mayBreak && (index === 0 || (gap.includes("\n") && comments.length === 0))
      ? `${gap}// about ${String(index)}\n${indentOf(gap)}`
      : gap,
  );
}

/** A block comment between any two tokens. */
function blockComments(source: string): string {
  return assemble(takeApart(source), ({ gap }, index) => `${gap}/* ${String(index)} */`);
}

/** A line comment and a line break between any two tokens. */
function lineComments(source: string): string {
  return assemble(takeApart(source), (piece, index) =>
    piece.mayBreak ? `${piece.gap}// ${String(index)}\n` : piece.gap || minimal(piece),
  );
}

/** Parentheses around every expression. */
function parentheses(source: string): string {
  return parenthesised(assemble(takeApart(source), ({ gap }) => gap));
}

/** Every token on a line of its own. */
function oneTokenALine(source: string): string {
  return assemble(takeApart(source), (piece) => (piece.mayBreak ? `${piece.gap}\n` : piece.gap || minimal(piece)));
}

/** Statements end with their lines; a semicolon stands where the next line would continue the statement. */
function withoutSemicolons(source: string): string {
  const taken = takeApart(source);
  const texts: string[] = [];
  let isDropped = false;
  for (const [index, piece] of taken.pieces.entries()) {
    const next = taken.pieces[index + 1];
    const isBroken = next === undefined || next.text === "}" || next.gap.includes("\n");
    const isAfterHead = /^(?:\)|else|do)$/u.test(taken.pieces[index - 1]?.text ?? "");
    if (piece.isOptionalSemicolon && isBroken && next?.text !== ";" && !(isAfterHead && piece.gap === ";")) {
      texts.push(piece.gap);
      isDropped = true;
      continue;
    }
    const guard = isDropped && piece.isContinuation ? ";" : "";
    texts.push(piece.isGlued ? piece.text : piece.gap + guard + piece.text);
    isDropped = false;
  }
  return taken.head + texts.join("") + taken.tail;
}

function withTabs(source: string): string {
  return assemble(takeApart(source), ({ gap }) =>
    gap.replaceAll(/\n +/gu, (indent) => `\n${"\t".repeat(Math.ceil((indent.length - 1) / 2))}`),
  );
}

function withCrlf(source: string): string {
  return source.replaceAll(/\r?\n/gu, "\r\n");
}

/** Lines are kept, and nothing else: no indentation, no blank line. */
function flat(source: string): string {
  return assemble(
    takeApart(source),
    (piece) => (piece.gap.includes("\n") && piece.mayBreak && piece.comments.length === 0 ? "\n" : piece.gap),
    () => "\n",
  );
}

/** Everything at random: what stands between two tokens, and whether the user's own layout stays. */
export function shuffled(source: string, seed: number): string {
  const random = new Random(seed);
  const density = random.next();
  const lineBreak = random.next() < 0.2 ? "\r\n" : "\n";
  const text = assemble(takeApart(source), (piece, index) => {
    if (random.next() > density) {
      return piece.gap || minimal(piece);
    }
    const blank = minimal(piece);
    const name = String(index);
    const choices = piece.mayBreak
      ? [
          blank,
          " ",
          "\n",
          "\n\n",
          "\n\t",
          ` /* ${name} */ `,
          ` // ${name}\n`,
          `\n    // ${name}\n    `,
          `\n/* ${name} */\n`,
        ]
      : [blank, " ", `/* ${name} */`];
    return random.of(choices) ?? blank;
  });
  return lineBreak === "\n" ? text : withCrlf(text);
}

/** A way to lay a source out. */
export interface Layout {
  readonly name: string;
  readonly reprint: (source: string) => string;
}

/** The layouts that are not left to chance. */
export const layouts: readonly Layout[] = [
  { name: "joined lines", reprint: joined },
  { name: "no blank that could go", reprint: dense },
  { name: "comments behind lines", reprint: trailingComments },
  { name: "comments above lines", reprint: leadingComments },
  { name: "block comments between all tokens", reprint: blockComments },
  { name: "line comments between all tokens", reprint: lineComments },
  { name: "one token a line", reprint: oneTokenALine },
  { name: "no semicolons", reprint: withoutSemicolons },
  { name: "CRLF", reprint: withCrlf },
  { name: "tabs", reprint: withTabs },
  { name: "flat lines", reprint: flat },
  { name: "parentheses", reprint: parentheses },
];
