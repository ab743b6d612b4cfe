import type * as ESTree from "estree";
import { isInert } from "../code/effects.ts";
import { bareExpression } from "../code/tree.ts";
import type { Model } from "../code/model.ts";
import { ERROR } from "./reason-set.ts";
import { reasonsOf } from "./reasons.ts";

/** The call in a `catch` that does nothing but hand its error on, to the callback as it seems; undefined in others. */
export function forwardingCall(model: Model, clause: ESTree.CatchClause): ESTree.SimpleCallExpression | undefined {
  const [statement, ...others] = clause.body.body.filter((candidate) => !isInert(model, candidate));
  const whole = bareExpression(statement);
  const call = whole?.type === "AwaitExpression" ? whole.argument : whole;
  const isForwarding =
    others.every((other) => other.type === "ReturnStatement" && !other.argument) &&
    call?.type === "CallExpression" &&
    clause.param?.type === "Identifier" &&
    call.arguments[0]?.type === "Identifier" &&
    model.variableOf(call.arguments[0]) === model.variableOf(clause.param) &&
    reasonsOf(model, call.arguments[0]) === ERROR;
  return isForwarding ? call : undefined;
}
