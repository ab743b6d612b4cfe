import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { connectionMethods, objectMethods } from "../../platform/salesforce.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { findHandler } from "../code/handler.ts";
import type { Model } from "../code/model.ts";
import { isConstant, readsOf } from "../code/bindings.ts";
import { nodeCallbackOf } from "../control/node-callbacks.ts";
import type { NodeCallback } from "../control/node-callbacks.ts";

/** A request to Salesforce that is made with a callback, as a statement of its own. */
export interface CallbackRequest {
  readonly call: ESTree.SimpleCallExpression;
  /** The callback in parts, or the handler's own callback that is handed on. */
  readonly callback: NodeCallback | ESTree.Identifier;
}

/** The call of a member of an expression: `expression.name(…)`. */
function callOn(model: Model, node: Node): { name: string; call: ESTree.SimpleCallExpression } | undefined {
  const member = model.parentOf(node);
  const call = member === null ? null : model.parentOf(member);
  const name = member?.type === "MemberExpression" && member.object === node ? staticName(member) : undefined;
  return name !== undefined && call?.type === "CallExpression" && call.callee === member && !call.optional
    ? { name, call }
    : undefined;
}

function requestOf(model: Model, connection: Node): CallbackRequest | undefined {
  let found = callOn(model, connection);
  let methods = connectionMethods;
  if (found?.name === "sobject" && found.call.arguments.length === 1) {
    found = callOn(model, found.call);
    methods = objectMethods;
  }
  const last = found?.call.arguments.at(-1);
  const isStatement = found !== undefined && model.parentOf(found.call)?.type === "ExpressionStatement";
  if (found === undefined || last === undefined || !isStatement) {
    return undefined;
  }
  const hasCallback = found.call.arguments.length === (methods.get(found.name) ?? Number.NaN) + 1;
  const isHandled = last.type === "Identifier" && model.variableOf(last) === findHandler(model)?.callback?.variable;
  const callback = isHandled && model.variableOf(last) !== undefined ? last : nodeCallbackOf(model, last);
  const hasSpread = found.call.arguments.some(({ type }) => type === "SpreadElement");
  return hasCallback && callback !== undefined && !hasSpread ? { call: found.call, callback } : undefined;
}

/** The variable that holds a connection, when nothing else is ever in it. */
function variableOf(model: Model, created: Node): Variable | undefined {
  const declarator = model.parentOf(created);
  const isHeld = declarator?.type === "VariableDeclarator" && declarator.id.type === "Identifier";
  const variable = isHeld ? model.variableOf(declarator.id) : undefined;
  return variable !== undefined && isConstant(variable) ? variable : undefined;
}

/** The requests with callbacks on a connection, the inner ones first. */
export function callbackRequests(model: Model, connections: readonly Node[]): CallbackRequest[] {
  return connections
    .flatMap((created) => {
      const variable = variableOf(model, created);
      return variable === undefined ? [] : readsOf(variable);
    })
    .flatMap((read) => requestOf(model, read) ?? [])
    .toSorted((a, b) => (b.call.range?.[0] ?? 0) - (a.call.range?.[0] ?? 0));
}
