import type { ts } from "ts-morph";
import type { TypedSource } from "./compiler.ts";

/** The names that a file uses, in types and elsewhere; where they are declared or imported does not count. */
export function typeNames({ ts, file }: TypedSource): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    if (ts.isIdentifier(node) && !isDeclared(ts, node)) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}

function isDeclared(compiler: TypedSource["ts"], node: ts.Identifier): boolean {
  const { parent } = node;
  const isDeclaration =
    compiler.isInterfaceDeclaration(parent) ||
    compiler.isTypeAliasDeclaration(parent) ||
    compiler.isImportEqualsDeclaration(parent) ||
    // What is required and never used is no more used than what is imported so.
    compiler.isBindingElement(parent) ||
    compiler.isVariableDeclaration(parent);
  return isDeclaration && parent.name === node;
}
