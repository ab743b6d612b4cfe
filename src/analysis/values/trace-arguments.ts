import type * as ESTree from "estree";
import { argumentReaders, argumentReturners, listMethods, promiseCombinators } from "../code/builtins.ts";
import { classOf, lineageOf } from "../code/members.ts";
import type { Model } from "../code/model.ts";
import { globalPath } from "../code/names.ts";
import { isFunction, staticName } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { writesArgument } from "../code/writes.ts";
import type { Path, Position, Tracer } from "./trace-events.ts";
import { passTo, siteOf } from "./trace-functions.ts";
import { storeIn } from "./trace-holders.ts";
import { anywhere, awaited, elementStep, isInList, memberStep, outOf, promised, within } from "./trace-path.ts";

/** The value is an argument of a call. */
export function visitArgument<S>(
  tracer: Tracer<S>,
  call: ESTree.SimpleCallExpression | ESTree.NewExpression,
  at: Position<S>,
): void {
  const site = call.type === "CallExpression" ? siteOf(tracer, call, at.node) : constructorSite(tracer.model, call);
  if (site !== undefined) {
    passTo(tracer, site, at);
  } else if (call.type === "NewExpression" || !visitBuiltin(tracer, call, at)) {
    visitUnknown(tracer, call, at);
  }
}

function constructorSite(model: Model, call: ESTree.NewExpression) {
  const made = classOf(model, call.callee);
  // A class without a constructor has that of the class that it extends.
  const node = (made === undefined ? [] : lineageOf(model, made)).flatMap(({ body }) => constructorIn(body) ?? [])[0];
  return node === undefined ? undefined : { call, node, given: call.arguments };
}

function constructorIn({ body }: ESTree.ClassBody): FunctionNode | undefined {
  const own = body.find((item) => item.type === "MethodDefinition" && item.kind === "constructor");
  return own?.type === "MethodDefinition" ? own.value : undefined;
}

/** What the functions of the language do with the argument; false for those that are not known. */
function visitBuiltin<S>(tracer: Tracer<S>, call: ESTree.SimpleCallExpression, at: Position<S>): boolean {
  const { model } = tracer;
  const path = globalPath(model, call.callee) ?? "";
  const effect = argumentReaders.get(path);
  if (promiseCombinators.has(path) || path === "Promise.resolve") {
    visitCombinator(tracer, call, path, at);
  } else if (path === "Object.values" || path === "Object.entries") {
    visitValues(tracer, call, path, at);
  } else if (writesArgument(model, call, at.node)) {
    tracer.use({ type: "change", ...at, call });
    if (argumentReturners.has(path)) {
      tracer.choose(call, at);
    }
  } else if (path === "Object.assign") {
    visitAssigned(tracer, call, at);
  } else if (path.startsWith("console.") || (path === "JSON.stringify" && at.path.length > 0)) {
    tracer.use({ type: "show", ...at, call });
  } else if (effect === "same") {
    tracer.choose(call, at);
  } else if (effect === undefined) {
    return visitStored(tracer, call, at) || visitResolved(tracer, call, at);
  } else {
    tracer.use({ type: effect, ...at, by: call });
  }
  return true;
}

/** `Promise.all(list)` and its siblings, and `Promise.resolve(value)`. */
function visitCombinator<S>(tracer: Tracer<S>, call: ESTree.SimpleCallExpression, name: string, at: Position<S>): void {
  const state = tracer.same({ type: "promise", ...at, step: name, by: call });
  const kind = promiseCombinators.get(name);
  if (state === undefined || (kind !== undefined && !isInList(at.path))) {
    return;
  }
  const [place = elementStep(), ...element] = at.path;
  const results: Readonly<Record<"values" | "outcomes" | "one", Path | undefined>> = {
    values: within(place, awaited(element)),
    outcomes: within(place, [memberStep("value"), ...awaited(element)]),
    one: awaited(element),
  };
  const path = kind === undefined ? at.path : results[kind];
  tracer.go(call, path === undefined ? undefined : promised(path), state, at);
}

function visitValues<S>(tracer: Tracer<S>, call: ESTree.SimpleCallExpression, name: string, at: Position<S>): void {
  if (at.path.length === 0) {
    tracer.use({ type: "enumerate", ...at, by: call });
    return;
  }
  const inner = outOf(at.path, memberStep());
  if (inner !== undefined) {
    const entry = name === "Object.values" ? inner : [elementStep(1), ...inner];
    tracer.go(call, within(elementStep(), entry), at.state, at);
  }
}

