import type * as ESTree from "estree";
import { childrenOf, staticName } from "../../src/analysis/code/tree.ts";
import type { Model } from "../../src/analysis/code/model.ts";
import type { Node } from "../../src/analysis/code/tree.ts";
import { areIndependent } from "./independence.ts";

/*
 * Faults that nobody can see, wherever they are planted: each rule gives the reason, or undefined.
 */

const PAUSE = "a pause shows in nothing but time";

/** The event in `emitter.on("event", …)`. */
function listenedEvent(node: Node): unknown {
  const isListening =
    node.type === "CallExpression" &&
    node.callee.type === "MemberExpression" &&
    /^(?:on|once)$/u.test(staticName(node.callee) ?? "");
  const [event] = isListening ? node.arguments : [];
  return event?.type === "Literal" ? event.value : undefined;
}

/** Two statements in a row that do the same the other way round. */
export function inAnyOrder(model: Model, first: Node, second: Node): string | undefined {
  const both = [first, second];
  const [one, other] = both.map(listenedEvent);
  if (one !== undefined && other !== undefined && one !== other)
    return "listeners to different events, in whatever order they are put there";
  if (both.filter(isTimer).length === 1) return "what a timer does comes later in either order";
  if (both.some(isPause)) return PAUSE;
  return areIndependent(model, first, second)
    ? "two statements of which neither touches what the other looks at or changes"
    : undefined;
}

/** `await new Promise((resolve) => setTimeout(resolve, 50))` */
function isPause(node: Node): boolean {
  if (node.type === "AwaitExpression") return isPause(node.argument);
  const [executor] = node.type === "NewExpression" ? node.arguments : [];
  if (executor?.type !== "ArrowFunctionExpression" || executor.body.type !== "CallExpression") return false;
  const [resolve] = executor.params;
  const [done] = executor.body.arguments;
  return (
    isTimer(executor.body) &&
    resolve?.type === "Identifier" &&
    done?.type === "Identifier" &&
    done.name === resolve.name
  );
}

function isTimer(node: Node): boolean {
  return (
    node.type === "CallExpression" &&
    node.callee.type === "Identifier" &&
    /^set(?:Timeout|Immediate)$/u.test(node.callee.name)
  );
}

function mentions(node: Node, name: string | undefined): boolean {
  return some(node, (inner) => inner.type === "Identifier" && inner.name === name);
}

function some(node: Node, is: (node: Node) => boolean): boolean {
  return is(node) || childrenOf(node).some((child) => some(child, is));
}

/** A promise that the function gives back is awaited by whoever called it, unless a `try` is waiting for it here. */
export function awaitedAnyway(node: ESTree.AwaitExpression, around: readonly Node[]): string | undefined {
  if (isPause(node)) return PAUSE;
  if (isUnread(node, around.at(-1))) return "the text of an answer that nobody looks at";
  const [value, inner] = placeOf(node, around);
  const at = around.findLastIndex(({ type }) => /Function/u.test(type));
  const owner = around[at];
  const isReturned = inner?.type === "ReturnStatement" && inner.argument === value;
  const isNext =
    inner?.type === "VariableDeclarator" &&
    inner.id.type === "Identifier" &&
    owner !== undefined &&
    isOnlyReturned(owner, inner.id.name);
  const isGuarded = around.slice(at + 1).some((outer) => outer.type === "TryStatement" && !isTransparent(outer));
  return (isReturned || isNext) && !isGuarded ? "whoever called the function awaits what it gives back" : undefined;
}

/**
 * The code in the place of an `await` that ends the process where dropping it makes a difference, though a `try` waits
 * there: what it catches is thrown on, as `asError(error)`, which gives an Error as it is.
 */
export function asErrorProbe(argument: string, around: readonly Node[]): string | undefined {
  const at = around.findLastIndex(({ type }) => /Function/u.test(type));
  const guards = around.slice(at + 1).filter((outer) => outer.type === "TryStatement");
  const isReturned = around.at(-1)?.type === "ReturnStatement";
  if (!isReturned || guards.length === 0 || !guards.every((guard) => isThrownOn(guard, ["asError"]))) return undefined;
  return `await Promise.resolve(${argument}).catch((e) => { e instanceof Error || process.exit(); throw e; })`;
}

/** `await (await fetch(url)).text();` */
function isUnread({ argument }: ESTree.AwaitExpression, parent: Node | undefined): boolean {
  return (
    parent?.type === "ExpressionStatement" &&
    argument.type === "CallExpression" &&
    argument.callee.type === "MemberExpression" &&
    staticName(argument.callee) === "text"
  );
}

/** What gets the value of a node, and the part of it that the node is the value of: `first ? await one() : two`. */
function placeOf(node: Node, around: readonly Node[]): readonly [part: Node, place: Node | undefined] {
  let part = node;
  for (const outer of around.toReversed()) {
    const isValue =
      (outer.type === "ConditionalExpression" && outer.test !== part) ||
      (outer.type === "LogicalExpression" && outer.right === part);
    if (!isValue) return [part, outer];
    part = outer;
  }
  return [part, undefined];
}

