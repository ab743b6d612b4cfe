import { readsOf } from "../code/bindings.ts";
import { callOf } from "../code/called.ts";
import type { Handler } from "../code/handler.ts";
import type { Model } from "../code/model.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { loopAround } from "../control/call-path.ts";
import { continuationOf } from "../control/continuation.ts";
import { isUnconditional } from "./callback-chains.ts";
import { calledName } from "./callback-problems.ts";
import type { SecondCall } from "./callback-problems.ts";

/** Finds the calls of the callback that each round of a loop, or each item of a list, makes without a condition. */
export function findRepeatedCalls(model: Model, { callback }: Handler): SecondCall[] {
  return (callback === undefined ? [] : readsOf(callback.variable)).flatMap((read): SecondCall[] => {
    const call = callOf(model, read);
    const owner = call === undefined ? null : model.functionOf(call);
    if (call === undefined || owner === null) {
      return [];
    }
    const loop = loopAround(model, call);
    const isRepeated = loop !== null && isUnconditional(model, call, loop) && comesBack(model, call, owner);
    const isOfEach = isRunOften(model, owner) && isUnconditional(model, call, owner);
    return isRepeated || isOfEach ? [{ kind: "twice", call, first: call, isCertain: true, returnable: undefined }] : [];
  });
}

/**
 * True for a function that runs for each item of a list, or at each tick of a timer that nothing stops, and for the
 * handler of a chain that such a function, or each round of a loop, starts.
 */
function isRunOften(model: Model, owner: FunctionNode): boolean {
  const user = model.parentOf(owner);
  if (user?.type !== "CallExpression" || user.arguments[0] !== owner) {
    return false;
  }
  if (model.isGlobal(user.callee, "setInterval")) {
    return model.globals("clearInterval").length === 0;
  }
  const name = user.callee.type === "MemberExpression" ? calledName(user) : "";
  if (name !== "then") {
    return /^(?:flatMap|forEach|map)$/u.test(name);
  }
  const chain = chainAround(model, user);
  const starter = model.functionOf(chain);
  const loop = loopAround(model, chain);
  if (starter === null) {
    return false;
  }
  const isInLoop = loop !== null && isUnconditional(model, chain, loop) && comesBack(model, chain, starter);
  return isInLoop || (isUnconditional(model, chain, starter) && isRunOften(model, starter));
}

/** The whole of the chain that a step belongs to. */
function chainAround(model: Model, step: Node): Node {
  const member = model.parentOf(step);
  const next = member?.type === "MemberExpression" && member.object === step ? model.parentOf(member) : null;
  return next?.type === "CallExpression" ? chainAround(model, next) : step;
}

function comesBack(model: Model, call: Node, owner: FunctionNode): boolean {
  const statement = model.statementOf(call);
  return statement.type === "ExpressionStatement" && continuationOf(model, statement, owner).repeats;
}
