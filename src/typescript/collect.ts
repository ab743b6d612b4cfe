import type { ts } from "ts-morph";
import { CONTINUING } from "../edits/text/layout.ts";
import { spaceEnd } from "../edits/text/white-space.ts";
import { blank, startOf } from "./collection.ts";
import type { Collection } from "./collection.ts";
import { collectAccessor, collectClass, isTypeMember } from "./collect-classes.ts";
import { collectFilled } from "./collect-filled.ts";
import { collectModuleSyntax } from "./collect-modules.ts";
import type { TypedSource } from "./compiler.ts";
import type { BlankRole, Finding, Found, Neighbours } from "./found.ts";

/** Finds what of a file is TypeScript, and what it runs as. */
export function collect(source: TypedSource, isModule: boolean, neighbours?: Neighbours): Found {
  const found: Finding = { blanks: [], standIns: [], typeImports: [], exported: [], obstacles: [] };
  const collection: Collection = {
    ...source,
    text: source.file.text,
    found,
    isModule,
    neighbours,
    visit: (node) => {
      visit(collection, node);
    },
  };
  ofChildren(collection, source.file);
  return found;
}

/** Looks at the children of a node that are code. */
function ofChildren(collection: Collection, node: ts.Node): void {
  const { ts } = collection;
  ts.forEachChild(node, (child) => {
    if (ts.isExpressionWithTypeArguments(child) || !ts.isTypeNode(child)) {
      collection.visit(child);
    }
  });
}

function visit(collection: Collection, node: ts.Node): void {
  const { ts, found } = collection;
  if (isTypeStatement(collection, node)) {
    blankStatement(collection, node);
    return;
  }
  if (ts.isTypeParameterDeclaration(node) || collectModuleSyntax(collection, node)) {
    return;
  }
  if (ts.isEnumDeclaration(node) || ts.isModuleDeclaration(node)) {
    collectFilled(collection, node);
    return;
  }
  if (ts.isDecorator(node)) {
    found.obstacles.push({
      what: "a decorator, whose meaning depends on the compiler's options",
      advice: "call it by hand, or migrate the JavaScript that your compiler makes of it",
      offset: startOf(collection, node),
    });
    return;
  }
  if (ts.isClassLike(node)) {
    collectClass(collection, node);
  } else if (ts.isClassElement(node) && isTypeMember(ts, node)) {
    blank(collection, "member", [startOf(collection, node), node.end]);
    return;
  } else if (ts.isPropertyDeclaration(node) && ts.isAutoAccessorPropertyDeclaration(node)) {
    collectAccessor(collection, node);
    return;
  }
  collectExpression(collection, node);
  collectAnnotations(collection, node);
  ofChildren(collection, node);
}

/** True for a statement that declares nothing but types, or what is elsewhere. */
function isTypeStatement({ ts }: Collection, node: ts.Node): boolean {
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return true;
  if (ts.isNamespaceExportDeclaration(node)) return true;
  const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : [];
  if (ts.isStatement(node) && modifiers.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword)) return true;
  if (ts.isFunctionDeclaration(node)) return node.body === undefined;
  return ts.isModuleDeclaration(node) && holdsTypesOnly(ts, node);
}

function holdsTypesOnly(compiler: typeof ts, { body }: ts.ModuleDeclaration): boolean {
  if (body === undefined) return true;
  if (compiler.isModuleDeclaration(body)) return holdsTypesOnly(compiler, body);
  return (
    compiler.isModuleBlock(body) &&
    body.statements.every((each) => compiler.isInterfaceDeclaration(each) || compiler.isTypeAliasDeclaration(each))
  );
}

