import type { ts } from "ts-morph";
import { parseTyped } from "./compiler.ts";
import type { TypedSource } from "./compiler.ts";
import { writtenType } from "./written-type.ts";

/**
 * What the type of a handler's callback tells about results: the type of its second parameter, on one line.
 *
 * @param bodyStart where the body of the handler begins in the text
 * @returns undefined where it tells nothing
 */
export function toldResult(text: string, bodyStart: number): string | undefined {
  const source = parseTyped(text);
  const type = handlerAt(source, bodyStart)?.parameters[1]?.type;
  const callback = type === undefined ? undefined : signatureOf(source, type);
  const told = callback?.signature.parameters[1]?.type;
  return told === undefined || callback === undefined ? undefined : writtenType(source, told, callback.given);
}

/** The function whose body begins at a place. */
function handlerAt({ ts, file }: TypedSource, bodyStart: number): ts.SignatureDeclaration | undefined {
  const find = (node: ts.Node): ts.SignatureDeclaration | undefined => {
    if (node.pos > bodyStart || node.end <= bodyStart) return undefined;
    const isFunction = ts.isFunctionLike(node) && "body" in node && node.body !== undefined;
    if (isFunction && (node.body as ts.Node).getStart(file) === bodyStart) return node;
    return ts.forEachChild(node, find);
  };
  return find(file);
}

/** The type of a callback, with the types that stand for the parameters of an alias: `Callback<Order>`. */
interface Callback {
  readonly signature: ts.SignatureDeclarationBase;
  readonly given: ReadonlyMap<string, ts.TypeNode>;
}

/** The type of a function, as it is written or as the file calls it. */
function signatureOf(source: TypedSource, type: ts.TypeNode): Callback | undefined {
  const { ts, file } = source;
  const plain = callOf(source, type);
  if (plain !== undefined) return { signature: plain, given: new Map() };
  if (!ts.isTypeReferenceNode(type)) return undefined;
  const name = type.typeName.getText(file);
  const declared = file.statements.filter(
    (each): each is ts.TypeAliasDeclaration | ts.InterfaceDeclaration =>
      (ts.isTypeAliasDeclaration(each) || ts.isInterfaceDeclaration(each)) && each.name.text === name,
  );
  const [alias, ...others] = declared;
  if (alias === undefined || others.length > 0) return undefined;
  const signature = ts.isTypeAliasDeclaration(alias) ? callOf(source, alias.type) : onlyCall(source, alias.members);
  const parameters = alias.typeParameters ?? [];
  const given = type.typeArguments ?? [];
  // What is left out is a default, of which this knows nothing.
  if (signature === undefined || parameters.length !== given.length) return undefined;
  return {
    signature,
    given: new Map(parameters.flatMap((each, index) => (given[index] ? [[each.name.text, given[index]]] : []))),
  };
}

function callOf(source: TypedSource, type: ts.TypeNode): ts.SignatureDeclarationBase | undefined {
  const { ts } = source;
  if (ts.isParenthesizedTypeNode(type)) return callOf(source, type.type);
  if (ts.isFunctionTypeNode(type)) return type.typeParameters === undefined ? type : undefined;
  return ts.isTypeLiteralNode(type) ? onlyCall(source, type.members) : undefined;
}

/** `{ (error: Error | null, result?: string): void }` */
function onlyCall({ ts }: TypedSource, members: readonly ts.TypeElement[]): ts.SignatureDeclarationBase | undefined {
  const [call, ...others] = members;
  const isOnly = call !== undefined && others.length === 0 && ts.isCallSignatureDeclaration(call);
  return isOnly && call.typeParameters === undefined ? call : undefined;
}
