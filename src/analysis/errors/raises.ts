import { timers } from "../code/builtins.ts";
import type * as ESTree from "estree";
import { variableOfFunction } from "../code/functions.ts";
import { isFunction, isInside } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import type { Model } from "../code/model.ts";
import { readsOf } from "../code/bindings.ts";
import { perModel } from "../code/per-model.ts";

/** A place where the code of a file fails on purpose. */
export interface Raise {
  /** `throw x`, the call that rejects a promise, or the call that is told to. */
  readonly node: ESTree.ThrowStatement | ESTree.CallExpression;
  /** What it fails with; undefined for `reject()`. */
  readonly reason: Node | undefined;
}

/** The function that rejects a promise: `Promise.reject`, what an executor gets, or whatever is called `reject`. */
export function isReject(model: Model, callee: Node): boolean {
  const name = callee.type === "MemberExpression" ? callee.property : callee;
  const [definition] = name.type === "Identifier" ? (model.variableOf(name)?.defs ?? []) : [];
  const owner = definition?.type === "Parameter" ? (definition.node as Node) : undefined;
  const isExecutor = owner !== undefined && isFunction(owner) && model.parentOf(owner)?.type === "NewExpression";
  return name.type === "Identifier" && (name.name === "reject" || (isExecutor && owner.params[1] === definition?.name));
}

/** All places where the file throws, or rejects a promise, in no special order. */
export const raisesOf = perModel((model): readonly Raise[] => {
  const thrown = model.nodes("ThrowStatement").map((node): Raise => ({ node, reason: node.argument }));
  const rejected = model.nodes("CallExpression").flatMap((node): Raise[] => {
    const [first] = node.arguments;
    if (isReject(model, node.callee)) {
      return [{ node, reason: first }];
    }
    const isTimer = [...timers].some((timer) => model.isGlobal(node.callee, timer));
    return isTimer && first !== undefined && isReject(model, first) ? [{ node, reason: node.arguments[2] }] : [];
  });
  return [...thrown, ...rejected];
});

/** True when the function may be called from inside of the file: its name is read somewhere, or it has none. */
function isReachable(model: Model, node: FunctionNode): boolean {
  const variable = variableOfFunction(model, node);
  return variable === undefined || readsOf(variable).length > 0;
}

/**
 * The raises whose reasons a `catch`, or a function that handles the rejections of promises, may get: all but what is
 * thrown past it.
 */
export function raisesHeardBy(model: Model, listener: ESTree.CatchClause | FunctionNode): readonly Raise[] {
  const whole = listener.type === "CatchClause" ? model.parentOf(listener) : null;
  const block = whole?.type === "TryStatement" ? whole.block : undefined;
  return raisesOf(model).filter(({ node }) => {
    if (node.type !== "ThrowStatement" || (block !== undefined && isInside(node, block))) {
      return true;
    }
    const thrower = model.functionOf(node);
    return thrower !== null && isReachable(model, thrower);
  });
}
