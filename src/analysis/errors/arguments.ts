import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { isConstant, readsOf } from "../code/bindings.ts";
import { listMethods, promiseMethods } from "../code/builtins.ts";
import { callsOf, isLookedAt } from "../code/calls.ts";
import { argumentFor, callSiteOf, parameterIndexOf, resolveFunction, variableOfFunction } from "../code/functions.ts";
import type { CallSite } from "../code/functions.ts";
import { usesArguments } from "../code/own-arguments.ts";
import type { Model } from "../code/model.ts";
import { staticName } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";

/**
 * What a function may get for one of its parameters. `value`: what a call of the file gives · `missing`: the call gives
 * nothing · `caught`: the reason of a rejection · `event`: the error of an emitter · `node-style`: the error, or nothing,
 * of a callback that is given to code outside of the file · `unknown`: anything.
 */
export type Given =
  | { readonly kind: "value"; readonly node: Node }
  | { readonly kind: "missing" | "caught" | "event" | "node-style" | "unknown" };

const UNKNOWN: Given = { kind: "unknown" };

/** The parts of the language that take functions: none of them is given an error. */
const BUILT_INS = ["Array", "JSON", "Object"];

/** Functions that call another one later, and where what they give it begins. */
const TIMERS = [
  ["setImmediate", 1],
  ["setInterval", 2],
  ["setTimeout", 2],
] as const;

/** Methods of texts that take functions. */
const TEXT_METHODS = ["replace", "replaceAll"];

const LISTENS = new Set(["addListener", "on", "once", "prependListener"]);

/** Finds what a function gets for the parameter at an index: one entry for each place that calls it, or may. */
export function argumentsFor(model: Model, owner: FunctionNode, index: number): readonly Given[] {
  const calls = callsOf(model, owner);
  if (calls.kind === "all") {
    return calls.sites.map((site) => givenBy(site, index));
  }
  if (calls.why !== "handed-on") {
    return [UNKNOWN];
  }
  const variable = variableOfFunction(model, owner);
  const uses = variable === undefined ? [owner] : readsOf(variable);
  return uses.flatMap((use) => givenAt(model, use, { index, arity: owner.params.length }));
}

function givenBy(site: Pick<CallSite, "given">, index: number): Given {
  const argument = argumentFor(site, index);
  return argument.kind === "given" ? { kind: "value", node: argument.node } : { kind: argument.kind };
}

/** The parameter of which is asked. */
interface Asked {
  readonly index: number;
  /** How many parameters the function has. */
  readonly arity: number;
  /** Names of the function that are followed already. */
  readonly seen?: ReadonlySet<Variable>;
}

/**
 * What a function gets for a parameter where it is called, or handed to something else.
 *
 * @param use the function there, or its name
 */
export function givenAt(model: Model, use: Node, asked: Asked): readonly Given[] {
  const { index } = asked;
  const parent = model.parentOf(use);
  if (parent?.type === "MemberExpression" && parent.object === use) {
    return givenByMethod(model, parent, asked);
  }
  if (parent?.type !== "CallExpression") {
    return isLookedAt(parent, use) ? [] : [UNKNOWN];
  }
  if (parent.callee === use) {
    return [givenBy({ given: parent.arguments }, index)];
  }
  const site = callSiteOf(model, parent);
  return site === undefined ? [givenByForeign(model, parent, use, asked)] : givenByLocal(model, site, use, asked);
}

/** A function of the file gets the function, and calls it by a name of its own. */
function givenByLocal(model: Model, site: CallSite, use: Node, asked: Asked): readonly Given[] {
  const { seen = new Set() } = asked;
  const place = parameterIndexOf(site, use);
  const parameter = place === undefined ? undefined : site.node.params[place];
  const variable = parameter?.type === "Identifier" ? model.variableOf(parameter) : undefined;
  if (variable === undefined || !isConstant(variable) || usesArguments(model, site.node)) {
    return [UNKNOWN];
  }
  return seen.has(variable)
    ? []
    : readsOf(variable).flatMap((read) => givenAt(model, read, { ...asked, seen: new Set([...seen, variable]) }));
}

/** Code that is not of the file gets the function. */
function givenByForeign(
  model: Model,
  { callee, arguments: given }: ESTree.SimpleCallExpression,
  use: Node,
  { index, arity }: Asked,
): Given {
  const at = given.findIndex((argument) => argument === use);
  const timer = at === 0 ? TIMERS.find(([name]) => model.isGlobal(callee, name)) : undefined;
  if (timer !== undefined) {
    return givenBy({ given: given.slice(timer[1]) }, index);
  }
  const method = callee.type === "MemberExpression" ? (staticName(callee) ?? "") : "";
  if (index === 0 && at >= 0 && promiseMethods.get(method)?.error === at) {
    return { kind: "caught" };
  }
  if (LISTENS.has(method)) {
    const [event] = given;
    const isError = index === 0 && event?.type === "Literal" && event.value === "error";
    return isError && isForeign(model, callee) ? { kind: "event" } : UNKNOWN;
  }
  const isBuiltIn =
    listMethods.has(method) ||
    promiseMethods.has(method) ||
    TEXT_METHODS.includes(method) ||
    (callee.type === "MemberExpression" && BUILT_INS.some((builtIn) => model.isGlobal(callee.object, builtIn)));
  return index === 0 && at === given.length - 1 && arity > 1 && !isBuiltIn && isForeign(model, callee)
    ? { kind: "node-style" }
    : UNKNOWN;
}

/** `done.bind(null, null)`, `done.call(this, error)` */
function givenByMethod(model: Model, member: ESTree.MemberExpression, asked: Asked): readonly Given[] {
  const { index, arity } = asked;
  const call = model.parentOf(member);
  const method = staticName(member);
  if (call?.type !== "CallExpression" || call.callee !== member || (method !== "bind" && method !== "call")) {
    return [UNKNOWN];
  }
  const [, ...bound] = call.arguments;
  return method === "call" || index < bound.length || bound.some(({ type }) => type === "SpreadElement")
    ? [givenBy({ given: bound }, index)]
    : givenAt(model, call, { ...asked, index: index - bound.length, arity: arity - bound.length });
}

/** True for a function that is no code of the file: of the language, of the platform, of a package. */
function isForeign(model: Model, callee: Node): boolean {
  return resolveFunction(model, callee).kind === "foreign";
}
