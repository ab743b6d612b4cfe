import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { isFunction, rangeOf, staticName, walk } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { isPure } from "../code/effects.ts";
import type { Model } from "../code/model.ts";
import { isConstant, readsOf } from "../code/bindings.ts";
import { stringOf } from "../values/constants.ts";
import { findSecretReads } from "./reads.ts";

/** A call that does nothing but read one secret: of `readSecret`, or of a function of the file that only hands it on. */
export interface SecretCall {
  readonly call: ESTree.SimpleCallExpression;
  /** The expression that gives the secret's name. */
  readonly keyNode: Node | undefined;
  /** The secret's name where the code shows it. */
  readonly key: string | undefined;
  /** True when the result is the entry `{ key, value }`; a helper may give the value alone. */
  readonly isEntry: boolean;
  /** True when the read says more than the name, such as `{ useCache: false }`. */
  readonly hasOptions: boolean;
}

/** A statement that waits for one secret and holds it: `const a = await read("a");`, `b = (await read("b")).value;`. */
export interface ReadStatement extends SecretCall {
  readonly statement: ESTree.VariableDeclaration | ESTree.ExpressionStatement;
  /** What begins the statement; an assignment has nothing. */
  readonly keyword: "const" | "let" | "var" | "";
  readonly target: ESTree.Pattern;
  /** The member that is taken from the entry: `value`. */
  readonly member: string | undefined;
  /** The variables that it writes. */
  readonly variables: readonly Variable[];
}

/** All calls that read one secret and do nothing else. */
export function findSecretCalls(model: Model): Map<Node, SecretCall> {
  const calls = new Map<Node, SecretCall>();
  for (const { call } of findSecretReads(model)) {
    const { callee } = call;
    const isPlain = callee.type === "MemberExpression" && callee.object.type === "Identifier" && !callee.optional;
    if (isPlain && !call.optional && call.arguments.every((part) => isPure(model, part))) {
      const [keyNode] = call.arguments;
      const key = keyNode && stringOf(model, keyNode);
      const direct = { call, keyNode, key, isEntry: true, hasOptions: call.arguments.length > 1 };
      calls.set(call, direct);
      for (const outer of callsOfReader(model, direct)) {
        calls.set(outer.call, outer);
      }
    }
  }
  return calls;
}

/** The calls of the function around a read, when it does nothing but hand the read on. */
function callsOfReader(model: Model, read: SecretCall): SecretCall[] {
  const reader = model.functionOf(read.call);
  const name = reader === null ? undefined : nameOf(model, reader);
  if (reader === null || name === undefined) {
    return [];
  }
  const handed = handedOn(model, reader, read.call);
  if (handed === undefined || !isConstant(name) || reader.params.some(({ type }) => type !== "Identifier")) {
    return [];
  }
  const [keyNode] = read.call.arguments;
  const parameters = reader.params.map((parameter) => model.variableOf(parameter));
  const index = keyNode?.type === "Identifier" ? parameters.indexOf(model.variableOf(keyNode)) : -1;
  return readsOf(name).flatMap((use) => {
    const call = model.parentOf(use);
    if (call?.type !== "CallExpression" || call.callee !== use || call.optional) {
      return [];
    }
    const isPlain = call.arguments.every((part) => part.type !== "SpreadElement" && isPure(model, part));
    const given = index === -1 ? read.keyNode : call.arguments[index];
    const key = given && stringOf(model, given);
    return isPlain ? [{ call, keyNode: given, key, isEntry: handed === "entry", hasOptions: read.hasOptions }] : [];
  });
}

function nameOf(model: Model, reader: FunctionNode): Variable | undefined {
  if (reader.generator === true) {
    return undefined;
  }
  const parent = model.parentOf(reader);
  if (parent?.type === "ExportDefaultDeclaration") {
    return undefined;
  }
  const holder = reader.type === "FunctionDeclaration" ? reader : parent;
  const isHeld = holder?.type === "FunctionDeclaration" || holder?.type === "VariableDeclarator";
  return isHeld && holder.id.type === "Identifier" ? model.variableOf(holder.id) : undefined;
}

