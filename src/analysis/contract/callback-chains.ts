import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { mayLeave } from "../control/leaving.ts";
import type { Model } from "../code/model.ts";
import { callOf } from "../code/called.ts";
import { isFunction, walk } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { mentions } from "../control/chains.ts";
import type { Chain, ChainLink } from "../control/chains.ts";
import { isConsoleCall } from "../code/effects.ts";
import { HANDED_ON, NONE } from "../control/flow.ts";
import { readsOf } from "../code/bindings.ts";
import type { MissingCall, SecondCall } from "./callback-problems.ts";
import { settlementOf } from "./settlement.ts";

/**
 * What a chain of promises, which is all that answers, does wrong with the callback: a `.catch` that only logs, a handler
 * of which a branch does not call back, and a `.finally` that calls back once more.
 */
export function* findChainProblems(
  model: Model,
  { links }: Chain,
  callback: Variable,
): Generator<SecondCall | MissingCall> {
  const settles = (node: Node): boolean => mentions(model, node, callback);
  for (const [index, { method, handlers }] of links.entries()) {
    const [handler] = handlers;
    const before = links.slice(0, index).flatMap((link) => link.handlers);
    const behind = links.slice(index + 1);
    if (handler === undefined || !isFunction(handler) || handler.generator === true) {
      continue;
    }
    const isAnswered = behind.some(
      (link) => link.method !== "catch" && link.handlers.some((each) => mayAnswer(model, each, settles)),
    );
    if (method === "finally") {
      const call = before.some(settles) ? unconditionalCall(model, handler, callback) : undefined;
      if (call !== undefined) {
        yield {
          kind: "twice",
          call,
          first: readsBefore(callback, call) ?? call,
          isCertain: true,
          returnable: undefined,
        };
      }
    } else if (method === "catch" && before.some(settles) && !mayAnswer(model, handler, settles) && !isAnswered) {
      yield { kind: "never", at: handler, how: "chain", isCertain: true };
    } else if (method === "then" && !isAnswered && hasGap(model, handler, callback)) {
      yield { kind: "never", at: handler.body, how: "end", isCertain: true };
    }
    if (method === "then" && before.length > 0) {
      yield* calledAgain(model, links.slice(0, index), handler, callback);
    }
    const [, failed] = method === "then" ? handlers : [];
    const answers = [...before, handler].some(settles);
    if (
      failed !== undefined &&
      isFunction(failed) &&
      answers &&
      behind.length === 0 &&
      !mayAnswer(model, failed, settles)
    ) {
      yield { kind: "never", at: failed, how: "chain", isCertain: true };
    }
  }
}

/** `.then((a) => callback(null, a)).then(() => callback(null))`: what the first of two answers, the second answers again. */
function* calledAgain(
  model: Model,
  before: readonly ChainLink[],
  handler: FunctionNode,
  callback: Variable,
): Generator<SecondCall> {
  const called = before.flatMap(({ method, handlers: [each] }) =>
    method === "then" && each !== undefined && isFunction(each) ? (unconditionalCall(model, each, callback) ?? []) : [],
  );
  const [first] = called;
  const call = first === undefined ? undefined : unconditionalCall(model, handler, callback);
  if (first !== undefined && call !== undefined) {
    yield { kind: "twice", call, first, isCertain: true, returnable: undefined };
  }
}

/** The call of the callback that a chain surely makes when all goes well. */
export function chainAnswer(
  model: Model,
  { links }: Chain,
  callback: Variable,
): ESTree.SimpleCallExpression | undefined {
  return links.flatMap(({ method, handlers: [handler] }) =>
    method === "then" && handler !== undefined && isFunction(handler)
      ? (unconditionalCall(model, handler, callback) ?? [])
      : [],
  )[0];
}

function readsBefore(callback: Variable, call: Node): Node | undefined {
  return readsOf(callback).findLast((read) => (read.range?.[0] ?? 0) < (call.range?.[0] ?? 0));
}

