import type * as ESTree from "estree";
import { callOf } from "../code/called.ts";
import { argumentReaders, laterCalls, listMethods, promiseMethods } from "../code/builtins.ts";
import { isConstant, readsOf } from "../code/bindings.ts";
import type { CallbackUse } from "../code/calls.ts";
import { callSiteOf, parameterIndexOf, resolveFunction } from "../code/functions.ts";
import type { CallSite } from "../code/functions.ts";
import { usesArguments } from "../code/own-arguments.ts";
import { globalPath } from "../code/names.ts";
import { staticName } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import type { Position, Tracer } from "./trace-events.ts";
import { anywhere, elementStep, isInList, promised, within } from "./trace-path.ts";

/** The parameter that gets the argument at a place, and the rest of a list of them. */
export interface ParameterAt {
  readonly node: ESTree.Pattern;
  /** The place in the list; undefined for a parameter of its own. */
  readonly index: number | undefined;
}

function parameterAt({ params }: FunctionNode, index: number): ParameterAt | undefined {
  const last = params.at(-1);
  if (last?.type === "RestElement" && index >= params.length - 1) {
    return { node: last.argument, index: index - params.length + 1 };
  }
  const node = params[index];
  return node === undefined ? undefined : { node, index: undefined };
}

/** Binds the argument at a place to the parameter of a function of the file. */
function bindParameter<S>(tracer: Tracer<S>, owner: FunctionNode, index: number, at: Position<S>): void {
  const parameter = parameterAt(owner, index);
  if (owner.type !== "ArrowFunctionExpression" && usesArguments(tracer.model, owner)) {
    tracer.escape(at, "argument");
  } else if (parameter?.index !== undefined) {
    const path = within(elementStep(parameter.index), at.path);
    if (path === undefined) {
      tracer.escape(at, "deep");
    } else {
      tracer.bind(parameter.node, { ...at, path }, "parameter");
    }
  } else if (parameter !== undefined) {
    tracer.bind(parameter.node, at, "parameter");
  }
}

/** Binds what a function gets that some method calls back; one that is not of the file may do anything with it. */
export function visitHandler<S>(
  tracer: Tracer<S>,
  handler: Node,
  given: ReadonlyMap<number, Position<S>>,
  at: Position<S>,
): void {
  const answer = resolveFunction(tracer.model, handler);
  if (answer.kind === "local") {
    for (const [index, position] of given) {
      bindParameter(tracer, answer.node, index + answer.bound.length, position);
    }
  } else if (!argumentReaders.has(globalPath(tracer.model, handler) ?? "")) {
    tracer.escape(at, "argument");
  } else {
    tracer.use({ type: "convert", ...at, by: handler });
  }
}

/** The function of the file that gets an argument by a call, also by `bind` and by `new`. */
export function siteOf<S>({ model }: Tracer<S>, call: ESTree.CallExpression, argument: Node): CallSite | undefined {
  const site = callSiteOf(model, call);
  if (site !== undefined || call.type !== "CallExpression") {
    return site;
  }
  const bound = resolveFunction(model, call);
  return bound.kind === "local" && bound.bound.includes(argument)
    ? { call, node: bound.node, given: bound.bound }
    : undefined;
}

/** Goes on in the function of the file that gets the position as an argument. */
export function passTo<S>(tracer: Tracer<S>, site: CallSite, at: Position<S>): void {
  const index = parameterIndexOf(site, at.node);
  if (index === undefined) {
    tracer.escape(at, "spread");
    return;
  }
  const state = tracer.same({ type: "pass", ...at, site, parameter: parameterAt(site.node, index)?.node });
  if (state !== undefined) {
    bindParameter(tracer, site.node, index, { ...at, state });
  }
}

/**
 * Goes on with what a callback returns, where the call is known that gets the callback.
 *
 * @param returned the position with what the callback gives
 * @returns false when it can't be followed
 */
export function visitCallback<S>(tracer: Tracer<S>, { call, argument }: CallbackUse, returned: Position<S>): boolean {
  const { model } = tracer;
  const { path, state } = returned;
  if (call.type === "NewExpression") {
    // What the executor of a promise returns is dropped.
    return model.isGlobal(call.callee, "Promise");
  }
  const name = call.callee.type === "MemberExpression" ? (staticName(call.callee) ?? "") : "";
  const method = listMethods.get(name);
  if (promiseMethods.has(name)) {
    tracer.go(call, promised(path), state, returned);
  } else if (method?.gives === "mapped") {
    tracer.go(
      call,
      name === "flatMap" && isInList(path) ? anywhere(path) : within(elementStep(), path),
      state,
      returned,
    );
  } else if (method?.gives === "returned") {
    tracer.go(call, path, state, returned);
    visitHandler(tracer, argument, new Map([[0, returned]]), returned);
  } else if (method === undefined || method.elements.length === 0) {
    return (
      laterCalls.has(globalPath(model, call.callee) ?? "") || visitCalledParameter(tracer, call, argument, returned)
    );
  }
  return true;
}

/** `retry(() => client.get(path))`: what the callback gives comes out where the function of the file calls it. */
function visitCalledParameter<S>(
  tracer: Tracer<S>,
  call: ESTree.CallExpression,
  argument: Node,
  { path, state, ...at }: Position<S>,
): boolean {
  const site = siteOf(tracer, call, argument);
  const index = site === undefined ? undefined : parameterIndexOf(site, argument);
  const parameter = site === undefined || index === undefined ? undefined : parameterAt(site.node, index);
  const variable = parameter === undefined ? undefined : tracer.model.variableOf(parameter.node);
  if (parameter?.index !== undefined || variable === undefined || !isConstant(variable)) {
    return false;
  }
  const calls = readsOf(variable).map((read) => callOf(tracer.model, read));
  for (const called of calls.flatMap((each) => each ?? [])) {
    tracer.go(called, path, state, { path, state, ...at });
  }
  return !calls.includes(undefined);
}
