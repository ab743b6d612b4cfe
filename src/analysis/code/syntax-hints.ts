import { getLineInfo, tokenizer } from "acorn";
import type { Token } from "acorn";

/** What is known of a text up to the place where it stops being JavaScript. */
interface Reading {
  readonly text: string;
  readonly offset: number;
  /** The last two tokens in front of the place, the nearest first. */
  readonly before: readonly Token[];
  /** The token at the place; undefined at the end of the text, and where there is none. */
  readonly at: Token | undefined;
  /** The brackets that are open there, the innermost last. */
  readonly open: readonly Token[];
}

const CLOSING: ReadonlyMap<string, string> = new Map([
  [")", "("],
  ["]", "["],
  ["}", "{"],
]);
const OPENING = new Set(["(", "[", "{", "${"]);

/** Words with which declarations of TypeScript begin. */
const TYPE_WORDS = new Set([
  "abstract",
  "declare",
  "enum",
  "interface",
  "namespace",
  "private",
  "protected",
  "public",
  "readonly",
  "type",
]);

/** Reads the tokens up to a place; a text that has none any more ends there. */
function readUpTo(text: string, offset: number): Reading {
  const before: Token[] = [];
  const open: Token[] = [];
  let at: Token | undefined;
  try {
    for (const token of tokenizer(text, { ecmaVersion: "latest", allowHashBang: true })) {
      if (token.start >= offset) {
        at = token;
        break;
      }
      before.unshift(token);
      before.length = Math.min(before.length, 2);
      if (OPENING.has(token.type.label)) {
        open.push(token);
      } else if (CLOSING.has(token.type.label)) {
        open.pop();
      }
    }
  } catch {
    // No token stands there.
  }
  return { text, offset, before, at, open };
}

function textOf({ text }: Reading, token: Token | undefined): string {
  return token === undefined ? "" : text.slice(token.start, token.end);
}

function isName(token: Token | undefined): boolean {
  return token?.type.label === "name";
}

function isOnOneLine({ text }: Reading, ...tokens: readonly (Token | undefined)[]): boolean {
  const starts = tokens.flatMap((token) => token?.start ?? []);
  return !/[\n\r]/u.test(text.slice(Math.min(...starts), Math.max(...starts)));
}

function placeholder(reading: Reading): string | undefined {
  const [last] = reading.before;
  const isMissing =
    textOf(reading, reading.at) === "..." || last?.type.label === "..." || reading.text[reading.offset] === "…";
  return isMissing ? "`...` stands where code is missing" : undefined;
}

function lateAwait(reading: Reading, message: string): string | undefined {
  const [last] = reading.before;
  const isAwait = (textOf(reading, last) === "await" && isName(last)) || message.includes("'await'");
  return isAwait ? "`await` stands outside of an `async` function" : undefined;
}

/** A bracket that is closed and was not opened, or the other way round. */
function bracket(reading: Reading): string | undefined {
  const { at, open, text, offset } = reading;
  const innermost = open.at(-1);
  const isEnd = text.slice(offset).trim() === "";
  const closed = textOf(reading, at);
  if (innermost === undefined) {
    return CLOSING.has(closed) ? `\`${closed}\` closes nothing: there is one too many` : undefined;
  }
  const opened = `the \`${innermost.type.label}\` of line ${String(getLineInfo(text, innermost.start).line)}`;
  if (isEnd) {
    return `${opened} is never closed`;
  }
  const isOther = CLOSING.has(closed) && CLOSING.get(closed) !== innermost.type.label;
  return isOther ? `\`${closed}\` stands where ${opened} is still open` : undefined;
}

function typeScript(reading: Reading): string | undefined {
  const [last, second] = reading.before;
  const { at } = reading;
  const [lastText, secondText, atText] = [textOf(reading, last), textOf(reading, second), textOf(reading, at)];
  const isDeclaration =
    isName(at) || atText === "{" ? TYPE_WORDS.has(lastText) && isOnOneLine(reading, last, at) : false;
  const isImport = lastText === "type" && secondText === "import";
  const isAnnotation = atText === ":" && (isName(last) || lastText === ")") && !CLOSING.has(secondText);
  const isCast =
    (atText === "as" || atText === "satisfies") &&
    secondText !== ";" &&
    second !== undefined &&
    isOnOneLine(reading, second, at);
  const isSure = atText === "!" && /^[).,;\]]/u.test(reading.text.slice(at?.end));
  return isDeclaration || isImport || isAnnotation || isCast || isSure || atText === "enum"
    ? `\`${isDeclaration || isImport ? lastText : atText}\` as it stands here is TypeScript, and this file is JavaScript`
    : undefined;
}

/** Words behind each other are no code: text that was pasted along with it. */
function prose(reading: Reading): string | undefined {
  const [last] = reading.before;
  const { at, text, offset } = reading;
  const from = Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;
  const line = text.slice(from).split(/[\n\r]/u, 1)[0] ?? "";
  const isWords =
    isName(last) && last !== undefined && last.start >= from && /^\s*\p{L}+[,:]?(?: \p{L}|['’]\p{L})/u.test(line);
  const isFence = line.trimStart().startsWith("```");
  const isTold = isFence || (reading.open.length === 0 && isWords && (isName(at) || at === undefined));
  return isTold ? "this text is not code; remove it, or make it a comment" : undefined;
}

/**
 * Says what keeps a text from being JavaScript, as a part of a sentence. The parser's own words stay where nothing
 * better is known. It never holds more of the text than single words, which could be a secret otherwise.
 *
 * @param offset where the parser gave up
 * @param message what it said
 */
export function explainSyntaxError(text: string, offset: number, message: string): string {
  const reading = readUpTo(text, offset);
  return (
    placeholder(reading) ??
    lateAwait(reading, message) ??
    typeScript(reading) ??
    bracket(reading) ??
    prose(reading) ??
    message
  );
}