/** `Object.assign(target, value)` copies the members of the value. */
function visitAssigned<S>(tracer: Tracer<S>, call: ESTree.SimpleCallExpression, at: Position<S>): void {
  const [target] = call.arguments;
  const isCopy = at.path.length === 0;
  const state = isCopy ? tracer.part({ type: "copy", ...at, by: call }) : at.state;
  if (state === undefined || (!isCopy && at.path[0]?.startsWith(".") !== true)) {
    return;
  }
  tracer.go(call, at.path, state, at);
  if (target !== undefined && target.type !== "ObjectExpression") {
    if (isCopy) {
      tracer.escape({ ...at, state }, "stored");
    } else {
      storeIn(tracer, target, at.path, { ...at, state });
    }
  }
}

/** `list.push(value)`, `map.set(name, value)`: it is kept in a list. */
const STORING: ReadonlySet<string> = new Set(["add", "fill", "push", "set", "splice", "unshift"]);

function visitStored<S>(tracer: Tracer<S>, { callee }: ESTree.SimpleCallExpression, at: Position<S>): boolean {
  const name = callee.type === "MemberExpression" ? (staticName(callee) ?? "") : "";
  if (callee.type !== "MemberExpression") {
    return false;
  }
  const isConcat = name === "concat" && listMethods.has(name);
  if (isConcat || !STORING.has(name) || !isListOfFile(tracer, callee.object)) {
    return false;
  }
  const state = tracer.same({ type: "hold", ...at, holder: callee.object, step: elementStep() });
  if (state !== undefined) {
    storeIn(tracer, callee.object, within(elementStep(), at.path), { ...at, state });
  }
  return true;
}

/** True for a name or a field of the file: what comes from elsewhere may be no list at all. */
function isListOfFile<S>({ model }: Tracer<S>, object: Node): boolean {
  const variable = object.type === "Identifier" ? model.variableOf(object) : undefined;
  const definition = variable?.defs[0];
  const init = definition?.type === "Variable" ? definition.node.init : undefined;
  return (
    init?.type === "ArrayExpression" ||
    (init?.type === "NewExpression" &&
      /^(?:Array|Map|Set|WeakMap|WeakSet)$/u.test(globalPath(model, init.callee) ?? ""))
  );
}

/** `new Promise((resolve) => resolve(value))` */
function visitResolved<S>(tracer: Tracer<S>, { callee }: ESTree.SimpleCallExpression, at: Position<S>): boolean {
  const { model } = tracer;
  const definition = callee.type === "Identifier" ? model.variableOf(callee)?.defs[0] : undefined;
  const owner: Node | undefined = definition?.type === "Parameter" ? definition.node : undefined;
  const made = owner !== undefined && isFunction(owner) ? model.parentOf(owner) : null;
  if (owner === undefined || !isFunction(owner) || made?.type !== "NewExpression" || made.arguments[0] !== owner) {
    return false;
  }
  const index = owner.params.findIndex((parameter) => parameter === definition?.name);
  if (!model.isGlobal(made.callee, "Promise") || index < 0) {
    return false;
  }
  if (index > 0) {
    tracer.escape(at, "thrown");
    return true;
  }
  const state = tracer.same({ type: "promise", ...at, step: "resolve", by: made });
  if (state !== undefined) {
    tracer.go(made, promised(at.path), state, at);
  }
  return true;
}

/** `list.concat(value)` copies the elements of a list, and adds everything else. */
function visitConcat<S>(tracer: Tracer<S>, call: ESTree.CallExpression, at: Position<S>): void {
  const isHeld = isInList(at.path);
  const copied = at.path.length === 0 ? tracer.partIfWanted({ type: "copy", ...at, by: call }) : undefined;
  if (isHeld || copied !== undefined) {
    tracer.go(call, anywhere(at.path), copied ?? at.state, at);
  } else {
    tracer.go(call, within(elementStep(), at.path), at.state, at);
  }
}

/** A function that can't be seen may do anything with the value; `list.concat(value)` and `list.includes(value)` don't. */
function visitUnknown<S>(tracer: Tracer<S>, call: ESTree.CallExpression, at: Position<S>): void {
  const { callee } = call;
  const name = callee.type === "MemberExpression" ? (staticName(callee) ?? "") : "";
  const method = listMethods.get(name);
  if (method?.gives === "other" && method.elements.length === 0) {
    tracer.use({ type: "compare", ...at, operator: "===", others: [] });
  } else if (name === "concat") {
    visitConcat(tracer, call, at);
  } else {
    tracer.escape(at, "argument");
  }
}
