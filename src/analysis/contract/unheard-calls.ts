import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { readsOf } from "../code/bindings.ts";
import { callOf } from "../code/called.ts";
import { isElementCallback, promiseMethods, timers } from "../code/builtins.ts";
import { isAsync, isPure } from "../code/effects.ts";
import type { Model } from "../code/model.ts";
import { globalPath } from "../code/names.ts";
import { isFunction, isInside, isLoop, staticName } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { catchAround, continuationOf } from "../control/continuation.ts";
import { HANDED_ON, NONE } from "../control/flow.ts";
import { endsOf } from "./settlement.ts";

/** A use of the callback that comes too late: the function has called back by then. */
export interface UnheardUse {
  readonly read: Node;
  /** The call of the callback; undefined where the callback itself is handed on. */
  readonly call: ESTree.SimpleCallExpression | undefined;
  /** The statement of the function that starts what calls back later. */
  readonly statement: Node;
}

/** `turn`: when the function has ended, whatever it does · `promise`: in one of the next turns, with what it throws. */
type Delay = "turn" | "promise";

/** When the functions run that a call gets: undefined where it may be at once. */
function delayOf(
  model: Model,
  { callee, arguments: given }: ESTree.SimpleCallExpression,
  part: Node,
): Delay | undefined {
  if (timers.has(globalPath(model, callee) ?? "")) {
    return given[0] === part ? "turn" : undefined;
  }
  return callee.type === "MemberExpression" && promiseMethods.has(staticName(callee) ?? "") ? "promise" : undefined;
}

/** True for `list.forEach` and its like. */
function runsEach(callee: Node): boolean {
  return callee.type === "MemberExpression" && isElementCallback(staticName(callee));
}

/** True for `await load();` and `const answer = await load();`. */
function waits(statement: Node): boolean {
  return statement.type === "VariableDeclaration"
    ? statement.declarations.some(({ init }) => init?.type === "AwaitExpression")
    : statement.type === "ExpressionStatement" && statement.expression.type === "AwaitExpression";
}

/** Finds the uses of a callback that come too late; see {@link unheardUses}. */
class Search {
  readonly #model: Model;
  readonly #owner: FunctionNode;
  readonly #callback: Variable;
  readonly #answered = new Map<Node, ReadonlySet<Delay>>();
  /** Functions that stand in calls, and uses of the callback that are none. */
  #known: { readonly helpers: ReadonlySet<FunctionNode>; readonly ignored: ReadonlySet<Node> } | undefined;

  constructor(model: Model, owner: FunctionNode, callback: Variable) {
    this.#model = model;
    this.#owner = owner;
    this.#callback = callback;
  }

  uses(): UnheardUse[] {
    return readsOf(this.#callback).flatMap((read) => {
      const found = this.#startOf(read);
      const call = callOf(this.#model, read);
      // To take its elements may fail, or have effects.
      const isSpread = call?.arguments.some(({ type }) => type === "SpreadElement") === true;
      const isUnheard = found !== undefined && !isSpread && this.#answersAfter(found.statement).has(found.delay);
      return isUnheard ? [{ read, call, statement: found.statement }] : [];
    });
  }

