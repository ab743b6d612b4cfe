import type * as ESTree from "estree";
import type { Model } from "./model.ts";
import { staticName } from "./tree.ts";
import type { Node } from "./tree.ts";

/** The call of what an expression gives: `expression(…)`. */
export function callOf(model: Model, callee: Node): ESTree.SimpleCallExpression | undefined {
  const call = model.parentOf(callee);
  return call?.type === "CallExpression" && call.callee === callee ? call : undefined;
}

/** The same, also by `new`: `new expression(…)`. */
export function callOrNewOf(
  model: Model,
  callee: Node,
): ESTree.SimpleCallExpression | ESTree.NewExpression | undefined {
  const call = model.parentOf(callee);
  return call?.type === "NewExpression" && call.callee === callee ? call : callOf(model, callee);
}

/** A method that is called: `object.method(…)`. */
export interface CalledMethod {
  readonly method: string;
  readonly member: ESTree.MemberExpression;
  readonly call: ESTree.SimpleCallExpression;
}

/** The call of a method of what an expression gives; undefined also where its name is made up at run time. */
export function calledMethodOf(model: Model, object: Node): CalledMethod | undefined {
  const member = model.parentOf(object);
  if (member?.type !== "MemberExpression" || member.object !== object) {
    return undefined;
  }
  const [method, call] = [staticName(member), callOf(model, member)];
  return method === undefined || call === undefined ? undefined : { method, member, call };
}
