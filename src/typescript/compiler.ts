import { createRequire } from "node:module";
import type { ts } from "ts-morph";
import { isDeclarationPath, isTypedPath } from "../platform/function-files.ts";

export type Compiler = typeof ts;

/** A position of the text at which the compiler says that it is not TypeScript. */
export interface TypedSyntaxError {
  readonly message: string;
  readonly offset: number;
}

/** A text that the compiler has parsed. */
export interface TypedSource {
  readonly ts: Compiler;
  readonly file: ts.SourceFile;
  readonly error: TypedSyntaxError | undefined;
}

/** True for a path of TypeScript code: no declarations, and no JSX, which functions have no use for. */
export function isTypeScript(path: string): boolean {
  return isTypedPath(path) && !isDeclarationPath(path);
}

/** The compiler. It takes a quarter of a second to load, so nobody loads it who has met no TypeScript. */
function compiler(): Compiler {
  const require = createRequire(import.meta.url);
  return (require("ts-morph") as { readonly ts: Compiler }).ts;
}

/** What the compiler's parser notes on a file; its public types leave that out. */
interface ParsedFile extends ts.SourceFile {
  readonly parseDiagnostics: readonly ts.DiagnosticWithLocation[];
}

/** Parses a text of TypeScript. */
export function parseTyped(text: string): TypedSource {
  const typescript = compiler();
  const { ScriptTarget, ScriptKind } = typescript;
  const file = typescript.createSourceFile("index.ts", text, ScriptTarget.Latest, true, ScriptKind.TS) as ParsedFile;
  const [first] = file.parseDiagnostics;
  const error =
    first === undefined
      ? undefined
      : { message: typescript.flattenDiagnosticMessageText(first.messageText, " "), offset: first.start };
  return { ts: typescript, file, error };
}