  /** The statement of the function that leads to the read later on, by functions that stand in each other. */
  #startOf(read: Node): { readonly statement: Node; readonly delay: Delay } | undefined {
    let delay: Delay | undefined;
    let node = read;
    for (let parent = this.#model.parentOf(node); parent !== null; parent = this.#model.parentOf(node)) {
      const isPart = node === read || isFunction(node);
      const call = isPart && parent.type === "CallExpression" ? parent : undefined;
      if (isPart && call === undefined) {
        return undefined;
      }
      const next = call === undefined || call.callee === node ? undefined : delayOf(this.#model, call, node);
      delay = delay === "turn" ? delay : (next ?? delay ?? this.#delayBehind(node, parent));
      if (parent.type === "BlockStatement" && this.#model.functionOf(parent) === this.#owner) {
        return delay && { statement: node, delay };
      }
      if (this.#model.functionOf(node) === this.#owner && !this.#goesOn(node, parent, next)) {
        return undefined;
      }
      node = parent;
    }
    return undefined;
  }

  /** True when the function goes on behind its statement once a part of it was evaluated: nothing fails, or waits, in between. */
  #goesOn(part: Node, whole: Node, delay: Delay | undefined): boolean {
    switch (whole.type) {
      case "CallExpression": {
        const { callee, arguments: given } = whole;
        const isRun = callee === part ? !isFunction(part) || isAsync(part) : delay !== undefined || runsEach(callee);
        const others = callee === part ? given : given.slice(given.indexOf(part as ESTree.Expression) + 1);
        return isRun && others.every((other) => isPure(this.#model, other));
      }
      case "MemberExpression":
        return whole.object === part && promiseMethods.has(staticName(whole) ?? "");
      case "VariableDeclarator":
        return whole.id.type === "Identifier";
      case "VariableDeclaration":
        return whole.declarations.length === 1;
      default:
        return whole.type === "ExpressionStatement";
    }
  }

  /** The delay of a statement that stands behind an `await` in a function of its own. */
  #delayBehind(node: Node, list: Node): Delay | undefined {
    const around = this.#model.functionOf(node);
    return list.type === "BlockStatement" &&
      around !== null &&
      around !== this.#owner &&
      isAsync(around) &&
      list.body.slice(0, list.body.indexOf(node as ESTree.Statement)).some(waits)
      ? "promise"
      : undefined;
  }

  /** How late something must come at least that a statement starts, for the function to have answered by then. */
  #answersAfter(statement: Node): ReadonlySet<Delay> {
    const known = this.#answered.get(statement) ?? this.#answersIn(this.#runsAfter(statement), statement);
    this.#answered.set(statement, known);
    return known;
  }

  /** What runs behind the statement; a loop around it may run on. */
  #runsAfter(statement: Node): readonly Node[] {
    let last = statement;
    for (let node: Node | null = statement; node !== null && node !== this.#owner; node = this.#model.parentOf(node)) {
      last = isLoop(node) ? node : last;
    }
    const { after } = continuationOf(this.#model, last, this.#owner);
    return last === statement ? after : [last, ...after];
  }

  #answersIn(statements: readonly Node[], start: Node): ReadonlySet<Delay> {
    const body = { type: "BlockStatement", body: statements } as ESTree.BlockStatement;
    const node = { ...this.#owner, params: [], body } as FunctionNode;
    this.#known ??= this.#findKnown();
    const { atExit, atThrow, atWait } = endsOf(this.#model, node, this.#callback, this.#known);
    const isTried = catchAround(this.#model, start, this.#owner) !== undefined;
    const mayFail = (atThrow & NONE) !== 0;
    if (((atExit | atWait) & NONE) !== 0 || (atExit & HANDED_ON) !== 0 || (mayFail && isTried)) {
      return new Set();
    }
    // What an async function throws is heard a few turns later, and a promise may be faster.
    return new Set<Delay>(mayFail && isAsync(this.#owner) ? ["turn"] : ["turn", "promise"]);
  }

  #findKnown(): { readonly helpers: ReadonlySet<FunctionNode>; readonly ignored: ReadonlySet<Node> } {
    const inner: readonly Node[] = this.#model
      .nodes("CallExpression")
      .flatMap(({ arguments: given, callee }) => [callee, ...given]);
    return {
      helpers: new Set(inner.filter((node) => isFunction(node)).filter((node) => isInside(node, this.#owner))),
      ignored: new Set(readsOf(this.#callback).filter((read) => callOf(this.#model, read) === undefined)),
    };
  }
}

/**
 * The uses of the handler's callback in functions that run later, of promises, timers and behind an `await`, where the
 * handler has called back by then, or failed: it goes on to do so without waiting for anything.
 */
export function unheardUses(model: Model, owner: FunctionNode, callback: Variable): readonly UnheardUse[] {
  return new Search(model, owner, callback).uses();
}
