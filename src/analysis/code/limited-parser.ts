import { Parser } from "acorn";
import type { Options } from "acorn";
import { MAX_DEPTH } from "./depth.ts";
import { OwnNode } from "./node-index.ts";

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

/** What acorn's types leave out of its parser. */
interface ParserInternals {
  /** Where the present token begins and ends. */
  readonly start: number;
  readonly end: number;
  readonly type: { readonly label: string };
  readonly inAsync: boolean;
  next(ignoreEscapes: unknown): void;
  startNode(): unknown;
  startNodeAt(start: number): unknown;
  parseStatement(context: unknown, isTopLevel: unknown, exported: unknown): unknown;
  parseMaybeAssign(forInit: unknown, problems: unknown, afterLeft: unknown): unknown;
  parseMaybeUnary(problems: unknown, sawUnary: unknown, isIncrement: unknown, forInit: unknown): unknown;
  parseExprOp(left: unknown, start: unknown, place: unknown, precedence: unknown, forInit: unknown): unknown;
  parseNew(): unknown;
  parseClass(node: unknown, isStatement: unknown): unknown;
  parseBindingAtom(): unknown;
  parseAwait(forInit: unknown): unknown;
  parseForStatement(node: unknown): { readonly await?: boolean };
  parseImportMeta(node: unknown): unknown;
}

type ParserClass = new (options: Options, text: string) => Parser & ParserInternals;

/**
 * acorn, which throws a {@link ParserDepthError} long before it would run out of stack. Its nodes have a place for the
 * node above them, and it keeps what the tree does not tell: so that nobody has to parse the same text again for it.
 */
export class LimitedParser extends (Parser as unknown as ParserClass) {
  /** Where the tokens begin and end, one number after the other. */
  readonly tokens: number[] = [];
  /** Where strings and the texts of templates begin. */
  readonly strings: number[] = [];
  /** True when there is an expression which only a module may have, besides imports and exports. */
  isModuleOnly = false;
  /** How many of the methods are at work through which each of acorn's circles goes: statements, expressions, patterns. */
  #depth = 0;

  /** Returns the depth to go back to. Not in `finally`: a method that throws ends the parser. */
  #enter(): number {
    const depth = this.#depth;
    if (depth >= MAX_DEPTH) {
      throw new ParserDepthError(this.start);
    }
    this.#depth = depth + 1;
    return depth;
  }

  override startNode(): unknown {
    return new OwnNode(this.start);
  }

  override startNodeAt(start: number): unknown {
    return new OwnNode(start);
  }

  // One method for each, not one function around all: V8 keeps what it learns of the calls in a function for that function.
  override parseStatement(context: unknown, isTopLevel: unknown, exported: unknown): unknown {
    const depth = this.#enter();
    const node = super.parseStatement(context, isTopLevel, exported);
    this.#depth = depth;
    return node;
  }

  override parseMaybeAssign(forInit: unknown, problems: unknown, afterLeft: unknown): unknown {
    const depth = this.#enter();
    const node = super.parseMaybeAssign(forInit, problems, afterLeft);
    this.#depth = depth;
    return node;
  }

  override parseMaybeUnary(problems: unknown, sawUnary: unknown, isIncrement: unknown, forInit: unknown): unknown {
    const depth = this.#enter();
    const node = super.parseMaybeUnary(problems, sawUnary, isIncrement, forInit);
    this.#depth = depth;
    return node;
  }

  override parseExprOp(left: unknown, start: unknown, place: unknown, precedence: unknown, forInit: unknown): unknown {
    const depth = this.#enter();
    const node = super.parseExprOp(left, start, place, precedence, forInit);
    this.#depth = depth;
    return node;
  }

  override parseNew(): unknown {
    const depth = this.#enter();
    const node = super.parseNew();
    this.#depth = depth;
    return node;
  }

  override parseClass(node: unknown, isStatement: unknown): unknown {
    const depth = this.#enter();
    const parsed = super.parseClass(node, isStatement);
    this.#depth = depth;
    return parsed;
  }

  override parseBindingAtom(): unknown {
    const depth = this.#enter();
    const node = super.parseBindingAtom();
    this.#depth = depth;
    return node;
  }

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
