import { getLineInfo } from "acorn";
import { analyze } from "eslint-scope";
import type { ScopeManager } from "eslint-scope";
import type * as ESTree from "estree";
import { nodeTooDeep } from "./depth.ts";
import { LimitedParser, ParserDepthError } from "./limited-parser.ts";
import { childrenOf, keysOf, rangeOf } from "./tree.ts";
import type { Node } from "./tree.ts";

/** A parsed source: what {@link createModel} needs, whoever parsed it. */
export interface ParsedSource {
  readonly text: string;
  readonly program: ESTree.Program;
  readonly comments: readonly ESTree.Comment[];
  readonly scopeManager: ScopeManager;
}

/** The text is not JavaScript. `line` and `column` count from 1. */
export class SourceSyntaxError extends Error {
  override readonly name: string = "SourceSyntaxError";
  readonly line: number;
  readonly column: number;

  constructor(message: string, line: number, column: number) {
    super(message);
    this.line = line;
    this.column = column;
  }
}

/** The text may be JavaScript, but is nested more deeply than can be worked on. */
export class SourceDepthError extends SourceSyntaxError {}

const ECMA_VERSION = 2024;

interface AcornError {
  readonly message: string;
  readonly loc: { readonly line: number; readonly column: number };
}

function isAcornError(error: unknown): error is AcornError {
  return error instanceof SyntaxError && "loc" in error;
}

function parseAs(text: string, sourceType: "module" | "commonjs"): ParsedSource {
  const comments: ESTree.Comment[] = [];
  const program = LimitedParser.parse(text, {
    ecmaVersion: ECMA_VERSION,
    sourceType: sourceType === "module" ? "module" : "script",
    allowReturnOutsideFunction: sourceType === "commonjs",
    ranges: true,
    locations: true,
    onComment: (isBlock, value, start, end) => {
      comments.push({ type: isBlock ? "Block" : "Line", value, range: [start, end] });
    },
  }) as unknown as ESTree.Program;
  const node = nodeTooDeep<Node>(program, childrenOf);
  if (node !== undefined) {
    throw new ParserDepthError(rangeOf(node)[0]);
  }
  return { text, program, comments, scopeManager: analyze(program, { ecmaVersion: ECMA_VERSION, sourceType }) };
}

/**
 * The scopes of a tree that may hold more than the language has. What eslint-scope does not know goes by the fallback:
 * keys of one's own it copies for every pattern that it visits, which took two thirds of its time.
 */
function scopesOf(program: ESTree.Program, sourceType: "module" | "commonjs"): ScopeManager {
  const options = {
    ecmaVersion: ECMA_VERSION,
    sourceType,
    fallback: ({ type }: ESTree.Node) => [...keysOf(type)],
  } as const;
  return analyze(program, options);
}

function attempt(text: string, sourceType: "module" | "commonjs"): ParsedSource | AcornError {
  try {
    return parseAs(text, sourceType);
  } catch (error) {
    if (isAcornError(error)) {
      return error;
    }
    throw error instanceof ParserDepthError ? depthErrorAt(text, error.offset) : error;
  }
}

function depthErrorAt(text: string, offset: number): SourceDepthError {
  const { line, column } = getLineInfo(text, offset);
  return new SourceDepthError("the code is nested too deeply", line, column + 1);
}

/**
 * A tree that another parser made, such as ESLint's. Its scopes are found anew: ESLint resolves names to the globals of
 * its configuration, and takes a script for a module when it is configured so.
 *
 * @param sourceType what the file is, where the tree no longer says so
 */
export function parsedElsewhere(
  text: string,
  program: ESTree.Program,
  comments: readonly ESTree.Comment[],
  sourceType: "module" | "commonjs" = isModule(program) ? "module" : "commonjs",
): ParsedSource {
  return { text, program, comments, scopeManager: scopesOf(program, sourceType) };
}

/** True for a program that takes something in or out as ES modules do. */
export function isModule(program: { readonly body: readonly { readonly type: string }[] }): boolean {
  return program.body.some(({ type }) => /^(?:Import|Export)/u.test(type));
}

/**
 * Parses a function file to ESTree: as an ES module when it has an import or export declaration, else as CommonJS.
 *
 * @throws {SourceSyntaxError} when it is neither
 * @throws {SourceDepthError} when it is nested too deeply
 */
export function parseSource(text: string): ParsedSource {
  // The word may stand in a comment or a template of a script, and an import behind other code on its line.
  // A blank line is no part of the blanks in front: looked at from each of its lines, a long gap would cost its square.
  const mentionsModule = /^[^\S\n\r\u2028\u2029]*(?:import|export)\b/mu.test(text);
  const asModule = mentionsModule ? attempt(text, "module") : undefined;
  if (asModule !== undefined && "program" in asModule && isModule(asModule.program)) {
    return asModule;
  }
  const asScript = attempt(text, "commonjs");
  if ("program" in asScript) {
    return asScript;
  }
  const otherwise = asModule ?? attempt(text, "module");
  if ("program" in otherwise) {
    return otherwise;
  }
  const { message, loc } = mentionsModule ? otherwise : asScript;
  throw new SourceSyntaxError(message.replace(/ \(\d+:\d+\)$/u, ""), loc.line, loc.column + 1);
}
