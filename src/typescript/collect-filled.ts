import type { ts } from "ts-morph";
import { startOf } from "./collection.ts";
import type { Collection } from "./collection.ts";
import { compiled, statementsOf } from "./compiled.ts";
import type { Compiler } from "./compiler.ts";

type Filled = ts.EnumDeclaration | ts.ModuleDeclaration;

/** Notes what an enum, or a namespace with code in it, runs as. */
export function collectFilled(collection: Collection, node: Filled): void {
  const { ts, file, found } = collection;
  const start = node.modifiers?.find(({ kind }) => kind !== ts.SyntaxKind.ExportKeyword) ?? keywordOf(node, collection);
  const range = [typeof start === "number" ? start : startOf(collection, start), node.end] as const;
  const parts = partsOf(ts, node);
  const code = parts.length > 1 ? partOf(collection, parts, node) : wholeOf(ts, node, file.text.slice(...range));
  if (code === undefined) {
    const what = `\`${node.name.text}\`, of which one part can't be distinguished from the others`;
    found.obstacles.push({ what, advice: "write it as one object", offset: startOf(collection, node) });
    return;
  }
  found.standIns.push({ range, code, comesBack: true });
}

function wholeOf(compiler: Compiler, node: Filled, text: string): string {
  const plain = compiler.isEnumDeclaration(node) ? plainEnum(compiler, node) : undefined;
  // In a block it is no variable of the function around it.
  return plain ?? compiled(compiler, text).replace(/^var\b/u, compiler.isSourceFile(node.parent) ? "var" : "let");
}

/** The declarations of each list of statements by their names, found once. */
const declared = new WeakMap<ts.Node, ReadonlyMap<string, readonly ts.Statement[]>>();

/** The declarations beside a declaration that make one thing with it, itself included. */
function partsOf(compiler: Compiler, { name, parent }: Filled): readonly ts.Statement[] {
  const isList = compiler.isSourceFile(parent) || compiler.isBlock(parent) || compiler.isModuleBlock(parent);
  if (!isList) return [];
  const known = declared.get(parent) ?? byName(compiler, parent.statements);
  declared.set(parent, known);
  return known.get(name.text) ?? [];
}

function byName(compiler: Compiler, statements: readonly ts.Statement[]): ReadonlyMap<string, readonly ts.Statement[]> {
  const names = new Map<string, ts.Statement[]>();
  for (const statement of statements) {
    const name = nameOf(compiler, statement);
    const same = names.get(name);
    if (same === undefined) names.set(name, [statement]);
    else same.push(statement);
  }
  return names;
}

/** The name of a declaration that others may be a part of; empty for what is not one. */
function nameOf(compiler: Compiler, statement: ts.Statement): string {
  const isNamed =
    compiler.isEnumDeclaration(statement) ||
    compiler.isModuleDeclaration(statement) ||
    compiler.isFunctionDeclaration(statement) ||
    compiler.isClassDeclaration(statement);
  return (isNamed ? statement.name?.text : undefined) ?? "";
}

/**
 * What one of several parts runs as. A part may name what another one exports, so that they are compiled together; each
 * enum and each namespace is a call then, and the first one declares the name where no function and no class does.
 */
function partOf({ ts, file }: Collection, parts: readonly ts.Statement[], node: Filled): string | undefined {
  const statements = statementsOf(ts, parts.map((part) => part.getText(file)).join("\n"));
  const calls = statements.filter(({ isCall }) => isCall);
  const filled = parts.filter(
    (part) => ts.isEnumDeclaration(part) || (ts.isModuleDeclaration(part) && hasCode(ts, part)),
  );
  const call = calls.length === filled.length ? calls[filled.indexOf(node)] : undefined;
  if (call === undefined) return undefined;
  const isDeclared = statements.some(({ text }) => declaresFirst(text, node.name.text));
  const word = ts.isSourceFile(node.parent) ? "var" : "let";
  return isDeclared && filled[0] === node ? `${word} ${node.name.text};\n${call.text}` : call.text;
}

/** `var Name;` */
function declaresFirst(statement: string, name: string): boolean {
  return [`var ${name};`, `let ${name};`].some((start) => statement.replace(/^export /u, "").startsWith(start));
}

function hasCode(compiler: Compiler, node: ts.ModuleDeclaration): boolean {
  return statementsOf(compiler, node.getText()).length > 0;
}

/** Where a declaration begins behind its modifiers. */
function keywordOf(node: Filled, { ts, file, text }: Collection): number {
  const end = node.modifiers?.end;
  if (end === undefined) return node.getStart(file);
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, text);
  scanner.resetTokenState(end);
  scanner.scan();
  return scanner.getTokenStart();
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
