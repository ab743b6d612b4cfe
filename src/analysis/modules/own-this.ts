import type * as ESTree from "estree";
import { functionMethods, listMethods } from "../code/builtins.ts";
import { readsOf } from "../code/bindings.ts";
import { findHandler } from "../code/handler.ts";
import type { Model } from "../code/model.ts";
import { importedPath } from "../code/names.ts";
import { perModel } from "../code/per-model.ts";
import { isFunction, staticName } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { followConstant } from "../values/constants.ts";
import { trace } from "../values/trace.ts";
import type { TraceEvent } from "../values/trace-events.ts";

/** The function, field or block whose `this` an expression means; undefined at module level. */
function ownerOf(model: Model, node: Node): Node | undefined {
  for (let at = model.parentOf(node); at !== null; at = model.parentOf(at)) {
    const isField = at.type === "PropertyDefinition" || at.type === "StaticBlock";
    if (isField || (isFunction(at) && at.type !== "ArrowFunctionExpression")) {
      return at;
    }
  }
  return undefined;
}

/** Expressions that always give an object. */
const OBJECT = /^(?:Object|Array|New|Class|Function|ArrowFunction|This)Expression$/u;

/** True for what is the same as `this` in both modes: an object, not nothing, nor a text or a number. */
function isObject(model: Model, node: Node | undefined): boolean {
  return node !== undefined && OBJECT.test(followConstant(model, node).type);
}

/** `list.map(function () { … }, receiver)` */
function hasReceiver(model: Model, owner: Node): boolean {
  const call = model.parentOf(owner);
  return (
    call?.type === "CallExpression" &&
    call.callee.type === "MemberExpression" &&
    // These take the receiver behind the function.
    listMethods.get(staticName(call.callee) ?? "")?.list === 2 &&
    call.arguments[0] === owner &&
    isObject(model, call.arguments[1])
  );
}

/** True where a function is called as a method, or made to an object: `object.name()`, `new Name()`. */
function givesThis(call: ESTree.Node): boolean {
  const callee =
    call.type === "CallExpression" ? call.callee : call.type === "TaggedTemplateExpression" ? call.tag : call;
  return callee.type === "MemberExpression" || call.type === "NewExpression";
}

/** True for what may call a function without an object: it goes by a name of its own, or where nobody sees it. */
function mayLoseThis(model: Model, event: TraceEvent<true>): boolean {
  if (event.path.length > 0) {
    return false;
  }
  switch (event.type) {
    case "call":
      return !givesThis(event.call);
    case "member":
      return functionMethods.has(event.name ?? "bind") && !isObject(model, event.call?.arguments[0]);
    case "escape":
      // Other files can't see exports in V2; what is a member of an unknown object is called as one.
      return event.reason !== "exported" && event.reason !== "stored" && !isInherited(model, event.node);
    default:
      return false;
  }
}

/** `util.inherits(Name, Parent)` calls neither of them. */
function isInherited(model: Model, node: Node): boolean {
  const call = model.parentOf(node);
  if (call?.type !== "CallExpression" || call.callee === node || call.callee.type === "Super") {
    return false;
  }
  const { source = "", path = [] } = importedPath(model, call.callee) ?? {};
  return /^(?:node:)?util$/u.test(source) && path.join(".") === "inherits";
}

/** Where a trace of a function begins: a declared one is used by its name. */
function startsOf(model: Model, owner: FunctionNode): readonly Node[] {
  const variable = owner.type === "FunctionDeclaration" ? model.variableOf(owner.id) : undefined;
  return owner.type === "FunctionDeclaration" ? (variable === undefined ? [] : readsOf(variable)) : [owner];
}

/** True when a function is always called as a method of an object, or with one, or made to one. */
function isCalledWithObject(model: Model, owner: FunctionNode): boolean {
  const parent = model.parentOf(owner);
  // A getter can't be taken off its object.
  if (parent?.type === "Property" && parent.kind !== "init") {
    return true;
  }
  if (hasReceiver(model, owner)) {
    return true;
  }
  const starts = startsOf(model, owner).map((node) => ({ node, state: true as const }));
  for (const event of trace<true>(model, starts)) {
    if (mayLoseThis(model, event)) {
      return false;
    }
  }
  return starts.length > 0;
}

function hasOwnThis(model: Model, owner: Node): boolean {
  if (!isFunction(owner) || model.scopeAt(owner).isStrict) {
    return true;
  }
  if (findHandler(model)?.node === owner) {
    return false;
  }
  return isCalledWithObject(model, owner);
}

const ownersWithThis = perModel(() => new Map<Node, boolean>());

/** True for a `this` that is the same in both modes: that of a method, a class member, a constructor. */
export function isOwnThis(model: Model, node: Node): boolean {
  const owner = ownerOf(model, node);
  const known = ownersWithThis(model);
  if (owner !== undefined && !known.has(owner)) {
    known.set(owner, hasOwnThis(model, owner));
  }
  return owner !== undefined && known.get(owner) === true;
}
