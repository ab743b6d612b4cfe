import type * as ESTree from "estree";
import { isList } from "../code/lists.ts";
import type { Model } from "../code/model.ts";
import { isCallOf } from "../code/names.ts";
import { bareExpression, isFunction, walk } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { loopAround } from "../control/call-path.ts";
import { chainOf, linksOf } from "../control/chains.ts";
import { isTried } from "../control/continuation.ts";
import { exitsOf, handlerOf, takesValue, valueOf } from "./chain-handlers.ts";
import type { ChainHandler, UnrolledLink } from "./chain-handlers.ts";

/** A chain of an async function that waits for it, whose last links can be statements in front of the one that takes its value. */
export interface AwaitedChain {
  readonly statement: Node;
  readonly owner: FunctionNode;
  /** The expression that the value of the last link takes the place of: the chain, with its `await`. */
  readonly whole: Node;
  /** What is waited for first. */
  readonly promise: Node;
  readonly links: readonly UnrolledLink[];
  /** What becomes of the value: it is left, returned, or kept in a variable. */
  readonly use: "forgotten" | "returned" | "kept";
  /** Whoever returns the value must have waited for it. */
  readonly isTried: boolean;
}

/** Where a statement waits for a chain; undefined where something else is evaluated before it, or nobody waits. */
function waitingPart(model: Model, statement: Node): Pick<AwaitedChain, "whole" | "use"> | undefined {
  if (statement.type === "VariableDeclaration") {
    const [declarator, ...others] = statement.declarations;
    const whole = others.length === 0 && isList(model.parentOf(statement)) ? declarator?.init : undefined;
    return whole?.type === "AwaitExpression" ? { whole, use: "kept" } : undefined;
  }
  if (statement.type === "ReturnStatement") {
    return statement.argument ? { whole: statement.argument, use: "returned" } : undefined;
  }
  const expression = bareExpression(statement);
  if (expression?.type === "AssignmentExpression") {
    const { operator, left, right } = expression;
    const isPlain = operator === "=" && left.type === "Identifier" && right.type === "AwaitExpression";
    return isPlain ? { whole: right, use: "kept" } : undefined;
  }
  return expression?.type === "AwaitExpression" ? { whole: expression, use: "forgotten" } : undefined;
}

/** The chain that a statement waits for; undefined where none of its links can be statements. */
export function awaitedChainOf(model: Model, statement: Node): AwaitedChain | undefined {
  const owner = model.functionOf(statement);
  const part = waitingPart(model, statement);
  if (owner?.async !== true || owner.generator === true || part === undefined) {
    return undefined;
  }
  const { whole, use } = part;
  const isAwaited = whole.type === "AwaitExpression";
  const tried = isTried(model, statement, owner);
  const { base, links } = linksOf(isAwaited ? whole.argument : whole);
  const handlers = links.map(({ method, handlers: given }) =>
    method === "then" && given.length === 1 ? handlerOf({ model, callback: undefined }, given[0]) : undefined,
  );
  const isReader = isCallOf(model, base, "fetch");
  const start = Math.max(
    handlers.findLastIndex((handler) => handler === undefined || handler === "none") + 1,
    isReader ? 1 : 0,
  );
  const unrolled = handlers
    .slice(start)
    .flatMap((handler) => (handler === undefined || handler === "none" ? [] : [linkFor(handler)]));
  const isWorth = isAwaited || unrolled.length > 1 || holdsRequest(model, whole);
  if ((!isAwaited && tried) || !isWorth || !canBeStatements(model, statement, unrolled, use, tried)) {
    return undefined;
  }
  const promise = links[start - 1]?.call ?? base;
  return { statement, owner, whole, promise, links: unrolled, use, isTried: tried };
}

function linkFor(fulfilled: ChainHandler): UnrolledLink {
  return { fulfilled, rejected: undefined, finalizer: undefined };
}

function holdsRequest(model: Model, chain: Node): boolean {
  let isFound = false;
  walk(chain, (node) => {
    isFound ||= isCallOf(model, node, "fetch");
    return !isFound;
  });
  return isFound;
}

function canBeStatements(
  model: Model,
  statement: Node,
  links: readonly UnrolledLink[],
  use: AwaitedChain["use"],
  tried: boolean,
): boolean {
  const repeats = loopAround(model, statement) !== null;
  const isFitting = links.every(({ fulfilled }, index) => {
    if (fulfilled?.kind !== "inline") {
      return true;
    }
    const next = links[index + 1];
    const mayLeave = next === undefined && use === "returned" && !tried;
    const isTaken = next === undefined ? use === "kept" : takesValue(next);
    const { early } = exitsOf(model, fulfilled);
    const isKnown = early.length === 0 ? !isTaken || valueOf(model, fulfilled) !== undefined : mayLeave;
    return isKnown && !(repeats && keepsVariables(fulfilled.node)) && !startsMore(fulfilled.node);
  });
  return isFitting && links.some(({ fulfilled }) => fulfilled?.kind === "inline");
}

/** True for a function with variables that would live on in the next round of a loop around it. */
function keepsVariables(handler: FunctionNode): boolean {
  let isFound = false;
  walk(handler.body, (node) => {
    isFound ||= node.type === "VariableDeclaration" && node.kind === "var";
    return !isFound && !isFunction(node);
  });
  return isFound;
}

/** True for a function that starts a chain which nobody waits for: it races with what comes next. */
function startsMore(handler: FunctionNode): boolean {
  let isFound = false;
  walk(handler.body, (node) => {
    isFound ||= chainOf(node)?.mode === "floating";
    return !isFound;
  });
  return isFound;
}

/** The statements that may wait for a chain. */
export function waitingStatements(model: Model): readonly ESTree.Statement[] {
  return [
    ...model.nodes("VariableDeclaration"),
    ...model.nodes("ExpressionStatement"),
    ...model.nodes("ReturnStatement"),
  ];
}
