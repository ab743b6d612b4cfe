import type * as ESTree from "estree";
import { callOf } from "../code/called.ts";
import { argumentReturners, listMethods, promiseCombinators, promiseMethods } from "../code/builtins.ts";
import { constantOf, readsOf } from "../code/bindings.ts";
import { callsOf } from "../code/calls.ts";
import type { CallbackUse } from "../code/calls.ts";
import { argumentFor, callSiteOf, parameterIndexOf, resolveFunction } from "../code/functions.ts";
import type { Model } from "../code/model.ts";
import { globalPath } from "../code/names.ts";
import { isNullish, staticName } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { hasElement } from "./origins-literals.ts";
import type { Source } from "./origins-names.ts";
import type { OriginPosition, OriginSearch } from "./origins-types.ts";
import { INDEXED, PROMISE, anywhere, elementStep, isInList, memberStep } from "./trace-path.ts";

/** What a call gives. */
export function visitCall(search: OriginSearch, call: ESTree.SimpleCallExpression, at: OriginPosition): void {
  const site = callSiteOf(search.model, call);
  if (site !== undefined) {
    const isPromise = site.node.async === true && at.path[0] !== PROMISE;
    if (isPromise || site.node.generator === true) {
      give(search, at);
    } else {
      search.results(site.node, at.path, at);
    }
  } else if (!visitBuiltin(search, call, at) && !visitMethod(search, call, at)) {
    give(search, at);
  }
}

/** What code outside of the file gives. */
function give(search: OriginSearch, at: OriginPosition): void {
  if (at.path.length === 0) {
    search.add({ kind: "made", node: at.node }, at);
  } else {
    search.part(at);
  }
}

function visitBuiltin(search: OriginSearch, call: ESTree.SimpleCallExpression, at: OriginPosition): boolean {
  const name = globalPath(search.model, call.callee) ?? "";
  const [first] = call.arguments;
  const [outer, place, ...rest] = at.path;
  if (first === undefined || first.type === "SpreadElement") {
    return false;
  }
  // `Object.assign` makes an object of all its arguments.
  const isReturned = argumentReturners.has(name) && (name !== "Object.assign" || at.path.length > 0);
  if (isReturned || (name === "Promise.resolve" && outer === PROMISE)) {
    search.go(first, at.path, at);
    return true;
  }
  if (name === "Object.values" && isInList(at.path)) {
    search.go(first, [memberStep(), ...at.path.slice(1)], at);
    return true;
  }
  const kind = outer === PROMISE ? promiseCombinators.get(name) : undefined;
  if (kind === "one") {
    search.go(first, [elementStep(), PROMISE, ...at.path.slice(1)], at);
    return true;
  }
  const inner = kind === "outcomes" ? rest.slice(1) : rest;
  if (kind === undefined || place === undefined || (kind === "outcomes" && rest[0] !== memberStep("value"))) {
    return false;
  }
  search.go(first, [place, PROMISE, ...inner], at);
  return true;
}

/** A method of a list, or of a promise. */
function visitMethod(search: OriginSearch, call: ESTree.SimpleCallExpression, at: OriginPosition): boolean {
  const { callee, arguments: given } = call;
  const name = callee.type === "MemberExpression" ? (staticName(callee) ?? "") : "";
  if (callee.type !== "MemberExpression" || callee.object.type === "Super") {
    return false;
  }
  if (at.path[0] === PROMISE) {
    return visitPromiseMethod(search, callee.object, name, given, at);
  }
  const gives = listMethods.get(name)?.gives;
  if (gives === "element") {
    search.go(callee.object, [INDEXED, ...at.path], at);
  } else if (gives === "list" && isInList(at.path)) {
    search.go(callee.object, anywhere(at.path), at);
    for (const argument of name === "concat" ? given : []) {
      search.go(argument, anywhere(at.path), at);
    }
  } else if (gives === "mapped" && name === "map" && isInList(at.path) && given[0] !== undefined) {
    // A member of nothing can't be read: then there is no value at all.
    const [step, ...rest] = at.path;
    if (step !== undefined && rest.length === 0 && mayLack(search.model, callee.object, step)) {
      search.add({ kind: "nothing", node: call }, at);
    }
    return visitHandler(search, given[0], { ...at, path: at.path.slice(1) });
  } else {
    return false;
  }
  return true;
}

/** True when what a method is called on may have no element at the place that a step names. */
function mayLack(model: Model, list: Node, step: string): boolean {
  const [definition] = constantOf(model, list)?.defs ?? [];
  const literal: Node | null | undefined = definition?.type === "Variable" ? definition.node.init : list;
  return literal?.type === "ArrayExpression" ? !hasElement(model, literal, step) : step !== elementStep();
}

