import { getLineInfo, parse as acornParse } from "acorn";
import { analyze } from "eslint-scope";
import type { ScopeManager } from "eslint-scope";
import type * as ESTree from "estree";
import { LimitedParser, ParserDepthError } from "./limited-parser.ts";
import { indexOwnNodes } from "./node-index.ts";
import type { NodeIndex } from "./node-index.ts";
import { explainSyntaxError } from "./syntax-hints.ts";
import { keysOf, rangeOf } from "./tree.ts";

/** A parsed source: what {@link createModel} needs, whoever parsed it. */
export interface ParsedSource {
  readonly text: string;
  readonly program: ESTree.Program;
  readonly comments: readonly ESTree.Comment[];
  readonly scopeManager: ScopeManager;
  /** What our own parser knows besides; absent for a tree that another one made. */
  readonly reading?: Reading;
  /** The nodes of the tree, where whoever parsed it has looked for them. */
  readonly nodeIndex?: NodeIndex;
}

/** What parsing has found out on its way, so that nobody parses the same text again for it. */
export interface Reading {
  /** The ranges of the tokens, one number after the other. */
  readonly tokens: readonly number[];
  /** Where strings and the texts of templates begin. */
  readonly strings: readonly number[];
  /** What keeps the text from being an ES module; absent where that was not tried. */
  readonly asModule?: ModuleProblem | "module";
}

/** Why a text is not an ES module, in the words of the parser. */
export interface ModuleProblem {
  readonly message: string;
  readonly offset: number;
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
  readonly pos: number;
  readonly loc: { readonly line: number; readonly column: number };
}

function isAcornError(error: unknown): error is AcornError {
  return error instanceof SyntaxError && "loc" in error && "pos" in error;
}

/** A text that could be parsed, without its scopes. */
interface Parsed {
  readonly program: ESTree.Program;
  readonly comments: readonly ESTree.Comment[];
  readonly nodeIndex: NodeIndex;
  readonly reading: Reading;
  readonly isModuleOnly: boolean;
}

