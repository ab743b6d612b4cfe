import type { ts } from "ts-morph";
import { blank, startOf } from "./collection.ts";
import type { Collection } from "./collection.ts";
import { statementsOf } from "./compiled.ts";
import type { Compiler } from "./compiler.ts";

/** True for a member of a class that only says what others will have. */
export function isTypeMember(compiler: Compiler, node: ts.ClassElement): boolean {
  if (compiler.isIndexSignatureDeclaration(node)) return true;
  const { AbstractKeyword, DeclareKeyword } = compiler.SyntaxKind;
  const modifiers = compiler.canHaveModifiers(node) ? (compiler.getModifiers(node) ?? []) : [];
  if (modifiers.some(({ kind }) => kind === AbstractKeyword || kind === DeclareKeyword)) return true;
  const isFunction = compiler.isMethodDeclaration(node) || compiler.isConstructorDeclaration(node);
  return isFunction && node.body === undefined;
}

/** What a class says in types about itself and its members. */
export function collectClass(collection: Collection, node: ts.ClassLikeDeclaration): void {
  const { ts } = collection;
  for (const clause of node.heritageClauses ?? []) {
    if (clause.token === ts.SyntaxKind.ImplementsKeyword) blank(collection, "implements", [clause.pos, clause.end]);
  }
  if (ts.isClassDeclaration(node)) blankModifiers(collection, node);
  for (const member of node.members) {
    if (!isTypeMember(ts, member)) collectMember(collection, member);
  }
}

function collectMember(collection: Collection, member: ts.ClassElement): void {
  const { ts } = collection;
  if (ts.isAutoAccessorPropertyDeclaration(member)) return;
  blankModifiers(collection, member);
  if (ts.isConstructorDeclaration(member)) collectKeptParameters(collection, member);
}

/** Notes what a field with `accessor` runs as: a hidden field, and two functions that read and write it. */
export function collectAccessor(collection: Collection, node: ts.AutoAccessorPropertyDeclaration): void {
  const { ts, file, found } = collection;
  const offset = startOf(collection, node);
  const { name, parent } = node;
  const isNamed = parent.name !== undefined && !ts.isComputedPropertyName(name);
  const modifiers = ts.getModifiers(node) ?? [];
  if (!isNamed || ts.getDecorators(node) !== undefined) {
    const what = "a class field with `accessor` that has no plain name, or a class without one around it";
    found.obstacles.push({ what, advice: "write `get` and `set`", offset });
    return;
  }
  const isStatic = modifiers.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword);
  const value = node.initializer === undefined ? "" : ` = ${node.initializer.getText(file)}`;
  const field = `${isStatic ? "static " : ""}accessor ${name.getText(file)}${value};`;
  const heritage = parent.heritageClauses === undefined ? "" : " extends Object";
  const [whole] = statementsOf(ts, `class ${parent.name.text}${heritage} { ${field} }`);
  const code = whole?.text.slice(whole.text.indexOf("{") + 1, whole.text.lastIndexOf("}")).trim();
  if (code !== undefined) found.standIns.push({ range: [offset, node.end], code, comesBack: true });
}

/** Parameters that are fields as well: the constructor assigns them first of all, or behind the call of `super`. */
function collectKeptParameters(collection: Collection, { body, parameters }: ts.ConstructorDeclaration): void {
  const { ts, found } = collection;
  const kept = parameters.filter((parameter) => (ts.getModifiers(parameter) ?? []).length > 0);
  for (const parameter of kept) blankModifiers(collection, parameter);
  if (body === undefined || kept.length === 0) return;
  const call = body.statements.find(
    (each) =>
      ts.isExpressionStatement(each) &&
      ts.isCallExpression(each.expression) &&
      each.expression.expression.kind === ts.SyntaxKind.SuperKeyword,
  );
  const offset = call?.end ?? startOf(collection, body) + 1;
  const code = kept.map(({ name }) => `this.${name.getText(collection.file)} = ${name.getText(collection.file)};`);
  found.standIns.push({ range: [offset, offset], code: code.join(" "), comesBack: true });
}

/** Modifiers that only types know; each goes with the space behind it. */
function blankModifiers(collection: Collection, node: ts.Node): void {
  const { ts, text } = collection;
  const { SyntaxKind } = ts;
  const known: ReadonlySet<ts.SyntaxKind> = new Set([
    SyntaxKind.PublicKeyword,
    SyntaxKind.PrivateKeyword,
    SyntaxKind.ProtectedKeyword,
    SyntaxKind.ReadonlyKeyword,
    SyntaxKind.OverrideKeyword,
    SyntaxKind.AbstractKeyword,
  ]);
  for (const modifier of ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : []) {
    if (!known.has(modifier.kind)) continue;
    const spaces = /^\s*/u.exec(text.slice(modifier.end))?.[0].length ?? 0;
    blank(collection, "modifier", [startOf(collection, modifier), modifier.end + spaces]);
  }
}
