import { calledMethodOf } from "../code/called.ts";
import { meansTheSameAt } from "../code/names.ts";
import type * as ESTree from "estree";
import { isConstant, readsOf } from "../code/bindings.ts";
import { isList } from "../code/lists.ts";
import type { Model } from "../code/model.ts";
import { isFunction, isInside, rangeOf, staticName, walk } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { findResponseCalls } from "./fetch-requests.ts";
import { placeOf } from "./idiomatic-place.ts";
import type { Place } from "./idiomatic-place.ts";
import { readerOf } from "./readers.ts";
import type { Reader } from "./readers.ts";

/** A promise that is kept in a constant, and awaited right behind. */
export interface KeptPromise {
  readonly declarator: ESTree.VariableDeclarator & { readonly id: ESTree.Identifier };
  /** `fetch(…).then(read)` */
  readonly call: ESTree.CallExpression;
}

/** A call of a reader whose statements can stand in its place. */
export interface ReaderCall {
  readonly reader: Reader;
  /** The request itself. */
  readonly request: ESTree.CallExpression;
  /** What gives the body: `await read(await fetch(…))`, `await fetch(…).then(read)`, `fetch(…).then(read)` in a `return`. */
  readonly value: Node;
  readonly place: Place;
  readonly kept: KeptPromise | undefined;
}

function ownerIsAsync(model: Model, node: Node): boolean {
  const owner = model.functionOf(node);
  return owner?.async === true && owner.generator !== true;
}

/** True where a promise that is returned may as well be awaited first. */
function isReturnedFreely(model: Model, call: Node): boolean {
  const statement = model.parentOf(call);
  if (statement?.type !== "ReturnStatement" || !ownerIsAsync(model, call)) {
    return false;
  }
  for (let node: Node | null = statement; node !== null && !isFunction(node); node = model.parentOf(node)) {
    if (node.type === "TryStatement") {
      return false;
    }
  }
  return true;
}

function waits(statement: Node): boolean {
  let found = false;
  walk(statement, (node) => {
    found ||= /^(?:Await|Yield)Expression$|^(?:Return|Break|Continue)Statement$/u.test(node.type);
    return !found && !isFunction(node);
  });
  return found;
}

/** True when the promise is awaited by the first statement behind its declaration that waits, or the first in its `try`. */
function isAwaitedRightBehind(model: Model, declaration: Node, awaited: Node): boolean {
  const list = model.parentOf(declaration);
  if (list?.type !== "BlockStatement" && list?.type !== "Program") {
    return false;
  }
  const behind = list.body.slice(list.body.indexOf(declaration as ESTree.Statement) + 1);
  const next = behind.find((statement) => statement.type !== "FunctionDeclaration" && waits(statement));
  const first = next?.type === "TryStatement" ? next.block.body[0] : next;
  const statement = model.statementOf(awaited);
  return first !== undefined && isList(model.parentOf(first)) && first === statement;
}

/** The one `await` of a constant that holds a promise. */
function keptIn(model: Model, call: ESTree.CallExpression): { kept: KeptPromise; value: Node } | undefined {
  const declarator = model.parentOf(call);
  if (declarator?.type !== "VariableDeclarator" || declarator.init !== call || declarator.id.type !== "Identifier") {
    return undefined;
  }
  const { id } = declarator;
  const declaration = model.parentOf(declarator);
  const variable = model.variableOf(id);
  const [read, ...others] = variable === undefined ? [] : readsOf(variable);
  const value = read === undefined ? null : model.parentOf(read);
  const isAlone = declaration?.type === "VariableDeclaration" && declaration.declarations.length === 1;
  if (variable === undefined || !isConstant(variable) || others.length > 0 || value?.type !== "AwaitExpression") {
    return undefined;
  }
  return isAlone && isAwaitedRightBehind(model, declaration, value)
    ? { kept: { declarator: { ...declarator, id }, call }, value }
    : undefined;
}

/** What gives the body where a function is called with the response, or given to `then`. */
function usesOf(
  model: Model,
  read: Node,
): (Pick<ReaderCall, "value" | "kept"> & { readonly request: Node }) | undefined {
  const call = model.parentOf(read);
  if (call?.type !== "CallExpression") {
    return undefined;
  }
  const [argument, ...others] = call.arguments;
  const outer = model.parentOf(call);
  if (call.callee === read) {
    const isAwaited = argument?.type === "AwaitExpression" && outer?.type === "AwaitExpression";
    return isAwaited && others.length === 0 ? { request: argument.argument, value: outer, kept: undefined } : undefined;
  }
  const { callee } = call;
  if (argument !== read || others.length > 0 || callee.type !== "MemberExpression" || staticName(callee) !== "then") {
    return undefined;
  }
  const request = callee.object;
  if (outer?.type === "AwaitExpression") {
    return { request, value: outer, kept: undefined };
  }
  if (isReturnedFreely(model, call)) {
    return { request, value: call, kept: undefined };
  }
  const kept = keptIn(model, call);
  return kept === undefined ? undefined : { request, ...kept };
}

/** The call whose reader is named or written at a place; undefined where its statements can't stand there. */
export function readerCallAt(model: Model, reader: Reader, read: Node): ReaderCall | undefined {
  const use = usesOf(model, read);
  const request = use?.request;
  if (use === undefined || request?.type !== "CallExpression") {
    return undefined;
  }
  const isRequest = findResponseCalls(model).has(request);
  const isAwaitable = reader.node.async !== true || ownerIsAsync(model, use.value);
  const place = isRequest && isAwaitable ? placeOf(model, use.value) : undefined;
  const isFree = place !== undefined && meansTheSameAt(model, reader.node, use.value);
  return isFree ? { reader, request, value: use.value, kept: use.kept, place } : undefined;
}

/** The functions that are written where they read a response: `fetch(…).then((response) => …)`. */
export function findReaderLiterals(model: Model): ReaderCall[] {
  return [...findResponseCalls(model)].flatMap((request) => {
    const [literal] = calledMethodOf(model, request)?.call.arguments ?? [];
    const reader = literal !== undefined && isFunction(literal) ? readerOf(model, literal) : undefined;
    return (reader && readerCallAt(model, reader, reader.node)) ?? [];
  });
}

/** True for a call that neither holds another one nor stands in one. */
export function standsAlone(call: ReaderCall, calls: readonly ReaderCall[]): boolean {
  return calls.every(
    (other) =>
      other === call ||
      (!isInside(other.value, call.place.statement) &&
        !isInside(call.value, other.place.statement) &&
        rangeOf(other.request)[0] !== rangeOf(call.request)[0]),
  );
}
