import { Parser } from "acorn";
import type { Options } from "acorn";
import { MAX_DEPTH } from "./depth.ts";

/** The parser has gone deeper than {@link MAX_DEPTH}. */
export class ParserDepthError extends Error {
  override readonly name = "ParserDepthError";
  /** Where the parser was. */
  readonly offset: number;

  constructor(offset: number) {
    super("The code is nested too deeply.");
    this.offset = offset;
  }
}

/** The methods of acorn through which each of its circles goes: statements, expressions, patterns. */
const NESTING = [
  "parseStatement",
  "parseMaybeAssign",
  "parseMaybeUnary",
  "parseExprOp",
  "parseNew",
  "parseClass",
  "parseBindingAtom",
] as const;

interface ParserState {
  /** The offset of the present token. */
  readonly start: number;
  depth?: number;
}

/** All of these methods take at most five arguments. */
type ParserMethod = (this: ParserState, a: unknown, b: unknown, c: unknown, d: unknown, e: unknown) => unknown;

function limited(method: ParserMethod): ParserMethod {
  return function (a, b, c, d, e) {
    const depth = (this.depth ?? 0) + 1;
    if (depth > MAX_DEPTH) {
      throw new ParserDepthError(this.start);
    }
    this.depth = depth;
    const result = method.call(this, a, b, c, d, e);
    // Not in `finally`: a method that throws ends the parser.
    this.depth = depth - 1;
    return result;
  };
}

/** What acorn's types leave out of its parser. */
interface ParserInternals extends ParserState {
  readonly end: number;
  readonly type: { readonly label: string };
  readonly inAsync: boolean;
  next(ignoreEscapes: unknown): void;
  parseAwait(forInit: unknown): unknown;
  parseForStatement(node: unknown): { readonly await?: boolean };
  parseImportMeta(node: unknown): unknown;
}

type ParserClass = new (options: Options, text: string) => Parser & ParserInternals;

/**
 * acorn, which throws a {@link ParserDepthError} long before it would run out of stack, and keeps what the tree does not
 * tell: so that nobody has to parse the same text again for it.
 */
export class LimitedParser extends (Parser as unknown as ParserClass) {
  /** Where the tokens begin and end, one number after the other. */
  readonly tokens: number[] = [];
  /** Where strings and the texts of templates begin. */
  readonly strings: number[] = [];
  /** True when there is an expression which only a module may have, besides imports and exports. */
  isModuleOnly = false;

  override next(ignoreEscapes: unknown): void {
    const { start, end, type } = this;
    if (end > start) {
      this.tokens.push(start, end);
    }
    if (type.label === "string" || type.label === "template") {
      this.strings.push(start);
    }
    super.next(ignoreEscapes);
  }

  override parseAwait(forInit: unknown): unknown {
    this.isModuleOnly ||= !this.inAsync;
    return super.parseAwait(forInit);
  }

  override parseForStatement(node: unknown): { readonly await?: boolean } {
    const statement = super.parseForStatement(node);
    this.isModuleOnly ||= statement.await === true && !this.inAsync;
    return statement;
  }

  override parseImportMeta(node: unknown): unknown {
    this.isModuleOnly = true;
    return super.parseImportMeta(node);
  }
}

const methods = LimitedParser.prototype as unknown as Record<(typeof NESTING)[number], ParserMethod>;
for (const name of NESTING) {
  methods[name] = limited(methods[name]);
}
