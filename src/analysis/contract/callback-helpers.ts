import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { isConstant, readsOf } from "../code/bindings.ts";
import type { Model } from "../code/model.ts";
import { findNamedFunctions } from "../code/named-functions.ts";
import { usesArguments } from "../code/own-arguments.ts";
import { isInside } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { mentions } from "../control/chains.ts";
import { catchAround, isLastIn } from "../control/continuation.ts";
import { nodeCallbackOf } from "../control/node-callbacks.ts";
import type { NodeCallback } from "../control/node-callbacks.ts";
import { ABSENT, ERROR } from "../errors/reason-set.ts";
import { isForwarding } from "./callback-calls.ts";
import { planOwner } from "./settle-plan.ts";
import { settleStatement } from "./settle-statements.ts";
import { nothingKnown } from "./settle-types.ts";
import type { CallbackOwner, OwnerPlan } from "./settle-types.ts";

/** One call of a function that answers by a callback, with the callback that it gets there. */
interface HelperCall {
  readonly call: ESTree.SimpleCallExpression;
  readonly callback: NodeCallback;
  /** The function around the call. */
  readonly caller: FunctionNode;
}

/** A function of the file that takes a callback `(error, result)` of its callers last, and is only called. */
export interface CallbackHelper extends CallbackOwner {
  readonly parameter: ESTree.Identifier;
  readonly calls: readonly HelperCall[];
}

/** The function of the file that a variable names, when nothing else is ever in it. */
function helperNamed(model: Model, variable: Variable, node: FunctionNode): CallbackHelper | undefined {
  const parameter = node.params.at(-1);
  const callback = parameter?.type === "Identifier" ? model.variableOf(parameter) : undefined;
  const isPlain =
    callback !== undefined &&
    isConstant(variable) &&
    isConstant(callback) &&
    node.generator !== true &&
    node.params.every(({ type }) => type !== "RestElement" && type !== "AssignmentPattern") &&
    !usesArguments(model, node);
  if (!isPlain || parameter?.type !== "Identifier") {
    return undefined;
  }
  const reads = readsOf(variable);
  const calls = reads.flatMap((read) => callAt(model, read, node) ?? []);
  return calls.length > 0 && calls.length === reads.length
    ? { node, callback, isAsync: node.async === true, parameter, calls }
    : undefined;
}

function callAt(model: Model, read: Node, node: FunctionNode): HelperCall | undefined {
  const call = model.parentOf(read);
  if (call?.type !== "CallExpression" || call.callee !== read || call.optional || isInside(call, node)) {
    return undefined;
  }
  const last = call.arguments.at(-1);
  const isWhole =
    call.arguments.length === node.params.length && call.arguments.every(({ type }) => type !== "SpreadElement");
  const callback = isWhole && last !== undefined ? nodeCallbackOf(model, last) : undefined;
  const caller = model.functionOf(call);
  const statement = settleStatement(model, call);
  const isStatement = statement?.type === "ExpressionStatement" || statement?.type === "ReturnStatement";
  return callback !== undefined && caller !== null && isStatement && isLastIn(model, statement, caller)
    ? { call, callback, caller }
    : undefined;
}

/**
 * The functions of a file that answer by a callback of their callers, and know nothing of the handler's own.
 *
 * @param last functions behind whose calls nothing runs
 */
export function callbackHelpers(
  model: Model,
  settling: ReadonlySet<Variable>,
  last: ReadonlySet<FunctionNode>,
): readonly CallbackHelper[] {
  const named = findNamedFunctions(model);
  const helpers = named.variables.flatMap((variable) => {
    const [node, ...others] = named.nodesOf(variable);
    const isOther = node !== undefined && !last.has(node) && others.length === 0 && !mentions(model, node, settling);
    const helper = isOther ? helperNamed(model, variable, node) : undefined;
    return helper === undefined ? [] : [helper];
  });
  const answering = new Set([...settling, ...helpers.map(({ callback }) => callback)]);
  let left = helpers.filter(({ calls }) => calls.every(({ callback }) => mentions(model, callback.node, answering)));
  for (let size = -1; size !== left.length;) {
    size = left.length;
    const known = new Set<FunctionNode>([...last, ...left.map(({ node }) => node)]);
    // Called by anything else, the code behind the callback would run later than what comes next there.
    left = left.filter(({ calls }) => {
      const own = new Set(calls.map(({ callback }) => callback.node));
      return calls.every(({ caller }) => known.has(caller) || own.has(caller));
    });
  }
  return left;
}

/**
 * How such a function is written as one that returns or throws; undefined where it does not call back exactly once, as the
 * last thing that it does, or where what it gives as an error may be none.
 */
export function planCallbackHelper(model: Model, helper: CallbackHelper): OwnerPlan | undefined {
  const plan = planOwner(model, { ...helper, isAsync: true }, nothingKnown);
  if (plan.why !== undefined || plan.neverSettles) {
    return undefined;
  }
  const isPlain = plan.calls.every(({ mode, reasons }) => mode === "final" && (reasons & ~(ERROR | ABSENT)) === 0);
  return isPlain ? plan : undefined;
}

/** True when what happens to an error of the function, or of the code behind its call, is not what V1 did with it. */
export function divertsErrors(
  model: Model,
  { owner: { node }, calls, mayThrowFirst }: OwnerPlan,
  { callback, call, caller }: HelperCall,
  callbacks: ReadonlySet<Variable>,
): boolean {
  const isForwarded = isForwarding(model, callback, callbacks);
  const isHeard = calls.some(
    ({ kind, statement }) => kind !== "error" && catchAround(model, statement, node) !== undefined,
  );
  return (!isForwarded && (mayThrowFirst || isHeard)) || catchAround(model, call, caller) !== undefined;
}
