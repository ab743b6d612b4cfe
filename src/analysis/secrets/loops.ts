import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { literalText, staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import type { Model } from "../code/model.ts";
import { isConstant, readsOf } from "../code/bindings.ts";
import { isGlobalTaken } from "../code/names.ts";
import { findSecretCalls } from "./statements.ts";
import type { SecretCall } from "./statements.ts";

/**
 * A loop that reads a fixed list of secrets into a new list or object, with the declaration in front of it:
 *
 *     const secrets = {};
 *     for (const name of ["a", "b"]) {
 *       secrets[name] = await client.readSecret(name);
 *     }
 */
export interface SecretLoop {
  readonly declaration: ESTree.VariableDeclaration;
  /** The name that holds the list or object. */
  readonly holder: ESTree.Identifier;
  readonly into: "list" | "object";
  readonly loop: ESTree.ForOfStatement;
  /** The names of the secrets: an array literal, or a constant that holds one. */
  readonly names: Node;
  readonly name: ESTree.Identifier;
  readonly read: SecretCall;
  /** What is kept of each entry: the member `value`, or the entry itself. */
  readonly member: string | undefined;
}

/** Finds the loops whose reads can run at the same time: the list is fixed, and each turn only keeps what it read. */
export function findSecretLoops(model: Model): SecretLoop[] {
  const calls = findSecretCalls(model);
  return calls.size === 0 ? [] : model.nodes("ForOfStatement").flatMap((loop) => loopOf(model, loop, calls) ?? []);
}

function loopOf(
  model: Model,
  loop: ESTree.ForOfStatement,
  calls: ReadonlyMap<Node, SecretCall>,
): SecretLoop | undefined {
  const name = loop.left.type === "VariableDeclaration" ? loop.left.declarations[0]?.id : undefined;
  const holding = declarationBefore(model, loop);
  if (loop.await || name?.type !== "Identifier" || holding === undefined || !isFixedList(model, loop.right)) {
    return undefined;
  }
  const variable = model.variableOf(name);
  const kept = keptOf(model, loop.body);
  const read = kept === undefined ? undefined : calls.get(kept.read);
  if (kept === undefined || read === undefined || variable === undefined || !isConstant(variable)) {
    return undefined;
  }
  const [first, ...others] = read.call.arguments;
  const isRead = first !== undefined && model.variableOf(first) === variable && others.every((part) => !names(part));
  const into = targetOf(model, kept.target, holding.holder, variable);
  const isEntry = kept.member === undefined || read.isEntry;
  return isRead &&
    into !== undefined &&
    into === holding.into &&
    isEntry &&
    !["Promise", "Object"].some((global) => isGlobalTaken(model, loop, global))
    ? { ...holding, loop, names: loop.right, name, read, member: kept.member }
    : undefined;
}

/** Options of the read that name something may differ from turn to turn. */
function names(part: Node): boolean {
  return (
    part.type !== "ObjectExpression" ||
    part.properties.some((property) => property.type !== "Property" || property.value.type !== "Literal")
  );
}

/** `const list = [];` or `const secrets = {};` directly in front of the loop. */
function declarationBefore(model: Model, loop: Node): Pick<SecretLoop, "declaration" | "holder" | "into"> | undefined {
  const block = model.parentOf(loop);
  const list: readonly Node[] = block?.type === "BlockStatement" ? block.body : [];
  const declaration = list[list.indexOf(loop) - 1];
  if (declaration?.type !== "VariableDeclaration" || declaration.kind === "var") {
    return undefined;
  }
  const [{ id, init } = { id: undefined, init: undefined }, ...others] = declaration.declarations;
  const isList = init?.type === "ArrayExpression" && init.elements.length === 0;
  const isObject = init?.type === "ObjectExpression" && init.properties.length === 0;
  return others.length === 0 && id?.type === "Identifier" && (isList || isObject)
    ? { declaration, holder: id, into: isList ? "list" : "object" }
    : undefined;
}

/** A list of different texts that nobody changes. */
function isFixedList(model: Model, node: Node): boolean {
  let list: Node | null | undefined = node;
  if (node.type === "Identifier") {
    const variable = model.variableOf(node);
    const [definition] = variable?.defs ?? [];
    const isOurs = variable !== undefined && isConstant(variable) && definition?.type === "Variable";
    const isOnlyRead = isOurs && readsOf(variable).every((read) => isReadOfList(model, read));
    list = isOnlyRead && definition.node.id.type === "Identifier" ? definition.node.init : undefined;
  }
  const texts = list?.type === "ArrayExpression" ? list.elements.map(literalText) : [];
  return (
    texts.length > 1 &&
    texts.every((text) => text !== undefined && text !== "__proto__") &&
    new Set(texts).size === texts.length
  );
}

const READING = new Set(["length", "join", "includes", "indexOf", "map", "filter", "some", "every", "forEach"]);

function isReadOfList(model: Model, read: Node): boolean {
  const parent = model.parentOf(read);
  return (
    (parent?.type === "ForOfStatement" && parent.right === read) ||
    (parent?.type === "MemberExpression" && parent.object === read && READING.has(staticName(parent) ?? ""))
  );
}

/** The one thing that a turn does: where it keeps what, and the read. */
interface Kept {
  readonly target: Node;
  readonly read: Node;
  readonly member: string | undefined;
}

function keptOf(model: Model, body: Node): Kept | undefined {
  const statements: readonly Node[] = body.type === "BlockStatement" ? body.body : [body];
  const [first, second, ...others] = statements;
  if (first === undefined || others.length > 0) {
    return undefined;
  }
  const keeping = keepingOf(second ?? first);
  const value = keeping === undefined ? undefined : withoutMember(keeping.value);
  if (keeping === undefined || value === undefined) {
    return undefined;
  }
  if (second === undefined) {
    const { object, member } = value;
    return object.type === "AwaitExpression" ? { target: keeping.target, read: object.argument, member } : undefined;
  }
  const declarator =
    first.type === "VariableDeclaration" && first.declarations.length === 1 ? first.declarations[0] : null;
  const read = declarator?.init?.type === "AwaitExpression" ? declarator.init.argument : undefined;
  const held = declarator === null ? [] : model.scopeManager.getDeclaredVariables(declarator as never);
  const [only] = held;
  if (!declarator || read === undefined || only === undefined || held.length > 1) {
    return undefined;
  }
  const isIt = value.object.type === "Identifier" && model.variableOf(value.object) === only;
  const member = declarator.id.type === "Identifier" ? value.member : takenMember(declarator.id);
  const isWhole = declarator.id.type === "Identifier" || (value.member === undefined && member !== undefined);
  return isIt && isWhole && readsOf(only).length === 1 ? { target: keeping.target, read, member } : undefined;
}

/** `{ value }` or `{ value: token }`: the one member that is taken. */
function takenMember(pattern: ESTree.Pattern): string | undefined {
  const [property, ...others] = pattern.type === "ObjectPattern" ? pattern.properties : [];
  return property?.type === "Property" && others.length === 0 && property.value.type === "Identifier"
    ? staticName(property)
    : undefined;
}

function keepingOf(statement: Node): { readonly target: Node; readonly value: Node } | undefined {
  const expression = statement.type === "ExpressionStatement" ? statement.expression : undefined;
  if (expression?.type === "AssignmentExpression" && expression.operator === "=") {
    return { target: expression.left, value: expression.right };
  }
  const [value, ...others] = expression?.type === "CallExpression" ? expression.arguments : [];
  return expression?.type === "CallExpression" && value !== undefined && others.length === 0
    ? { target: expression.callee, value }
    : undefined;
}

function withoutMember(value: Node): { readonly object: Node; readonly member: string | undefined } | undefined {
  if (value.type !== "MemberExpression") {
    return { object: value, member: undefined };
  }
  return value.computed || value.optional ? undefined : { object: value.object, member: staticName(value) };
}

/** `list.push` or `secrets[name]`. */
function targetOf(model: Model, target: Node, holder: Node, name: Variable): "list" | "object" | undefined {
  if (target.type !== "MemberExpression" || model.variableOf(target.object) !== model.variableOf(holder)) {
    return undefined;
  }
  if (target.computed) {
    return model.variableOf(target.property) === name ? "object" : undefined;
  }
  return staticName(target) === "push" ? "list" : undefined;
}