/** True for what mentions the callback, throws, or is or calls code that may do so. */
function mayAnswer(model: Model, handler: Node, settles: (node: Node) => boolean, known?: Variable): boolean {
  let mayBe = !isFunction(handler) || settles(handler);
  walk(handler, (part) => {
    const isLocalCall = part.type === "CallExpression" && part.callee.type === "Identifier";
    const called = isLocalCall ? model.variableOf(part.callee) : undefined;
    mayBe ||= part.type === "ThrowStatement" || (called !== undefined && called !== known);
    return !mayBe;
  });
  return mayBe;
}

/** True for a handler that calls back on one way through it, and on another does not, nor hands the callback on. */
function hasGap(model: Model, handler: FunctionNode, callback: Variable): boolean {
  const { calls, escapes, atExit } = settlementOf(model, handler, callback);
  const isLeft = mayAnswer(model, handler, () => false, callback);
  return (
    calls.length > 0 &&
    escapes.length === 0 &&
    (atExit & NONE) !== 0 &&
    (atExit & HANDED_ON) === 0 &&
    !passesOn(model, handler) &&
    !isLeft
  );
}

/** True for a handler that returns something: what comes behind it in the chain goes on with that. */
function passesOn(model: Model, { body }: FunctionNode): boolean {
  let isPassed = false;
  walk(body, (part) => {
    isPassed ||=
      part.type === "ReturnStatement" &&
      part.argument?.type === "CallExpression" &&
      part.argument.callee.type === "MemberExpression" &&
      !isConsoleCall(model, part.argument);
    return !isPassed && !(part !== body && isFunction(part));
  });
  return isPassed;
}

function unconditionalCall(
  model: Model,
  handler: FunctionNode,
  callback: Variable,
): ESTree.SimpleCallExpression | undefined {
  return readsOf(callback).flatMap((read) => {
    const call = callOf(model, read);
    const isOwn = call !== undefined && model.functionOf(call) === handler;
    return isOwn && isUnconditional(model, call, handler) ? [call] : [];
  })[0];
}

/** True for a call that is reached whenever the function, or the round of the loop, is run to its end. */
export function isUnconditional(model: Model, call: Node, around: Node): boolean {
  let inner = call;
  for (let node = model.parentOf(call); node !== null; node = model.parentOf(node)) {
    if (node === around) {
      return !("test" in node) || node.test !== inner;
    }
    if (node.type === "BlockStatement") {
      const list: readonly Node[] = node.body;
      const isLeftBefore = list.slice(0, list.indexOf(inner)).some(mayLeave);
      if (isLeftBefore) {
        return false;
      }
    } else if (!/^(?:Expression|Return|Labeled)Statement$|^AwaitExpression$/u.test(node.type)) {
      return false;
    }
    inner = node;
  }
  return false;
}

/** The variables and the names of members that a condition speaks of. */
export function namesIn(model: Model, test: Node): ReadonlySet<string> {
  const names = new Set<string>();
  walk(test, (part) => {
    if (part.type === "MemberExpression") {
      names.add(model.textOf(part));
      return false;
    }
    if (part.type === "Identifier") {
      names.add(part.name);
    }
    return true;
  });
  return names;
}

const OPPOSITES: ReadonlyMap<string, string> = new Map([
  ["===", "!=="],
  ["!==", "==="],
  ["==", "!="],
  ["!=", "=="],
  ["<", ">="],
  [">=", "<"],
  [">", "<="],
  ["<=", ">"],
]);

/** True for two conditions of which exactly one holds, as far as their texts show it. */
export function isComplement(model: Model, a: Node, b: Node): boolean {
  if (a.type === "BinaryExpression" && b.type === "BinaryExpression") {
    const isSame = model.textOf(a.left) === model.textOf(b.left) && model.textOf(a.right) === model.textOf(b.right);
    return isSame && OPPOSITES.get(a.operator) === b.operator;
  }
  const isNot = (node: Node, other: Node): boolean =>
    node.type === "UnaryExpression" && node.operator === "!" && model.textOf(node.argument) === model.textOf(other);
  return isNot(a, b) || isNot(b, a);
}
