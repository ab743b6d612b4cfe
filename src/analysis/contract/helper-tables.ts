import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { readsOf } from "../code/bindings.ts";
import type { Model } from "../code/model.ts";
import { globalPath } from "../code/names.ts";
import { usesArguments } from "../code/own-arguments.ts";
import { isFunction, isNullish } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { originsOf } from "../values/origins.ts";
import { trace } from "../values/trace.ts";
import type { Helper } from "./settle-types.ts";

/** What is done with a function besides calling it: asking whether it is there, and giving it other names. */
const HARMLESS: ReadonlySet<string> = new Set(["bind", "choice", "compare", "hold", "test"]);

/** True for `Object.prototype.hasOwnProperty.call(table, name)`. */
function isOnlyAsked(model: Model, table: Node): boolean {
  const call = model.parentOf(table);
  return call?.type === "CallExpression" && globalPath(model, call.callee) === "Object.prototype.hasOwnProperty.call";
}

/** The functions of the file that a call may run; undefined where it may run anything else. */
function targetsOf(model: Model, { callee }: ESTree.SimpleCallExpression): readonly FunctionNode[] | undefined {
  if (callee.type === "Super") {
    return undefined;
  }
  const made = originsOf(model, callee).filter(
    ({ kind, node }) => kind !== "nothing" && !isNullish(node) && !isOnlyAsked(model, node),
  );
  const functions = made.flatMap(({ kind, node }) => (kind === "made" && isFunction(node) ? [node] : []));
  return functions.length > 0 && functions.length === made.length ? functions : undefined;
}

/** True for a call that picks by a name that the table may not have: what every object inherits never calls back. */
export function mayMiss(model: Model, { callee }: ESTree.SimpleCallExpression): boolean {
  return callee.type !== "Super" && originsOf(model, callee).some(({ kind }) => kind === "nothing");
}

/** All calls of a function, by whatever leads to it; undefined where something else is done with it. */
function callsOf(model: Model, node: FunctionNode): readonly ESTree.SimpleCallExpression[] | undefined {
  const variable = node.type === "FunctionDeclaration" ? model.variableOf(node.id) : undefined;
  const starts = variable === undefined ? [node] : readsOf(variable);
  const calls: ESTree.SimpleCallExpression[] = [];
  for (const event of trace(
    model,
    starts.map((start) => ({ node: start, state: true })),
  )) {
    if (event.type === "call" && event.call.type === "CallExpression" && !event.call.optional) {
      calls.push(event.call);
    } else if (!HARMLESS.has(event.type) && !(event.path.length > 0 && isOnlyAsked(model, event.node))) {
      return undefined;
    }
  }
  return calls;
}

/** A member of the table that a call picks, as a helper; undefined where some call of it does not hand a callback on. */
function helperAt(
  model: Model,
  node: FunctionNode,
  index: number,
  callbacks: ReadonlySet<Variable>,
): Helper | undefined {
  const parameter = node.params[index];
  const callback = parameter?.type === "Identifier" ? model.variableOf(parameter) : undefined;
  const isPlain =
    node.generator !== true &&
    node.params.every(({ type }) => type === "Identifier" || type === "ObjectPattern") &&
    callback?.references.some((reference) => reference.isWrite()) === false &&
    !usesArguments(model, node);
  if (!isPlain || parameter?.type !== "Identifier") {
    return undefined;
  }
  const known = new Set([...callbacks, callback]);
  const calls = callsOf(model, node);
  const isHandedOn = calls?.every(({ arguments: given }) => {
    const argument = given[index];
    const variable = argument?.type === "Identifier" ? model.variableOf(argument) : undefined;
    return variable !== undefined && known.has(variable) && given.every(({ type }) => type !== "SpreadElement");
  });
  return calls !== undefined && isHandedOn === true
    ? { name: undefined, node, callback, isAsync: node.async === true, parameter, calls }
    : undefined;
}

/**
 * The helpers of which a call picks one: `handlers[action](input, callback)`.
 *
 * @param callback the callback that the call hands on
 * @param known other names under which callbacks are handed on
 */
export function pickedHelpers(
  model: Model,
  call: ESTree.SimpleCallExpression,
  callback: Variable,
  known: ReadonlySet<Variable>,
): readonly Helper[] {
  const index = call.arguments.findIndex((argument) => model.variableOf(argument) === callback);
  const callbacks = new Set([...known, callback]);
  const helpers = targetsOf(model, call)?.map((node) => helperAt(model, node, index, callbacks)) ?? [];
  return helpers.includes(undefined) ? [] : helpers.flatMap((helper) => helper ?? []);
}