/** What a function gives that consists of one read: the entry, or its value; undefined when it does more. */
function handedOn(model: Model, reader: FunctionNode, call: Node): "entry" | "value" | undefined {
  const body: readonly Node[] = reader.body.type === "BlockStatement" ? reader.body.body : [reader.body];
  const last = body.at(-1);
  const result = last?.type === "ReturnStatement" ? last.argument : reader.body.type === "BlockStatement" ? null : last;
  if (!result) {
    return undefined;
  }
  if (body.length === 1) {
    return valueOf(result, call, reader.async === true);
  }
  const [first] = body;
  const declarator = first?.type === "VariableDeclaration" && body.length === 2 ? first.declarations[0] : undefined;
  const isRead = declarator?.init?.type === "AwaitExpression" && declarator.init.argument === call;
  if (!isRead || (first?.type === "VariableDeclaration" && first.declarations.length > 1)) {
    return undefined;
  }
  const held = model.scopeManager.getDeclaredVariables(declarator);
  const object = result.type === "MemberExpression" ? result.object : result;
  const isHeld = object.type === "Identifier" && held.includes(model.variableOf(object) as never);
  if (!isHeld) {
    return undefined;
  }
  if (declarator.id.type === "Identifier") {
    return result === object ? "entry" : isValueMember(result) ? "value" : undefined;
  }
  return result === object && declarator.id.type === "ObjectPattern" && !hasDefault(declarator.id)
    ? "value"
    : undefined;
}

function valueOf(result: Node, call: Node, isAsync: boolean): "entry" | "value" | undefined {
  const entry = result.type === "MemberExpression" ? result.object : result;
  const isRead = entry === call || (entry.type === "AwaitExpression" && entry.argument === call);
  if (!isRead || (result !== entry && entry === call)) {
    return undefined;
  }
  return result === entry ? "entry" : isAsync && isValueMember(result) ? "value" : undefined;
}

function isValueMember(node: Node): boolean {
  return node.type === "MemberExpression" && !node.optional && staticName(node) === "value";
}

/** True when taking the pattern apart runs code of its own, or writes to a member. */
function hasDefault(pattern: Node): boolean {
  let found = false;
  walk(pattern, (node) => {
    found ||= node.type === "AssignmentPattern" || node.type === "MemberExpression";
    return true;
  });
  return found;
}

/** The read that makes up a whole statement. */
export function readStatementOf(
  model: Model,
  statement: Node,
  calls: ReadonlyMap<Node, SecretCall>,
): ReadStatement | undefined {
  const parts = partsOf(statement);
  if (parts === undefined || !parts.value) {
    return undefined;
  }
  const { value, target } = parts;
  const isMember = value.type === "MemberExpression" && !value.optional && !value.computed;
  const awaited = isMember ? value.object : value;
  const read = awaited.type === "AwaitExpression" ? calls.get(awaited.argument) : undefined;
  if (read === undefined || hasDefault(target) || (isMember && (!read.isEntry || target.type !== "Identifier"))) {
    return undefined;
  }
  const variables =
    parts.statement.type === "VariableDeclaration"
      ? model.scopeManager.getDeclaredVariables(parts.statement)
      : [model.variableOf(target) ?? []].flat();
  return { ...read, ...parts, member: isMember ? staticName(value) : undefined, variables };
}

type Parts = Pick<ReadStatement, "statement" | "keyword" | "target"> & { readonly value: Node | null | undefined };

function partsOf(statement: Node): Parts | undefined {
  if (statement.type === "VariableDeclaration") {
    const [declarator, ...others] = statement.declarations;
    const { kind } = statement;
    return declarator === undefined || others.length > 0 || (kind !== "const" && kind !== "let" && kind !== "var")
      ? undefined
      : { statement, keyword: kind, target: declarator.id, value: declarator.init };
  }
  const { expression } = statement.type === "ExpressionStatement" ? statement : { expression: undefined };
  return statement.type === "ExpressionStatement" &&
    expression?.type === "AssignmentExpression" &&
    expression.operator === "=" &&
    expression.left.type === "Identifier"
    ? { statement, keyword: "", target: expression.left, value: expression.right }
    : undefined;
}

/**
 * True when nobody but the code behind the statement can tell whether the variables have been written when a later
 * read fails: they are gone then, or only a `catch` outside of their block is reached.
 */
export function isGoneOnFailure(model: Model, { statement, keyword, variables }: ReadStatement): boolean {
  if (keyword === "const" || keyword === "let") {
    return true;
  }
  const own = model.functionOf(statement);
  if (own === null || variables.length === 0) {
    return false;
  }
  return variables.every(
    (variable) =>
      variable.scope.variableScope.block === own &&
      isInsideEveryTry(model, statement, variable) &&
      !variable.references.some(({ identifier, from }) => {
        const owner = from.variableScope.block;
        const isBefore = rangeOf(identifier as Node)[0] < rangeOf(statement)[0];
        return owner !== own && (isBefore || owner.type === "FunctionDeclaration");
      }),
  );
}

function isInsideEveryTry(model: Model, statement: Node, variable: Variable): boolean {
  const [start, end] = rangeOf(variable.scope.block);
  let part: Node = statement;
  for (let node = model.parentOf(part); node !== null && !isFunction(node); node = model.parentOf(node)) {
    if (node.type === "TryStatement" && !(start >= rangeOf(part)[0] && end <= rangeOf(part)[1])) {
      return false;
    }
    part = node;
  }
  return true;
}
