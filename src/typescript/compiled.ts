import type { Compiler } from "./compiler.ts";

/** A statement of what the compiler writes. */
export interface CompiledStatement {
  readonly text: string;
  /** True for a call by itself, as the filling of an enum is one. */
  readonly isCall: boolean;
}

/** What the compiler makes of a text, without types. */
export function compiled(compiler: Compiler, code: string): string {
  const { ScriptTarget, ModuleKind } = compiler;
  const compilerOptions = { target: ScriptTarget.ES2022, module: ModuleKind.ESNext, removeComments: true };
  return compiler
    .transpileModule(code, { compilerOptions })
    .outputText.replace(/export \{\};?\s*$/u, "")
    .trim();
}

/** The statements of what the compiler makes of a text. */
export function statementsOf(compiler: Compiler, code: string): CompiledStatement[] {
  const text = compiled(compiler, code);
  const file = compiler.createSourceFile("index.js", text, compiler.ScriptTarget.Latest, false, compiler.ScriptKind.JS);
  return file.statements.map((statement) => ({
    text: statement.getText(file),
    isCall: compiler.isExpressionStatement(statement) && compiler.isCallExpression(statement.expression),
  }));
}