/** A statement that vanishes must not let the ones around it melt together. */
function blankStatement(collection: Collection, node: ts.Node): void {
  const { ts, file, text, found } = collection;
  const siblings = ts.isBlock(node.parent) || ts.isSourceFile(node.parent) ? [...node.parent.statements] : [];
  const index = siblings.findIndex((each) => each === node);
  const [before, after] = [siblings[index - 1], siblings[index + 1]];
  const isOpen = before !== undefined && !/[;}]$/u.test(before.getText(file));
  if (isOpen && after !== undefined && CONTINUING.test(text.slice(startOf(collection, after)))) {
    const what = "a type between two statements that only it keeps apart";
    found.obstacles.push({ what, advice: "end the statement in front of it with a semicolon", offset: before.end });
  }
  blank(collection, "statement", [startOf(collection, node), node.end]);
}

/** Casts, and types that are given to calls. */
function collectExpression(collection: Collection, node: ts.Node): void {
  const { ts } = collection;
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node)) {
    blankCast(collection, node);
  } else if (ts.isNonNullExpression(node)) {
    blank(collection, "non-null", [node.expression.end, node.end]);
  } else if (ts.isTypeAssertionExpression(node)) {
    blank(collection, "angle-cast", [startOf(collection, node), startOf(collection, node.expression)]);
  } else if (
    ts.isCallOrNewExpression(node) ||
    ts.isTaggedTemplateExpression(node) ||
    ts.isExpressionWithTypeArguments(node)
  ) {
    blankList(collection, "type-arguments", node.typeArguments);
  }
}

function blankCast(collection: Collection, node: ts.AsExpression | ts.SatisfiesExpression): void {
  const { found, text } = collection;
  const next = spaceEnd(text, node.end);
  const isLineEnd = text.slice(node.end, next).includes("\n");
  if (isLineEnd && CONTINUING.test(text.charAt(next))) {
    const what = "a cast at the end of a statement without a semicolon";
    found.obstacles.push({ what, advice: "write the semicolon", offset: node.end });
  }
  blank(collection, "cast", [node.expression.end, node.end]);
}

/** `<…>`; a list does not hold its brackets. */
function blankList(collection: Collection, role: BlankRole, list: ts.NodeArray<ts.Node> | undefined): void {
  if (list !== undefined) {
    blank(collection, role, [list.pos - 1, collection.text.indexOf(">", list.end) + 1]);
  }
}

/** Annotations of names, parameters and results. */
function collectAnnotations(collection: Collection, node: ts.Node): void {
  const { ts } = collection;
  if (ts.isVariableDeclaration(node)) {
    blankAnnotation(collection, "variable", node, node.exclamationToken);
  } else if (ts.isParameter(node)) {
    if (ts.isIdentifier(node.name) && node.name.text === "this") {
      blankThis(collection, node);
      return;
    }
    blankAnnotation(collection, "parameter", node, node.questionToken);
  } else if (ts.isPropertyDeclaration(node)) {
    blankAnnotation(collection, "field", node, node.questionToken ?? node.exclamationToken);
  } else if (ts.isFunctionLike(node)) {
    blankList(collection, "type-parameters", node.typeParameters);
    if (ts.isMethodDeclaration(node)) blankAnnotation(collection, "optional-method", {}, node.questionToken);
    blankAnnotation(collection, "return", node, undefined);
  } else if (ts.isClassLike(node)) {
    blankList(collection, "type-parameters", node.typeParameters);
  }
}

function blankAnnotation(
  collection: Collection,
  role: BlankRole,
  { type }: { readonly type?: ts.TypeNode | undefined },
  sign: ts.Node | undefined,
): void {
  const start = sign === undefined ? undefined : startOf(collection, sign);
  if (type !== undefined) {
    // A node begins behind the token in front of it, which is the colon.
    blank(collection, role, [start ?? type.pos - 1, type.end]);
  } else if (sign !== undefined) {
    blank(collection, role, [startOf(collection, sign), sign.end]);
  }
}

/** `this` among the parameters is a type, and the comma behind it goes with it. */
function blankThis(collection: Collection, node: ts.ParameterDeclaration): void {
  const { ts } = collection;
  const parameters = ts.isFunctionLike(node.parent) ? [...node.parent.parameters] : [];
  const [, next] = parameters;
  const end = next === undefined ? node.end : startOf(collection, next);
  blank(collection, "this-parameter", [startOf(collection, node), end]);
}