/** What stands in an error that is caught without a look at it. */
export function unheardError(around: readonly Node[]): string | undefined {
  const at = around.findLastIndex(({ type }) => /Function/u.test(type));
  const inner = around.slice(at + 1);
  const thrown = inner.findIndex(({ type }) => type === "ThrowStatement");
  const guard = inner.slice(0, Math.max(thrown, 0)).findLast((node) => node.type === "TryStatement");
  const clause = guard?.handler;
  // Where it is caught is the clause itself, it is thrown on.
  const isCaught = clause !== undefined && clause !== null && !inner.includes(clause);
  const name = clause?.param?.type === "Identifier" ? clause.param.name : undefined;
  const isLooked =
    clause?.param !== undefined && clause.param !== null && (name === undefined || mentions(clause.body, name));
  return thrown >= 0 && isCaught && !isLooked ? "what is in an error that is caught without a look at it" : undefined;
}

/** What fetch sends anyway: that it takes all, and that a form is one, whose encoding it names as well. */
export function sentAnyway({ key, value }: ESTree.Property, around: readonly Node[]): string | undefined {
  const name = key.type === "Identifier" ? key.name : key.type === "Literal" ? String(key.value) : "";
  const text = value.type === "Literal" ? value.value : undefined;
  const isForm = around.some(
    (node) =>
      node.type === "ObjectExpression" &&
      node.properties.some(
        (property) =>
          property.type === "Property" &&
          property.value.type === "NewExpression" &&
          property.value.callee.type === "Identifier" &&
          property.value.callee.name === "URLSearchParams",
      ),
  );
  const isDefault =
    (name.toLowerCase() === "accept" && text === "*/*") ||
    (isForm && name.toLowerCase() === "content-type" && text === "application/x-www-form-urlencoded");
  return isDefault ? "fetch sends this header itself" : undefined;
}

/** A time that a constant holds for timers alone. */
export function isPauseOnly(node: Node, around: readonly Node[]): string | undefined {
  const [program, declarator] = [around[0], around.at(-1)];
  if (program === undefined || declarator?.type !== "VariableDeclarator" || declarator.id.type !== "Identifier") {
    return undefined;
  }
  const { name } = declarator.id;
  const usesIn = (root: Node): number => count(root, (each) => isNamed(each, name));
  const waits = count(program, (each) => {
    const time = each.type === "CallExpression" && isNamed(each.callee, "setTimeout") ? each.arguments[1] : undefined;
    return time !== undefined && isNamed(time, name);
  });
  const isAll = usesIn(program) - usesIn(node) === waits + 1;
  return declarator.init === node && waits > 0 && isAll ? PAUSE : undefined;
}

function count(node: Node, is: (node: Node) => boolean): number {
  return childrenOf(node).reduce((sum, child) => sum + count(child, is), is(node) ? 1 : 0);
}

function isNamed(node: Node, name: string): boolean {
  return node.type === "Identifier" && node.name === name;
}

/** Whether all that is done with a variable is to give it back. */
function isOnlyReturned(owner: Node, name: string): boolean {
  let [uses, returns] = [0, 0];
  some(owner, (node) => {
    if (node.type === "Identifier" && node.name === name) uses += 1;
    if (node.type === "ReturnStatement" && node.argument?.type === "Identifier" && node.argument.name === name)
      returns += 1;
    return false;
  });
  // One of the uses is its declaration.
  return returns > 0 && uses === returns + 1;
}

/** `try { … } catch (error) { throw error; }` */
function isTransparent(node: ESTree.TryStatement): boolean {
  return isThrownOn(node, []);
}

/**
 * Whether all that is done with what is caught is to throw it on.
 *
 * @param makers the functions of which one may be called with it before
 */
function isThrownOn({ handler, finalizer }: ESTree.TryStatement, makers: readonly string[]): boolean {
  const [only] = handler?.body.body ?? [];
  const thrown = only?.type === "ThrowStatement" ? only.argument : undefined;
  const isMade =
    thrown?.type === "CallExpression" && thrown.callee.type === "Identifier" && makers.includes(thrown.callee.name);
  const value = isMade ? thrown.arguments[0] : thrown;
  return (
    finalizer === null &&
    handler?.param?.type === "Identifier" &&
    value?.type === "Identifier" &&
    value.name === handler.param.name
  );
}

/** Functions whose result nobody looks at: listeners, timers, executors of promises, loops. */
export function unusedResult(around: readonly Node[]): string | undefined {
  const at = around.findLastIndex(({ type }) => /Function/u.test(type));
  const call = around[at - 1];
  if (call?.type === "NewExpression") return "nobody looks at what the executor of a promise gives back";
  if (call?.type !== "CallExpression") return undefined;
  const name =
    call.callee.type === "MemberExpression"
      ? staticName(call.callee)
      : call.callee.type === "Identifier"
        ? call.callee.name
        : undefined;
  const isUnused = /^(?:forEach|on|once|setTimeout|setImmediate|setInterval|nextTick)$/u.test(name ?? "");
  return isUnused ? "nobody looks at what a listener, a timer or a loop's callback gives back" : undefined;
}
