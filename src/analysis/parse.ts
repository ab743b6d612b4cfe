import { parse as acornParse } from "acorn";
import { analyze } from "eslint-scope";
import type { ScopeManager } from "eslint-scope";
import type * as ESTree from "estree";

/** A parsed source: what {@link createModel} needs, whoever parsed it. */
export interface ParsedSource {
  readonly text: string;
  readonly program: ESTree.Program;
  readonly comments: readonly ESTree.Comment[];
  readonly scopeManager: ScopeManager;
}

/** The text is not JavaScript. `line` and `column` count from 1. */
export class SourceSyntaxError extends Error {
  override readonly name = "SourceSyntaxError";
  readonly line: number;
  readonly column: number;

  constructor(message: string, line: number, column: number) {
    super(message);
    this.line = line;
    this.column = column;
  }
}

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
  const program = acornParse(text, {
    ecmaVersion: ECMA_VERSION,
    sourceType: sourceType === "module" ? "module" : "script",
    allowReturnOutsideFunction: sourceType === "commonjs",
    ranges: true,
    locations: true,
    onComment: (isBlock, value, start, end) => {
      comments.push({ type: isBlock ? "Block" : "Line", value, range: [start, end] });
    },
  }) as unknown as ESTree.Program;
  const scopeManager = analyze(program, { ecmaVersion: ECMA_VERSION, sourceType });
  return { text, program, comments, scopeManager };
}

/**
 * Parses a function file to ESTree: as an ES module when it has an import or export declaration, else as CommonJS.
 *
 * @throws {SourceSyntaxError} when it is neither
 */
export function parseSource(text: string): ParsedSource {
  try {
    return parseAs(text, /^\s*(?:import|export)\b/mu.test(text) ? "module" : "commonjs");
  } catch (error) {
    if (!isAcornError(error)) {
      throw error;
    }
    try {
      // The text test above is a guess: `import` may stand at the start of a line of a template or a comment.
      return parseAs(text, /^\s*(?:import|export)\b/mu.test(text) ? "commonjs" : "module");
    } catch {
      throw new SourceSyntaxError(error.message.replace(/ \(\d+:\d+\)$/u, ""), error.loc.line, error.loc.column + 1);
    }
  }
}