function visitPromiseMethod(
  search: OriginSearch,
  promise: Node,
  name: string,
  handlers: readonly Node[],
  at: OriginPosition,
): boolean {
  if (name !== "then" && name !== "catch" && name !== "finally") {
    return false;
  }
  const [first, second] = handlers;
  const value = name === "then" && first !== undefined && !isNullish(first) ? first : undefined;
  const error = name === "then" ? second : name === "catch" ? first : undefined;
  if (value === undefined) {
    search.go(promise, at.path, at);
  }
  return [value, error].every((handler) => handler === undefined || visitHandler(search, handler, at));
}

/** What a callback returns; false for one that is not of the file. */
function visitHandler(search: OriginSearch, handler: Node, at: OriginPosition): boolean {
  const answer = resolveFunction(search.model, handler);
  const isGiven = answer.kind === "local" && (answer.node.async !== true || at.path[0] === PROMISE);
  if (isGiven) {
    search.results(answer.node, at.path, at);
  }
  return isGiven;
}

/** `new Promise((resolve) => resolve(value))` */
export function visitNew(search: OriginSearch, made: ESTree.NewExpression, at: OriginPosition): void {
  const [executor] = made.arguments;
  const answer = executor === undefined ? undefined : resolveFunction(search.model, executor);
  const resolve = answer?.kind === "local" ? answer.node.params[0] : undefined;
  const variable = resolve === undefined ? undefined : search.model.variableOf(resolve);
  if (at.path[0] !== PROMISE || !search.model.isGlobal(made.callee, "Promise") || variable === undefined) {
    give(search, at);
    return;
  }
  for (const read of readsOf(variable)) {
    const call = search.model.parentOf(read);
    if (call?.type !== "CallExpression" || call.callee !== read) {
      search.add({ kind: "unknown", node: read, why: "unknown" }, at);
    } else if (call.arguments[0] === undefined) {
      search.add({ kind: "nothing", node: call }, at);
    } else {
      search.go(call.arguments[0], at.path, at);
    }
  }
}

type Parameter = Source & { readonly kind: "parameter" };

/** What the calls of a function give for a parameter. */
export function visitParameter(
  search: OriginSearch,
  { owner, index, isOptional }: Parameter,
  at: OriginPosition,
): void {
  const calls = callsOf(search.model, owner);
  const node: Node = owner.params[Math.min(index, owner.params.length - 1)] ?? owner;
  for (const site of calls.sites) {
    const argument = argumentFor(site, index);
    if (argument.kind === "given") {
      search.go(argument.node, at.path, at);
    } else if (argument.kind === "unknown") {
      search.add({ kind: "unknown", node: site.call, why: "spread" }, at);
    } else if (!isOptional) {
      search.add({ kind: "nothing", node: site.call }, at);
    }
  }
  const isUnseen = calls.callbacks.some((use) => !visitCallback(search, owner, use, index - use.bound.length, at));
  if ((calls.isOpen || isUnseen) && at.path.length > 0) {
    search.part({ ...at, node });
  } else if (calls.isOpen || isUnseen) {
    search.add({ kind: "unknown", node, why: "parameter" }, at);
  }
}

/** What a call gives to the function that is its argument; false where that can't be known. */
function visitCallback(
  search: OriginSearch,
  owner: FunctionNode,
  { call, argument }: CallbackUse,
  index: number,
  at: OriginPosition,
): boolean {
  const { callee } = call;
  const name = callee.type === "MemberExpression" ? (staticName(callee) ?? "") : "";
  if (index === 0 && call.arguments.findIndex((given) => given === argument) === promiseMethods.get(name)?.error) {
    search.add({ kind: "unknown", node: owner.params[0] ?? owner, why: "caught" }, at);
    return true;
  }
  if (callee.type !== "MemberExpression" || call.arguments[0] !== argument || index < 0) {
    return call.type === "CallExpression" && visitCalledBack(search, call, argument, index, at);
  }
  const method = listMethods.get(name);
  if (method?.elements.length === 1 && method.elements[0] === index) {
    search.go(callee.object, [elementStep(), ...at.path], at);
  } else if (method?.list === index) {
    search.go(callee.object, at.path, at);
  } else if (name === "then" && index === 0) {
    search.go(callee.object, [PROMISE, ...at.path], at);
  } else {
    return visitCalledBack(search, call, argument, index, at);
  }
  return owner.params.length > 0;
}

/** `retry((client) => …)`: a function of the file that calls what it gets. */
function visitCalledBack(
  search: OriginSearch,
  call: ESTree.CallExpression,
  argument: Node,
  index: number,
  at: OriginPosition,
): boolean {
  const site = callSiteOf(search.model, call);
  const place = site === undefined ? undefined : parameterIndexOf(site, argument);
  const name = site === undefined || place === undefined ? undefined : site.node.params[place];
  const variable = name?.type === "Identifier" ? search.model.variableOf(name) : undefined;
  const calls = (variable === undefined ? [] : readsOf(variable)).map((read) => callOf(search.model, read));
  for (const given of calls.flatMap((each) => each?.arguments[index] ?? [])) {
    if (given.type !== "SpreadElement") {
      search.go(given, at.path, at);
    }
  }
  return calls.length > 0 && !calls.includes(undefined);
}
