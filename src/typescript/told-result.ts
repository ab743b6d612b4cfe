import type { ts } from "ts-morph";
import { parseTyped } from "./compiler.ts";
import type { Compiler } from "./compiler.ts";

/**
 * What the type of the handler's callback tells of results: the type of its second parameter.
 *
 * @returns undefined where it tells nothing
 */
export function toldResult(text: string, handlerName: string): string | undefined {
  const { ts, file } = parseTyped(text);
  const handler = file.statements.map((statement) => functionOf(ts, statement, handlerName)).find((each) => each);
  const type = handler?.parameters[1]?.type;
  const callback = type === undefined ? undefined : signatureOf(ts, file, type);
  const told = callback?.parameters[1]?.type?.getText(file);
  return told === undefined || /\/[/*]/u.test(told) ? undefined : told.replaceAll(/\s+/gu, " ");
}

function functionOf(compiler: Compiler, statement: ts.Statement, name: string): ts.SignatureDeclaration | undefined {
  if (compiler.isFunctionDeclaration(statement)) return statement.name?.text === name ? statement : undefined;
  if (!compiler.isVariableStatement(statement)) return undefined;
  const [declared] = statement.declarationList.declarations.filter(
    (each) => compiler.isIdentifier(each.name) && each.name.text === name,
  );
  const value = declared?.initializer;
  return value !== undefined && (compiler.isArrowFunction(value) || compiler.isFunctionExpression(value))
    ? value
    : undefined;
}

/** The type of a function, as it is written or as the file calls it. */
function signatureOf(compiler: Compiler, file: ts.SourceFile, type: ts.TypeNode): ts.FunctionTypeNode | undefined {
  if (compiler.isFunctionTypeNode(type)) return type;
  if (!compiler.isTypeReferenceNode(type) || type.typeArguments !== undefined) return undefined;
  const name = type.typeName.getText(file);
  const alias = file.statements.find(
    (each): each is ts.TypeAliasDeclaration => compiler.isTypeAliasDeclaration(each) && each.name.text === name,
  );
  const isPlain = alias !== undefined && alias.typeParameters === undefined;
  return isPlain && compiler.isFunctionTypeNode(alias.type) ? alias.type : undefined;
}
