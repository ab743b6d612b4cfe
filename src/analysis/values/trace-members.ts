import type * as ESTree from "estree";
import { callOf } from "../code/called.ts";
import { listMethods, promiseMethods } from "../code/builtins.ts";
import { memberNameOf } from "../code/members-names.ts";
import { isNullish } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { isWritten, writeOf } from "../code/writes.ts";
import { visitHandler } from "./trace-functions.ts";
import type { Position, Tracer, Via } from "./trace-events.ts";
import { PROMISE, anywhere, awaited, elementStep, isInList, memberStep, outOf } from "./trace-path.ts";

/** Goes on with the elements of the value, or with what a list of it holds. */
export function visitElements<S>(
  tracer: Tracer<S>,
  by: Node,
  at: Position<S>,
  visit: (element: Position<S>) => void,
): void {
  if (isInList(at.path)) {
    visit({ ...at, path: at.path.slice(1) });
  } else if (at.path.length === 0) {
    const state = tracer.part({ type: "element", ...at, by });
    if (state !== undefined) {
      visit({ ...at, state });
    }
  }
}

/** What a member expression does with the value, or with what holds it. */
export function visitMember<S>(tracer: Tracer<S>, member: ESTree.MemberExpression, at: Position<S>): void {
  const call = callOf(tracer.model, member);
  if (at.path[0] === PROMISE) {
    visitPromiseMember(tracer, member, call, at);
  } else if (at.path.length > 0) {
    visitHolderMember(tracer, member, call, at);
  } else {
    visitOwnMember(tracer, member, call, at);
  }
}

function visitOwnMember<S>(
  tracer: Tracer<S>,
  member: ESTree.MemberExpression,
  call: ESTree.SimpleCallExpression | undefined,
  at: Position<S>,
): void {
  const name = memberNameOf(tracer.model, member);
  const write = writeOf(tracer.model, member);
  if (write !== undefined) {
    tracer.use({ type: "write", ...at, ...write, target: member, name });
    return;
  }
  const method = call === undefined ? undefined : listMethods.get(name ?? "");
  const state =
    method !== undefined || name === undefined
      ? tracer.partIfWanted({ type: "element", ...at, by: call ?? member })
      : undefined;
  if (state === undefined) {
    const partState = tracer.part({ type: "member", ...at, member, name, call });
    if (partState !== undefined) {
      tracer.go(member, [], partState, at);
    }
  } else if (method === undefined || call === undefined) {
    tracer.go(member, [], state, at);
  } else {
    visitListMethod(tracer, call, method, { ...at, state }, at);
  }
}

/**
 * The functions that a method of lists gets, and what it gives.
 *
 * @param element an element of the list, and @param list the list itself
 */
function visitListMethod<S>(
  tracer: Tracer<S>,
  call: ESTree.SimpleCallExpression,
  { elements, list: listIndex, gives }: NonNullable<ReturnType<typeof listMethods.get>>,
  element: Position<S>,
  list: Position<S>,
): void {
  const [callback] = call.arguments;
  if (elements.length > 0 && callback !== undefined) {
    // With a value to begin with, the first element is given as all others are.
    const places = gives === "returned" && call.arguments.length > 1 ? elements.slice(1) : elements;
    const given = new Map(places.map((index) => [index, element] as const));
    if (listIndex !== undefined) {
      given.set(listIndex, list);
    }
    visitHandler(tracer, callback, given, element);
  }
  if (gives === "element") {
    tracer.go(call, element.path, element.state, list);
  } else if (gives === "list" || gives === "flat") {
    const isFlattened = gives === "flat" && isInList(list.path.slice(1));
    tracer.go(call, anywhere(isFlattened ? list.path.slice(1) : list.path), list.state, list);
  }
}

/** What a member of a promise of the value, or of a promise of its holder, gives. */
function visitPromiseMember<S>(
  tracer: Tracer<S>,
  member: ESTree.MemberExpression,
  call: ESTree.SimpleCallExpression | undefined,
  at: Position<S>,
): void {
  const name = memberNameOf(tracer.model, member) ?? "";
  const method = call === undefined ? undefined : promiseMethods.get(name);
  if (method === undefined || call === undefined) {
    tracer.escape(at, "unknown");
    return;
  }
  const state = tracer.same({ type: "promise", ...at, step: name, by: call });
  if (state === undefined) {
    return;
  }
  const handler = method.value === undefined ? undefined : call.arguments[method.value];
  if (handler === undefined || isNullish(handler)) {
    tracer.go(call, at.path, state, at);
  } else {
    const value = { ...at, path: awaited(at.path), state };
    visitHandler(tracer, handler, new Map([[0, value]]), value);
  }
}

