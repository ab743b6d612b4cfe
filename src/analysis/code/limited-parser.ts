import { Parser } from "acorn";
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

/** acorn, which throws a {@link ParserDepthError} long before it would run out of stack. */
export const LimitedParser = Parser.extend((base: typeof Parser) => {
  class Limited extends base {}
  const methods = Limited.prototype as unknown as Record<(typeof NESTING)[number], ParserMethod>;
  for (const name of NESTING) {
    methods[name] = limited(methods[name]);
  }
  return Limited;
});
