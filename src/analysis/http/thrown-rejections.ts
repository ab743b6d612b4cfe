import { promiseMethods } from "../code/builtins.ts";
import { isAsync } from "../code/effects.ts";
import type { Model } from "../code/model.ts";
import { staticName } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { isTried } from "../control/continuation.ts";

/** The promise that a call gives with the handlers of its result: none of them hears of an error. */
function withResultHandlers(model: Model, call: Node): Node {
  const member = model.parentOf(call);
  const link = member?.type === "MemberExpression" && member.object === call ? model.parentOf(member) : null;
  const isThen =
    member?.type === "MemberExpression" &&
    staticName(member) === "then" &&
    link?.type === "CallExpression" &&
    link.callee === member &&
    link.arguments.length === 1;
  return isThen ? withResultHandlers(model, link) : call;
}

/** True for a function that a promise runs for its result: what it throws is a rejection. */
function isPromiseHandler(model: Model, node: FunctionNode): boolean {
  const link = model.parentOf(node);
  const callee = link?.type === "CallExpression" && link.callee.type === "MemberExpression" ? link.callee : undefined;
  const method = callee === undefined ? undefined : promiseMethods.get(staticName(callee) ?? "");
  const place = link?.type === "CallExpression" ? link.arguments.findIndex((argument) => argument === node) : -1;
  return method !== undefined && place >= 0 && (place === method.value || place === method.error);
}

/**
 * True where an error that is thrown in the place of a call is what the promise of the call would be rejected with:
 * somebody waits for it there, or a function returns it that is async or the handler of a promise.
 */
export function isThrowRejection(model: Model, call: Node): boolean {
  const given = withResultHandlers(model, call);
  const parent = model.parentOf(given);
  if (parent?.type === "AwaitExpression") {
    return true;
  }
  const owner = model.functionOf(given);
  const isReturned =
    parent === owner || (parent?.type === "ReturnStatement" && owner !== null && !isTried(model, parent, owner));
  return isReturned && owner !== null && owner.generator !== true && (isAsync(owner) || isPromiseHandler(model, owner));
}
