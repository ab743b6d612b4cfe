import type { ts } from "ts-morph";
import { startOf } from "./collection.ts";
import type { Collection } from "./collection.ts";
import type { Compiler } from "./compiler.ts";

/** Notes what an enum, or a namespace with code in it, runs as. */
export function collectFilled(collection: Collection, node: ts.EnumDeclaration | ts.ModuleDeclaration): void {
  const { ts, file, found } = collection;
  const offset = startOf(collection, node);
  const name = node.name.text;
  const isDoubled = file.statements.filter((each) => declares(ts, each, name)).length > 1;
  if (!ts.isSourceFile(node.parent) || isDoubled) {
    const what = `\`${name}\`, which is ${isDoubled ? "declared in parts" : "no declaration of the file itself"}`;
    found.obstacles.push({ what, advice: "write it as one object at the top of the file", offset });
    return;
  }
  const start = node.modifiers?.find(({ kind }) => kind !== ts.SyntaxKind.ExportKeyword) ?? keywordOf(node, collection);
  const range = [typeof start === "number" ? start : startOf(collection, start), node.end] as const;
  const plain = ts.isEnumDeclaration(node) ? plainEnum(ts, node) : undefined;
  found.standIns.push({ range, code: plain ?? compiled(ts, file.text.slice(...range)), comesBack: true });
}

/** Where a declaration begins behind its modifiers. */
function keywordOf(node: ts.EnumDeclaration | ts.ModuleDeclaration, { ts, file, text }: Collection): number {
  const end = node.modifiers?.end;
  if (end === undefined) return node.getStart(file);
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, text);
  scanner.resetTokenState(end);
  scanner.scan();
  return scanner.getTokenStart();
}

function declares(compiler: Compiler, statement: ts.Statement, name: string): boolean {
  const isNamed =
    compiler.isEnumDeclaration(statement) ||
    compiler.isModuleDeclaration(statement) ||
    compiler.isFunctionDeclaration(statement) ||
    compiler.isClassDeclaration(statement);
  return isNamed && statement.name?.text === name;
}

/** What the compiler makes of a declaration, on one line. */
function compiled(compiler: Compiler, code: string): string {
  const { ScriptTarget, ModuleKind } = compiler;
  const compilerOptions = { target: ScriptTarget.ES2022, module: ModuleKind.ESNext, removeComments: true };
  return compiler
    .transpileModule(code, { compilerOptions })
    .outputText.replace(/export \{\};?\s*$/u, "")
    .trim();
}

/** An enum with plain values as the object that it is: its names, and for numbers the way back. */
function plainEnum(compiler: Compiler, node: ts.EnumDeclaration): string | undefined {
  const entries: string[] = [];
  let next: number | undefined = 0;
  for (const { name, initializer } of node.members) {
    if (compiler.isComputedPropertyName(name) || compiler.isPrivateIdentifier(name)) return undefined;
    const key = JSON.stringify(name.text);
    if (initializer !== undefined && compiler.isStringLiteralLike(initializer)) {
      entries.push(`${key}: ${JSON.stringify(initializer.text)}`);
      next = undefined;
      continue;
    }
    const value: number | undefined = initializer === undefined ? next : numberOf(compiler, initializer);
    if (value === undefined) return undefined;
    entries.push(`${key}: ${String(value)}`, `${JSON.stringify(String(value))}: ${key}`);
    next = value + 1;
  }
  return `const ${node.name.text} = { ${entries.join(", ")} };`;
}

function numberOf(compiler: Compiler, node: ts.Expression): number | undefined {
  if (compiler.isNumericLiteral(node)) return Number(node.text);
  const isNegative = compiler.isPrefixUnaryExpression(node) && node.operator === compiler.SyntaxKind.MinusToken;
  return isNegative && compiler.isNumericLiteral(node.operand) ? -Number(node.operand.text) : undefined;
}
