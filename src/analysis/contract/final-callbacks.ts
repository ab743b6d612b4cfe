import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { isFunction, isInside, rangeOf, staticName, walk } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { settlementsOf } from "./callback-owners.ts";
import type { OwnerSettlement } from "./callback-owners.ts";
import { findConsoleCalls } from "../runtime/console-calls.ts";
import { continuationOf } from "../control/continuation.ts";
import { isInert, isPure } from "../code/effects.ts";
import { HANDED_ON, NONE } from "../control/flow.ts";
import type { Handler } from "../code/handler.ts";
import type { Model } from "../code/model.ts";
import { readsOf } from "../code/bindings.ts";
import { holds, settleStatement } from "./settle-statements.ts";
import { mayBeSettled } from "./settle-types.ts";
import type { KnownCalls } from "./settle-types.ts";
import { settlementOf } from "./settlement.ts";
import type { SettleCall } from "./settlement.ts";

/** A call of the callback that comes after another one. */
export interface SecondCall {
  readonly kind: "twice";
  readonly call: ESTree.SimpleCallExpression;
  /** The call before it. */
  readonly first: Node;
  /** Whenever the first call is made, the second follows, unless something fails between them. */
  readonly isCertain: boolean;
  /** The statement of the first call, where a `return` in front of it changes nothing but the second call. */
  readonly returnable: Node | undefined;
}

/** A way out of the handler on which nobody has called back. */
export interface MissingCall {
  readonly kind: "never";
  /** The `return`, the `catch`, the handler when it never calls back, or its body when control falls off its end. */
  readonly at: Node;
  readonly how: "return" | "catch" | "handler" | "end";
  readonly isCertain: boolean;
}

/** Code that waits for something after the callback was called. */
export interface LateCode {
  readonly kind: "late";
  readonly at: Node;
  readonly first: Node;
}

/** One function in which the callback is called. */
interface Place {
  readonly node: FunctionNode;
  readonly callback: Variable;
  readonly calls: readonly SettleCall[];
  /** What else settles: calls that hand the callback on do it in their own time. */
  readonly known: KnownCalls;
}

const LEAVING = /^(?:Return|Throw|Break|Continue)Statement$/u;
/** Functions that run what they are given later, in the same invocation. */
const LATER = new Set(["catch", "finally", "setImmediate", "setTimeout", "then"]);

class CallbackReader {
  readonly #model: Model;
  readonly #handler: Handler;
  readonly #owners: readonly OwnerSettlement[];
  readonly #logs: ReadonlySet<Node>;

  constructor(model: Model, handler: Handler) {
    this.#model = model;
    this.#handler = handler;
    this.#owners = settlementsOf(model, handler);
    this.#logs = new Set(findConsoleCalls(model).map(({ call }) => call));
  }

  *problems(): Generator<SecondCall | MissingCall | LateCode> {
    for (const place of this.#places()) {
      const seconds = this.#secondCalls(place);
      yield* seconds;
      yield* this.#lateCode(place, seconds);
    }
    yield* this.#missingCalls();
  }

