import type * as ESTree from "estree";
import { bodyReaders } from "../code/builtins.ts";
import { calledMethodOf } from "../code/called.ts";
import { isFunction } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import type { Model } from "../code/model.ts";
import { readsOf } from "../code/bindings.ts";

/** True for `response` in `response.text()`: no result of a V1 request has such a function. */
function isBodyRead(model: Model, node: Node): boolean {
  return bodyReaders.has(calledMethodOf(model, node)?.method ?? "");
}

function isReadByName(model: Model, name: Node | undefined): boolean {
  const variable = name === undefined ? undefined : model.variableOf(name);
  return variable !== undefined && readsOf(variable).some((read) => isBodyRead(model, read));
}

/** True for a function that reads the body of the Response that it gets. */
function readsBody(model: Model, callee: Node | undefined): boolean {
  if (callee === undefined) {
    return false;
  }
  if (isFunction(callee)) {
    return isReadByName(model, callee.params[0]);
  }
  const definition = callee.type === "Identifier" ? model.variableOf(callee)?.defs[0] : undefined;
  return definition?.type === "FunctionName" && isReadByName(model, definition.node.params[0]);
}

/** True for `client(…).then(…)` whose handler reads the body of a Response. */
function isReadInThen(model: Model, call: Node): boolean {
  const { method, call: then } = calledMethodOf(model, call) ?? {};
  return method === "then" && readsBody(model, then?.arguments[0]);
}

/** True for a request whose result is used as fetch's Response: it is in its V2 form already. */
export function isModernRequest(model: Model, call: ESTree.CallExpression): boolean {
  const awaited = model.parentOf(call);
  if (awaited?.type !== "AwaitExpression") {
    return isReadInThen(model, call);
  }
  const user = model.parentOf(awaited);
  return (
    isBodyRead(model, awaited) ||
    (user?.type === "VariableDeclarator" && isReadByName(model, user.id)) ||
    (user?.type === "CallExpression" && user.callee !== awaited && readsBody(model, user.callee))
  );
}