function parseAs(text: string, sourceType: "module" | "commonjs"): Parsed {
  const comments: ESTree.Comment[] = [];
  const parser = new LimitedParser(
    {
      ecmaVersion: ECMA_VERSION,
      sourceType: sourceType === "module" ? "module" : "script",
      allowReturnOutsideFunction: sourceType === "commonjs",
      ranges: true,
      onComment: (isBlock, value, start, end) => {
        comments.push({ type: isBlock ? "Block" : "Line", value, range: [start, end] });
      },
    },
    text,
  );
  const program = parser.parse() as unknown as ESTree.Program;
  const nodeIndex = indexOwnNodes(program);
  if (nodeIndex.tooDeep !== undefined) {
    throw new ParserDepthError(rangeOf(nodeIndex.tooDeep)[0]);
  }
  const { tokens, strings, isModuleOnly } = parser;
  const asModule = sourceType === "module" ? { asModule: "module" as const } : {};
  return { program, comments, nodeIndex, reading: { tokens, strings, ...asModule }, isModuleOnly };
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

function attempt(text: string, sourceType: "module" | "commonjs"): Parsed | AcornError {
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
 * A tree that another parser made, such as ESLint's. Its scopes are computed again, unless they are known to be what they
 * would be here: a linter takes a script for a module when it is configured so.
 *
 * @param sourceType what the file is, where the tree no longer says so
 */
export function parsedElsewhere(
  text: string,
  program: ESTree.Program,
  comments: readonly ESTree.Comment[],
  sourceType: SourceType = sourceTypeOf(program),
  scopeManager: ScopeManager = scopesOf(program, sourceType),
): ParsedSource {
  return { text, program, comments, scopeManager };
}

export type SourceType = "module" | "commonjs";

/** What a program is, whatever it was parsed as. */
export function sourceTypeOf(program: ESTree.Program): SourceType {
  return isModule(program) ? "module" : "commonjs";
}

/** True for a program that takes something in or out as ES modules do. */
export function isModule(program: { readonly body: readonly { readonly type: string }[] }): boolean {
  return program.body.some(({ type }) => /^(?:Import|Export)/u.test(type));
}

/** Marks of comments in scripts, and operators in modules: the only text that means different things in both. */
const HTML_COMMENT = /<!--|-->/u;

/**
 * Parses a function file to ESTree: as an ES module when it has an import or export declaration, else as CommonJS.
 *
 * Most scripts are modules without imports as well, with the same tree. So a module is tried first, which answers in one
 * go what the migration has to know: what such a file is, and whether it could be a module.
 *
 * @param former the text that this one was made of: what was no module is not likely to be one now
 * @throws {SourceSyntaxError} when it is neither
 * @throws {SourceDepthError} when it is nested too deeply
 */
export function parseSource(text: string, former?: ParsedSource): ParsedSource {
  const isSloppy = former?.reading?.asModule !== undefined && former.reading.asModule !== "module";
  if (isSloppy || HTML_COMMENT.test(text)) {
    return parseInTurn(text);
  }
  const asModule = attempt(text, "module");
  if (!("program" in asModule) || asModule.isModuleOnly) {
    return parseInTurn(text, asModule);
  }
  if (isModule(asModule.program)) {
    return withScopes(text, asModule, "module");
  }
  asModule.program.sourceType = "script";
  return withScopes(text, asModule, "commonjs");
}

/** Parses a text that may mean different things as a script and as a module. */
function parseInTurn(text: string, known?: Parsed | AcornError): ParsedSource {
  // The word may stand in a comment or a template of a script, and an import behind other code on its line.
  // A blank line is not part of the blanks in front: looked at from each of its lines, a long gap would cost its square.
  const mentionsModule = /^[^\S\n\r\u2028\u2029]*(?:import|export)\b/mu.test(text);
  const asModule = mentionsModule ? (known ?? attempt(text, "module")) : known;
  if (mentionsModule && asModule !== undefined && "program" in asModule && isModule(asModule.program)) {
    return withScopes(text, asModule, "module");
  }
  const asScript = attempt(text, "commonjs");
  if ("program" in asScript) {
    return withScopes(text, withProblem(asScript, asModule), "commonjs");
  }
  const otherwise = asModule ?? attempt(text, "module");
  if ("program" in otherwise) {
    return withScopes(text, otherwise, "module");
  }
  const { message, loc, pos } = mentionsModule ? otherwise : asScript;
  throw new SourceSyntaxError(explainSyntaxError(text, pos, withoutPlace(message)), loc.line, loc.column + 1);
}

function withoutPlace(message: string): string {
  return message.replace(/ \(\d+:\d+\)$/u, "");
}

/** A script with what is known of it as a module. */
function withProblem(asScript: Parsed, asModule: Parsed | AcornError | undefined): Parsed {
  if (asModule === undefined) {
    return asScript;
  }
  const problem =
    "program" in asModule ? "module" : ({ message: withoutPlace(asModule.message), offset: asModule.pos } as const);
  return { ...asScript, reading: { ...asScript.reading, asModule: problem } };
}

function withScopes(
  text: string,
  { program, comments, nodeIndex, reading }: Parsed,
  sourceType: "module" | "commonjs",
): ParsedSource {
  return {
    text,
    program,
    comments,
    scopeManager: analyze(program, { ecmaVersion: ECMA_VERSION, sourceType }),
    nodeIndex,
    reading,
  };
}

/** What keeps a text from being an ES module; undefined when nothing does. */
export function moduleProblemOf({ text, reading }: Pick<ParsedSource, "text" | "reading">): ModuleProblem | undefined {
  if (reading?.asModule !== undefined) {
    return reading.asModule === "module" ? undefined : reading.asModule;
  }
  return moduleProblem(text);
}

/** The same for a text of which nothing is known. */
export function moduleProblem(text: string): ModuleProblem | undefined {
  try {
    acornParse(text, { ecmaVersion: ECMA_VERSION, sourceType: "module" });
    return undefined;
  } catch (error) {
    if (isAcornError(error)) {
      return { message: withoutPlace(error.message), offset: error.pos };
    }
    throw error;
  }
}