  /** The handler, its helpers, and the nested functions that call back: handlers of promises, of timers. */
  #places(): Place[] {
    return this.#owners.flatMap(({ owner: { node, callback }, settlement, known }) => {
      const others = new Set<FunctionNode | null>([
        ...known.helpers,
        node,
        ...this.#owners.map((each) => each.owner.node),
      ]);
      const nested = new Set(readsOf(callback).map((read) => this.#model.functionOf(read)));
      const inner = [...nested].filter((each): each is FunctionNode => each !== null && !others.has(each));
      return [
        { node, callback, calls: settlement.calls, known },
        ...inner.map((each) => ({
          node: each,
          callback,
          calls: settlementOf(this.#model, each, callback, known).calls.filter(
            ({ call }) => this.#model.functionOf(call) === each,
          ),
          known,
        })),
      ];
    });
  }

  #secondCalls(place: Place): SecondCall[] {
    const calls = place.calls.toSorted((a, b) => rangeOf(a.call)[0] - rangeOf(b.call)[0]);
    const direct = calls.filter(({ call, before }) => before !== 0 && !isDelegate(place, call));
    const inevitable = this.#inevitableCalls(place, direct);
    return direct.flatMap(({ call, before }): SecondCall[] => {
      const found = inevitable.get(call);
      if (found !== undefined) {
        // Of several calls of which one always follows, the first is reported.
        const { first, isFirst } = found;
        const returnable = this.#returnable(place, first);
        return isFirst ? [{ kind: "twice", call, first, isCertain: true, returnable }] : [];
      }
      const earlier = mayBeSettled(before)
        ? (calls.findLast((other) => rangeOf(other.call)[0] < rangeOf(call)[0])?.call ?? call)
        : this.#laterCall(place, call, before);
      return earlier === undefined
        ? []
        : [{ kind: "twice", call, first: earlier, isCertain: false, returnable: undefined }];
    });
  }

  /** A call above that a promise or a timer makes later on. */
  #laterCall(place: Place, call: Node, before: number): Node | undefined {
    if ((before & HANDED_ON) === 0) {
      return undefined;
    }
    return readsOf(place.callback).find((read) => {
      const owner = this.#model.functionOf(read);
      const user = owner === null ? null : this.#model.parentOf(owner);
      const isCalled = isCallOf(this.#model.parentOf(read), read);
      const isLater =
        owner !== null &&
        user?.type === "CallExpression" &&
        user.callee !== owner &&
        this.#model.functionOf(owner) === place.node &&
        LATER.has(calledName(user));
      return isCalled && isLater && rangeOf(read)[0] < rangeOf(call)[0];
    });
  }

  /** The calls in statements that always call back, and that run whenever an earlier call was made. */
  #inevitableCalls(place: Place, calls: readonly SettleCall[]): Map<Node, { first: Node; isFirst: boolean }> {
    const inevitable = new Map<Node, { first: Node; isFirst: boolean }>();
    for (const { call: first } of calls) {
      const after = this.#after(place.node, first);
      const left = after.findIndex((statement) => holds(statement, LEAVING) && !this.#alwaysSettles(place, statement));
      const statement = after
        .slice(0, left === -1 ? undefined : left)
        .find((candidate) => this.#alwaysSettles(place, candidate));
      const inside = calls.filter(({ call }) => call !== first && statement !== undefined && isInside(call, statement));
      for (const [index, { call }] of inside.entries()) {
        inevitable.set(call, inevitable.get(call) ?? { first, isFirst: index === 0 });
      }
    }
    return inevitable;
  }

  /** True when nobody gets to the end of the statement, or out of the function by it, without a call of the callback. */
  #alwaysSettles({ node, callback }: Place, statement: Node): boolean {
    if (holds(statement, /^(?:Break|Continue)Statement$/u) && statement.type !== "SwitchStatement") {
      return false;
    }
    const body = { type: "BlockStatement", body: [statement] } as ESTree.BlockStatement;
    const { atExit, calls } = settlementOf(this.#model, { ...node, params: [], body }, callback);
    return calls.length > 0 && atExit !== 0 && (atExit & (NONE | HANDED_ON)) === 0;
  }

  /** The statements that run after the call. */
  #after(owner: FunctionNode, call: Node): readonly Node[] {
    const statement = this.#model.statementOf(call);
    const isOwn = this.#model.functionOf(statement) === owner;
    const way = statement.type === "ReturnStatement" || statement.type === "ThrowStatement" ? "return" : "fall";
    return isOwn ? continuationOf(this.#model, statement, owner, way, () => false).after : [];
  }

  #returnable(place: Place, first: Node): Node | undefined {
    const statement = settleStatement(this.#model, first);
    const parent = statement === undefined ? null : this.#model.parentOf(statement);
    const isPlain =
      statement?.type === "ExpressionStatement" &&
      statement.expression === first &&
      (parent?.type === "BlockStatement" || parent?.type === "SwitchCase" || parent?.type === "IfStatement");
    const isSilent = (node: Node): boolean => {
      const found = place.calls.find(({ call }) => settleStatement(this.#model, call) === node);
      return found !== undefined && found.call.arguments.every((argument) => isPure(this.#model, argument));
    };
    return isPlain && this.#after(place.node, first).every(isSilent) ? statement : undefined;
  }

  /** The first thing that is waited for, or asked of another function, after a call that is the last one. */
  #lateCode(place: Place, seconds: readonly SecondCall[]): LateCode[] {
    const seen = new Set<Node>();
    const direct = place.calls.filter(({ call, before }) => before !== 0 && !isDelegate(place, call));
    return direct.flatMap(({ call }): LateCode[] => {
      const after = this.#after(place.node, call).filter((statement) => !isInert(this.#model, statement));
      const isAnswered = after.some((statement) => this.#mayAnswer(statement, place));
      const at = after.find((statement) => !LEAVING.test(statement.type) && this.#works(statement));
      if (at === undefined || isAnswered || seen.has(at) || seconds.some((second) => second.first === call)) {
        return [];
      }
      seen.add(at);
      return [{ kind: "late", at, first: call }];
    });
  }

  #works(statement: Node): boolean {
    let works = false;
    walk(statement, (node) => {
      works ||= node.type === "AwaitExpression" || (node.type === "CallExpression" && !this.#logs.has(node));
      return !works && !isFunction(node);
    });
    return works;
  }

  /** True when something in the statement calls back, or hands the callback on. */
  #mayAnswer(statement: Node, { node, callback, known }: Pick<Place, "node" | "callback" | "known">): boolean {
    const body = { type: "BlockStatement", body: [statement] } as ESTree.BlockStatement;
    const settlement = settlementOf(this.#model, { ...node, params: [], body }, callback, known);
    const { calls, escapes, atExit, atThrow } = settlement;
    return calls.length > 0 || escapes.length > 0 || ((atExit | atThrow) & HANDED_ON) !== 0;
  }

  #missingCalls(): MissingCall[] {
    const [own] = this.#owners;
    const { node, callback } = this.#handler;
    if (own === undefined || callback === undefined || (own.settlement.atExit & NONE) === 0) {
      return [];
    }
    const { settlement } = own;
    if (settlement.atExit === NONE) {
      return [{ kind: "never", at: callback.parameter, how: "handler", isCertain: true }];
    }
    const returns = [...settlement.atReturns].flatMap(([statement, settled]): MissingCall[] =>
      settled === NONE && this.#model.functionOf(statement) === node && !this.#isAnsweredAfter(statement, "return")
        ? [{ kind: "never", at: statement, how: "return", isCertain: true }]
        : [],
    );
    const catches = this.#model
      .nodes("CatchClause")
      .filter((clause) => this.#model.functionOf(clause) === node && this.#swallows(clause))
      .map((clause): MissingCall => ({ kind: "never", at: clause, how: "catch", isCertain: true }));
    const certain = [...returns, ...catches];
    const isOpen = (settlement.atEnd & NONE) !== 0 && catches.length === 0;
    return isOpen ? [...certain, { kind: "never", at: node.body, how: "end", isCertain: false }] : certain;
  }

  #isAnsweredAfter(statement: Node, way: "fall" | "return"): boolean {
    const [place] = this.#places();
    const { after, repeats } = continuationOf(this.#model, statement, this.#handler.node, way, () => false);
    return repeats || place === undefined || after.some((next) => this.#mayAnswer(next, place));
  }

  /** True for a `catch` after which the function ends and nobody ever calls back. */
  #swallows(clause: ESTree.CatchClause): boolean {
    const statement = this.#model.parentOf(clause);
    const variable = this.#handler.callback?.variable;
    const [place] = this.#places();
    if (statement?.type !== "TryStatement" || variable === undefined || place === undefined) {
      return false;
    }
    const [start] = rangeOf(statement);
    const isFirst = readsOf(variable).every((read) => rangeOf(read)[0] > start);
    const waitsFirst = this.#model.nodes("AwaitExpression").some((node) => {
      const [at] = rangeOf(node);
      const inside =
        at > start && at < rangeOf(statement.block)[1] && this.#model.functionOf(node) === this.#handler.node;
      return inside && readsOf(variable).every((read) => this.#calledAt(read) > at);
    });
    const isLeft = holds(clause, /^(?:Throw|Break|Continue)Statement$/u) || this.#endsProcess(clause);
    return (
      isFirst &&
      waitsFirst &&
      !isLeft &&
      !this.#mayAnswer(clause.body, place) &&
      !this.#isAnsweredAfter(statement, "fall")
    );
  }

  /** Where the callback is called: behind its arguments. */
  #calledAt(read: Node): number {
    const call = this.#model.parentOf(read);
    return isCallOf(call, read) ? rangeOf(call)[1] : rangeOf(read)[0];
  }

  #endsProcess(node: Node): boolean {
    return this.#model
      .nodes("CallExpression")
      .some(
        (call) =>
          calledName(call) === "exit" && rangeOf(call)[0] > rangeOf(node)[0] && rangeOf(call)[1] < rangeOf(node)[1],
      );
  }
}

/** True for a call that hands the callback on, which is none of the function's own. */
function isDelegate({ known }: Place, call: ESTree.SimpleCallExpression): boolean {
  return known.delegates.has(call);
}

function isCallOf(node: Node | null, callee: Node): node is ESTree.SimpleCallExpression {
  return node?.type === "CallExpression" && node.callee === callee;
}

function calledName({ callee }: ESTree.CallExpression): string {
  if (callee.type === "Identifier") {
    return callee.name;
  }
  return callee.type === "MemberExpression" ? (staticName(callee) ?? "") : "";
}

/** True when names of the file may mean something else than they seem to. */
function isDynamic(model: Model): boolean {
  return (
    model.nodes("WithStatement").length > 0 ||
    model.nodes("CallExpression").some(({ callee }) => model.isGlobal(callee, "eval"))
  );
}

/** Finds what is wrong with the one call of V1's callback that every invocation must make, and make last. */
export function findCallbackProblems(model: Model, handler: Handler): (SecondCall | MissingCall | LateCode)[] {
  return handler.problem !== undefined || isDynamic(model) ? [] : [...new CallbackReader(model, handler).problems()];
}
