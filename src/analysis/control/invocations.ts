import type * as ESTree from "estree";
import { callsOf } from "../code/calls.ts";
import { handlerFunctionOf } from "../code/handler.ts";
import { findHiddenHandler } from "../code/hidden-handler.ts";
import { classOf, lineageOf } from "../code/members.ts";
import type { Model } from "../code/model.ts";
import { isFunction } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";

/** Code that runs at another time than what is around it: a function, or a field of the instances of a class. */
type Body = FunctionNode | ESTree.PropertyDefinition;

/**
 * True when the file shows a way from the handler to a place: by calls of its functions and methods, accessors,
 * constructors and fields of classes, and functions that a call gets. Code that runs as the file is loaded has none.
 *
 * @param isLeftOut places that count as never reached, of those on the way
 */
export function isRunByHandler(model: Model, place: Node, isLeftOut: (place: Node) => boolean = () => false): boolean {
  const found = handlerFunctionOf(model);
  const handlers = new Set<Node>(found === undefined ? (findHiddenHandler(model)?.involved ?? []) : [found]);
  const seen = new Set<Body>();
  const open: Node[] = [place];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const body = isLeftOut(node) ? undefined : bodyAround(model, node);
    if (body !== undefined && handlers.has(body)) {
      return true;
    }
    if (body !== undefined && !seen.has(body)) {
      seen.add(body);
      open.push(...runsOf(model, body));
    }
  }
  return false;
}

/**
 * True for a function that runs while the file is loaded, and never again: all its calls can be seen, and stand at module
 * level or in such functions.
 */
export function isRunOnLoad(model: Model, node: FunctionNode, seen: ReadonlySet<FunctionNode> = new Set()): boolean {
  const { sites, callbacks, isOpen } = callsOf(model, node);
  return (
    !isOpen &&
    callbacks.length === 0 &&
    sites.length > 0 &&
    !seen.has(node) &&
    sites.every(({ call }) => {
      const caller = model.functionOf(call);
      return caller === null || isRunOnLoad(model, caller, new Set([...seen, node]));
    })
  );
}

function bodyAround(model: Model, node: Node): Body | undefined {
  let inner = node;
  for (let above = model.parentOf(node); above !== null; above = model.parentOf(above)) {
    if (isFunction(above)) {
      return above;
    }
    if (above.type === "PropertyDefinition" && !above.static && above.value === inner) {
      return above;
    }
    inner = above;
  }
  return undefined;
}

/** The places that run a body. */
function runsOf(model: Model, body: Body): readonly Node[] {
  const member = isFunction(body) ? model.parentOf(body) : body;
  if (member?.type === "PropertyDefinition" && member === body) {
    return instancesOf(model, member);
  }
  if (member?.type === "MethodDefinition" && member.kind === "constructor") {
    return instancesOf(model, member);
  }
  if ((member?.type === "MethodDefinition" || member?.type === "Property") && member.kind === "get") {
    return readsOfMember(model, member.computed ? undefined : member.key);
  }
  if (!isFunction(body)) {
    return [];
  }
  const { sites, callbacks } = callsOf(model, body);
  return [...sites, ...callbacks].map(({ call }) => call);
}

/** Where instances of the class around a member are made, also those of its subclasses. */
function instancesOf(model: Model, member: Node): readonly Node[] {
  const body = model.parentOf(member);
  const owner = body === null ? null : model.parentOf(body);
  return model.nodes("NewExpression").filter(({ callee }) => {
    const made = classOf(model, callee);
    return made !== undefined && lineageOf(model, made).some((each) => each === owner);
  });
}

/** Where a member of that name is read, of whatever object. */
function readsOfMember(model: Model, key: Node | undefined): readonly Node[] {
  return model.nodes("MemberExpression").filter(({ property, computed }) => {
    const isName = property.type === "Identifier" || property.type === "PrivateIdentifier";
    return isName && !computed && property.type === key?.type && property.name === key.name;
  });
}