/** What a member of a list or an object gives that holds the value. */
function visitHolderMember<S>(
  tracer: Tracer<S>,
  member: ESTree.MemberExpression,
  call: ESTree.SimpleCallExpression | undefined,
  at: Position<S>,
): void {
  const name = memberNameOf(tracer.model, member);
  const rest = outOf(at.path, isInList(at.path) ? indexStep(member, name) : memberStep(name));
  if (isWritten(tracer.model, member)) {
    return;
  }
  const method = isInList(at.path) && call !== undefined ? listMethods.get(name ?? "") : undefined;
  if (call !== undefined && method !== undefined) {
    const list = { ...at, path: anywhere(at.path) };
    visitListMethod(tracer, call, method, { ...at, path: at.path.slice(1) }, list);
  } else if (call !== undefined && isInList(at.path) && name === "get") {
    tracer.go(call, at.path.slice(1), at.state, at);
  } else if (rest !== undefined) {
    tracer.go(member, rest, at.state, at);
  }
}

/** The step of `list[2]` and `list[index]`; a name is no element. */
function indexStep({ property }: ESTree.MemberExpression, name: string | undefined): string {
  if (name !== undefined) {
    return memberStep(name);
  }
  return elementStep(property.type === "Literal" && typeof property.value === "number" ? property.value : undefined);
}

/** What a pattern takes out of the value, or out of what holds it. */
export function visitPattern<S>(
  tracer: Tracer<S>,
  pattern: ESTree.ObjectPattern | ESTree.ArrayPattern,
  at: Position<S>,
  via: Via,
): void {
  if (pattern.type === "ArrayPattern") {
    visitArrayPattern(tracer, pattern, at, via);
  } else if (at.path.length === 0) {
    visitOwnPattern(tracer, pattern, at, via);
  } else {
    visitHolderPattern(tracer, pattern, at, via);
  }
}

function visitOwnPattern<S>(tracer: Tracer<S>, pattern: ESTree.ObjectPattern, at: Position<S>, via: Via): void {
  for (const property of pattern.properties) {
    if (property.type === "RestElement") {
      const state = tracer.part({ type: "copy", ...at, by: property });
      if (state !== undefined) {
        tracer.bind(property.argument, { ...at, state }, via);
      }
      continue;
    }
    const name = memberNameOf(tracer.model, property);
    const state = tracer.part({ type: "member", ...at, member: property, name, call: undefined });
    if (state !== undefined) {
      tracer.bind(property.value, { ...at, state }, via);
    }
  }
}

function visitHolderPattern<S>(tracer: Tracer<S>, pattern: ESTree.ObjectPattern, at: Position<S>, via: Via): void {
  let isTaken = false;
  for (const property of pattern.properties) {
    if (property.type === "RestElement") {
      if (!isTaken) {
        tracer.bind(property.argument, at, via);
      }
      continue;
    }
    const step = memberStep(memberNameOf(tracer.model, property));
    const path = outOf(at.path, step);
    if (path !== undefined) {
      isTaken ||= step === at.path[0];
      tracer.bind(property.value, { ...at, path }, via);
    }
  }
}

function visitArrayPattern<S>(tracer: Tracer<S>, pattern: ESTree.ArrayPattern, at: Position<S>, via: Via): void {
  const { elements } = pattern;
  if (isInList(at.path)) {
    elements.forEach((element, index) => {
      const path = outOf(at.path, elementStep(index));
      if (element?.type === "RestElement") {
        tracer.bind(element.argument, { ...at, path: anywhere(at.path) }, via);
      } else if (element !== null && path !== undefined) {
        tracer.bind(element, { ...at, path }, via);
      }
    });
    return;
  }
  const state = at.path.length === 0 ? tracer.part({ type: "element", ...at, by: pattern }) : undefined;
  for (const element of state === undefined ? [] : elements) {
    if (element?.type === "RestElement") {
      tracer.bind(element.argument, at, via);
    } else if (element !== null && state !== undefined) {
      tracer.bind(element, { ...at, state }, via);
    }
  }
}
