import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { verbMethods } from "../../platform/http-options.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { localFunctionOf } from "../code/local-calls.ts";
import type { Model } from "../code/model.ts";
import { readsOf } from "../code/bindings.ts";
import { isWritten, writesArgument } from "../code/writes.ts";
import { isSignerMethod } from "../http/oauth-signer.ts";

/** Functions of the language that only look at an object. */
const READERS: readonly (readonly [string, RegExp])[] = [
  ["console", /./u],
  ["JSON", /^stringify$/u],
  ["Object", /^(?:keys|values|entries|freeze|seal|is|isFrozen|hasOwn)$/u],
  ["Array", /^isArray$/u],
];

function isRequire(model: Model, init: Node | null | undefined): boolean {
  const call = init?.type === "MemberExpression" ? init.object : init;
  return call?.type === "CallExpression" && model.isGlobal(call.callee, "require");
}

/** `merge(options, more)` of a package changes its first argument; clients, and what only looks, do not. */
export function mayChangeFirst(model: Model, callee: Node): boolean {
  if (callee.type === "MemberExpression") {
    const name = staticName(callee) ?? "";
    const isRead = READERS.some(([global, names]) => model.isGlobal(callee.object, global) && names.test(name));
    return !isRead && !verbMethods.has(name) && !isSignerMethod(model, callee, "authorize", "toHeader");
  }
  const definition = model.variableOf(callee)?.defs[0];
  const isTaken = definition?.type === "Variable" && definition.node.id.type === "ObjectPattern";
  const isRequired = definition?.type === "Variable" && isRequire(model, definition.node.init);
  return definition?.type === "ImportBinding" || isTaken || isRequired;
}

/** The variables that a pattern takes from the first level of an object. */
export function namesTaken(model: Model, pattern: ESTree.ObjectPattern): Variable[] {
  return pattern.properties.flatMap((property) => {
    const value: Node = property.type === "Property" ? property.value : property.argument;
    return model.variableOf(value.type === "AssignmentPattern" ? value.left : value) ?? [];
  });
}

/** True when code writes a member of what the variable holds. */
export function hasMemberWrite(model: Model, variable: Variable): boolean {
  return readsOf(variable).some((read) => {
    const parent = model.parentOf(read);
    if (parent?.type === "CallExpression") {
      return writesArgument(model, parent, read);
    }
    return parent?.type === "MemberExpression" && parent.object === read && isWritten(model, parent);
  });
}

/** True when the object that the variable holds is read, and nothing that gets it from there changes it. */
export function isOnlyRead(model: Model, variable: Variable, seen: ReadonlySet<Variable> = new Set()): boolean {
  const known = new Set([...seen, variable]);
  return seen.has(variable) || readsOf(variable).every((read) => isHarmlessRead(model, read, known));
}

/** True when a read can't change the object: a member that is read, a spread, or an argument of a call. */
function isHarmlessRead(model: Model, read: Node, seen: ReadonlySet<Variable>): boolean {
  const parent = model.parentOf(read);
  switch (parent?.type) {
    case "SpreadElement":
      return true;
    case "CallExpression":
      return parent.callee !== read && isHarmlessArgument(model, parent, read, seen);
    case "Property":
      return parent.value === read;
    case "MemberExpression": {
      const user = model.parentOf(parent);
      return (
        parent.object === read &&
        !(user?.type === "CallExpression" && user.callee === parent) &&
        !isWritten(model, parent) &&
        // A member of the member may be written: `options.headers.a = 1`.
        !(user?.type === "MemberExpression" && user.object === parent)
      );
    }
    default:
      return false;
  }
}

/** A function of the file is followed; one of a package may change its first argument, and is trusted with the others. */
function isHarmlessArgument(
  model: Model,
  call: ESTree.CallExpression,
  read: Node,
  seen: ReadonlySet<Variable>,
): boolean {
  const index = call.arguments.findIndex((argument) => argument === read);
  const called = localFunctionOf(model, call.callee);
  if (called === undefined) {
    return index !== 0 || !mayChangeFirst(model, call.callee);
  }
  const parameter = called.params[index];
  const name = parameter?.type === "AssignmentPattern" ? parameter.left : parameter;
  if (name === undefined) {
    return true;
  }
  if (name.type === "ObjectPattern") {
    return namesTaken(model, name).every((taken) => !hasMemberWrite(model, taken));
  }
  const variable = model.variableOf(name);
  return variable !== undefined && isOnlyRead(model, variable, seen);
}
