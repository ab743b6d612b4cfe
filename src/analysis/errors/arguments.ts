import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { isConstant, readsOf } from "../code/bindings.ts";
import { localFunctionOf } from "../code/local-calls.ts";
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

/** Methods that call a function with an item and its index, or with values alone. */
const ITERATES = new Set(
  "every filter find findIndex findLast findLastIndex flatMap forEach from map reduce reduceRight replace replaceAll some sort then toSorted".split(
    " ",
  ),
);

const LISTENS = new Set(["addListener", "on", "once", "prependListener"]);

/** Finds what a function gets for the parameter at an index: one entry for each place that calls it, or may. */
export function argumentsFor(model: Model, owner: FunctionNode, index: number): readonly Given[] {
  const parent = model.parentOf(owner);
  const name =
    owner.type === "FunctionDeclaration" ? owner.id : parent?.type === "VariableDeclarator" ? parent.id : undefined;
  if (name === undefined) {
    return [givenAt(model, owner, index, owner.params.length)];
  }
  const variable = model.variableOf(name);
  return variable === undefined || !isConstant(variable) || model.handlerNames.has(variable.name)
    ? [UNKNOWN]
    : readsOf(variable).map((read) => givenAt(model, read, index, owner.params.length));
}

/**
 * What a function gets for a parameter where it is called, or handed to something else.
 *
 * @param use the function there, or its name
 * @param arity how many parameters it has
 */
export function givenAt(model: Model, use: Node, index: number, arity: number): Given {
  const call = model.parentOf(use);
  if (call?.type === "MemberExpression" && call.object === use) {
    return givenByMethod(model, call, index, arity);
  }
  if (call?.type !== "CallExpression") {
    return UNKNOWN;
  }
  const { callee, arguments: given } = call;
  const at = given.findIndex((argument) => argument === use);
  if (callee === use) {
    return argumentOf(given, index);
  }
  if (at === 0 && index === 0 && ["setTimeout", "setImmediate"].some((timer) => model.isGlobal(callee, timer))) {
    return given.length > 2 ? UNKNOWN : { kind: "missing" };
  }
  const method = callee.type === "MemberExpression" ? (staticName(callee) ?? "") : "";
  if (index === 0 && ((method === "catch" && at === 0) || (method === "then" && at === 1))) {
    return { kind: "caught" };
  }
  if (LISTENS.has(method)) {
    const [event] = given;
    const isError = index === 0 && event?.type === "Literal" && event.value === "error";
    return isError && isOutside(model, callee) ? { kind: "event" } : UNKNOWN;
  }
  const isBuiltIn =
    callee.type === "MemberExpression" && BUILT_INS.some((builtIn) => model.isGlobal(callee.object, builtIn));
  const isNodeStyle = index === 0 && at === given.length - 1 && arity > 1 && !ITERATES.has(method) && !isBuiltIn;
  return isNodeStyle && isOutside(model, callee) ? { kind: "node-style" } : UNKNOWN;
}

function argumentOf(given: readonly Node[], index: number): Given {
  const argument = given[index];
  const isSpread = given.slice(0, index + 1).some(({ type }) => type === "SpreadElement");
  return isSpread ? UNKNOWN : argument === undefined ? { kind: "missing" } : { kind: "value", node: argument };
}

/** `done.bind(null, null)`, `done.call(this, error)` */
function givenByMethod(model: Model, member: ESTree.MemberExpression, index: number, arity: number): Given {
  const call = model.parentOf(member);
  const method = staticName(member);
  if (call?.type !== "CallExpression" || call.callee !== member || (method !== "bind" && method !== "call")) {
    return UNKNOWN;
  }
  const [, ...bound] = call.arguments;
  return method === "call" || index < bound.length || bound.some(({ type }) => type === "SpreadElement")
    ? argumentOf(bound, index)
    : givenAt(model, call, index - bound.length, arity - bound.length);
}

/** True when what an expression names is no code of the file: it begins with a package, or with a global. */
function isOutside(model: Model, node: Node, seen: readonly Variable[] = []): boolean {
  switch (node.type) {
    case "MemberExpression":
      return isOutside(model, node.object, seen);
    case "AwaitExpression":
      return isOutside(model, node.argument, seen);
    case "CallExpression":
    case "NewExpression":
      return localFunctionOf(model, node.callee) === undefined && isOutside(model, node.callee, seen);
    case "Identifier": {
      const variable = model.variableOf(node);
      const [definition] = variable?.defs ?? [];
      if (variable === undefined || definition?.type === "ImportBinding") {
        return true;
      }
      const init = definition?.type === "Variable" && isConstant(variable) ? definition.node.init : undefined;
      return !!init && !seen.includes(variable) && isOutside(model, init, [...seen, variable]);
    }
    default:
      return false;
  }
}
