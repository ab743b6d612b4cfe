import type * as ESTree from "estree";
import { variablesIn } from "../code/bindings.ts";
import type { Model } from "../code/model.ts";
import { isGlobalTaken } from "../code/names.ts";
import { isFunction, isInside, rangeOf, staticName, walk } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import type { SecretOperation } from "./operations.ts";
import type { Found, Group } from "./waits-group.ts";
import { NOTHING } from "./waits-made.ts";

export type Loop =
  ESTree.ForStatement | ESTree.ForInStatement | ESTree.ForOfStatement | ESTree.WhileStatement | ESTree.DoWhileStatement;

/**
 * The reads of a loop that each round makes for another secret, without a need of the rounds before.
 *
 * @param group a line on which the body was read twice, so that what one round gives to the next is known
 * @param breaks how often something had stood between before the second time
 */
export function readsInRounds(
  model: Model,
  loop: Loop,
  group: Group,
  breaks: number,
  { needs }: Found,
): SecretOperation[] {
  if (group.breaks > breaks || mayEndEarly(loop) || isGlobalTaken(model, loop, "Promise")) {
    return [];
  }
  return [...group.ended].filter((operation) => {
    const { call, kind } = operation;
    const isOwn = isInside(call, loop.body) && model.functionOf(call) === model.functionOf(loop);
    const isCarried = [...(needs.get(operation) ?? NOTHING)].some((other) => isInside(other.call, loop));
    return isOwn && !isCarried && kind === "read" && isAnotherEachRound(model, call, loop);
  });
}

/** True when something in a loop leaves it, or what keeps it going waits for something or calls something. */
function mayEndEarly(loop: Loop): boolean {
  let isFound = false;
  const look = (code: Node, leaving: RegExp): void => {
    walk(code, (part) => {
      isFound ||= leaving.test(part.type);
      return !isFound && !isFunction(part);
    });
  };
  look(loop.body, /^(?:Return|Throw|Break)Statement$/u);
  if ("test" in loop && loop.test) {
    look(loop.test, /^(?:Await|Call|Yield)Expression$/u);
  }
  return isFound;
}

/** True when the call names something that is another one in each round. */
function isAnotherEachRound(model: Model, { arguments: given }: ESTree.SimpleCallExpression, loop: Node): boolean {
  return given.some((argument) =>
    [...variablesIn(model, argument)].some(
      (variable) =>
        variable.defs.some(({ name }) => isInside(name, loop)) ||
        variable.references.some((reference) => reference.isWrite() && isInside(reference.identifier as Node, loop)),
    ),
  );
}

/** The function of `names.reduce(async (collected, name) => { const all = await collected; … }, …)`. */
export function reducerOf(call: ESTree.SimpleCallExpression | ESTree.NewExpression): FunctionNode | undefined {
  const { callee } = call;
  const name = callee.type === "MemberExpression" ? (staticName(callee) ?? "") : "";
  const [run] = call.arguments;
  const isAsync = run !== undefined && isFunction(run) && run.async === true;
  return isAsync && /^reduce(?:Right)?$/u.test(name) && run.params[0]?.type === "Identifier" ? run : undefined;
}

/** The reads of an async reducer that begin when the rounds before have ended, though they don't need them. */
export function readsOfReducer(model: Model, run: FunctionNode, group: Group): SecretOperation[] {
  const [collected] = run.params;
  const variable = collected === undefined ? undefined : model.variableOf(collected);
  const waits = model
    .nodes("AwaitExpression")
    .filter(({ argument }) => variable !== undefined && model.variableOf(argument) === variable);
  return [...group.ended].filter(({ call }) => {
    const names = call.arguments.flatMap((argument) => [...variablesIn(model, argument)]);
    const isOfRound = names.some((each) => each !== variable && each.defs.some(({ name }) => isInside(name, run)));
    return isOfRound && group.breaks === 0 && waits.some((wait) => rangeOf(wait)[0] < rangeOf(call)[0]);
  });
}
