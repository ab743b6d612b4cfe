import type { ts } from "ts-morph";
import type { TypedSource } from "./compiler.ts";

/** The names of each file, found once. */
const known = new WeakMap<ts.SourceFile, ReadonlySet<string>>();

/** The names that a file says somewhere as a value, whatever they mean there; those that it imports are not counted. */
export function valueNames({ ts, file }: Pick<TypedSource, "ts" | "file">): ReadonlySet<string> {
  const names = known.get(file) ?? findNames(ts, file);
  known.set(file, names);
  return names;
}

function findNames(compiler: TypedSource["ts"], file: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (compiler.isImportDeclaration(node) || isTypeDeclaration(compiler, node)) return;
    if (compiler.isIdentifier(node) && !isMemberName(compiler, node)) names.add(node.text);
    compiler.forEachChild(node, (child) => {
      if (
        compiler.isExpressionWithTypeArguments(child) ? !isImplemented(compiler, child) : !compiler.isTypeNode(child)
      ) {
        visit(child);
      }
    });
  };
  visit(file);
  return names;
}

/** The name of a member, and of a type, is no value. */
function isMemberName(compiler: TypedSource["ts"], node: ts.Identifier): boolean {
  const { parent } = node;
  if (compiler.isPropertyAccessExpression(parent) || compiler.isPropertyAssignment(parent)) return parent.name === node;
  return compiler.isImportEqualsDeclaration(parent) && parent.name === node;
}

function isTypeDeclaration(compiler: TypedSource["ts"], node: ts.Node): boolean {
  return (
    compiler.isInterfaceDeclaration(node) ||
    compiler.isTypeAliasDeclaration(node) ||
    compiler.isTypeParameterDeclaration(node)
  );
}

function isImplemented(compiler: TypedSource["ts"], { parent }: ts.ExpressionWithTypeArguments): boolean {
  return compiler.isHeritageClause(parent) && parent.token === compiler.SyntaxKind.ImplementsKeyword;
}
