import type * as ESTree from "estree";
import { callOf } from "../code/called.ts";
import { isFunction, rangeOf, walk } from "../code/tree.ts";
import { isWithin } from "../code/within.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { findConsoleCalls } from "../runtime/console-calls.ts";
import { chainOf } from "../control/chains.ts";
import { continuationOf } from "../control/continuation.ts";
import { isInert, isPure } from "../code/effects.ts";
import { HANDED_ON, NONE } from "../control/flow.ts";
import type { Handler } from "../code/handler.ts";
import type { Model } from "../code/model.ts";
import { readsOf } from "../code/bindings.ts";
import { requestingClients, requestsOf } from "../toolbelt/requests.ts";
import { chainAnswer, isUnconditional } from "./callback-chains.ts";
import { calledName, isDelegate, isStatement, mayAnswer } from "./callback-problems.ts";
import type { LateCode, Place, SecondCall } from "./callback-problems.ts";
import { findRepeatedCalls } from "./repeated-calls.ts";
import { holds, settleStatement } from "./settle-statements.ts";
import { mayBeSettled } from "./settle-types.ts";
import { settlementOf } from "./settlement.ts";
import type { SettleCall } from "./settlement.ts";

const LEAVING = /^(?:Return|Throw|Break|Continue)Statement$/u;
/** Functions that run what they are given later, in the same invocation. */
const LATER = new Set(["catch", "finally", "nextTick", "queueMicrotask", "setImmediate", "setTimeout", "then"]);

/** Finds calls of the callback that come after another one, and what runs behind the last. */
export class SecondCalls {
  readonly #model: Model;
  readonly #handler: Handler;
  readonly #logs: ReadonlySet<Node>;
  readonly #requests: ReadonlySet<Node>;

  constructor(model: Model, handler: Handler) {
    this.#model = model;
    this.#handler = handler;
    this.#requests = requestsOf(model, requestingClients);
    this.#logs = new Set(findConsoleCalls(model).map(({ call }) => call));
  }

  *problems(places: readonly Place[]): Generator<SecondCall | LateCode> {
    const rounds = findRepeatedCalls(this.#model, this.#handler);
    yield* rounds;
    const inRounds = new Set<Node>(rounds.map(({ call }) => call));
    for (const place of places) {
      const seconds = this.#secondCalls(place).filter(({ call }) => !inRounds.has(call));
      yield* seconds;
      yield* this.#startedTwice(place);
      yield* this.#startedBehind(place);
      yield* this.#lateCode(place, seconds);
    }
  }

  /** Two chains that one function starts in any case, each of which answers when all goes well. */
  #startedTwice({ node, callback }: Place): SecondCall[] {
    const list: readonly Node[] = node.body.type === "BlockStatement" ? node.body.body : [];
    const left = list.findIndex((statement) => holds(statement, LEAVING));
    const calls = list.slice(0, left === -1 ? undefined : left).flatMap((statement) => {
      const chain = statement.type === "ExpressionStatement" ? chainOf(statement) : undefined;
      return chain?.mode === "floating" ? (chainAnswer(this.#model, chain, callback) ?? []) : [];
    });
    const [first, second] = calls;
    return first === undefined || second === undefined
      ? []
      : [{ kind: "twice", call: second, first, isCertain: true, returnable: undefined }];
  }

  /** A chain that answers when all goes well, and that starts whenever a call before it was made. */
  #startedBehind(place: Place): SecondCall[] {
    const firsts = place.calls.filter(({ call, before }) => before !== 0 && !this.#alwaysThrows(place, call));
    const found = new Map<Node, SecondCall>();
    for (const { call: first } of firsts) {
      for (const statement of this.#after(place.node, first)) {
        const chain = chainOf(statement);
        const call = chain === undefined ? undefined : chainAnswer(this.#model, chain, place.callback);
        if (call !== undefined && !found.has(call)) {
          found.set(call, { kind: "twice", call, first, isCertain: true, returnable: this.#returnable(place, first) });
        }
        if (holds(statement, LEAVING)) {
          break;
        }
      }
    }
    return [...found.values()];
  }

  #secondCalls(place: Place): SecondCall[] {
    const calls = place.calls.toSorted((a, b) => rangeOf(a.call)[0] - rangeOf(b.call)[0]);
    const direct = calls.filter(({ call, before }) => before !== 0 && !isDelegate(place, call));
    const firsts = calls.filter(
      ({ call, before }) => before !== 0 && !place.known.uncertain.has(call) && !this.#alwaysThrows(place, call),
    );
    const inevitable = this.#inevitableCalls(place, firsts, direct);
    return direct.flatMap(({ call, before }): SecondCall[] => {
      const found = inevitable.get(call);
      if (found !== undefined) {
        // Of several calls of which one always follows, the first is reported.
        const { first, isFirst } = found;
        const isOwn = first.type === "CallExpression" && !isDelegate(place, first);
        const returnable = isOwn ? this.#returnable(place, first) : undefined;
        return isFirst ? [{ kind: "twice", call, first, isCertain: true, returnable }] : [];
      }
      const inside = firsts.find(
        (other) =>
          other.call !== call && call.arguments.some((argument) => isWithin(this.#model, other.call, argument)),
      );
      if (inside !== undefined && this.#model.functionOf(inside.call) === this.#model.functionOf(call)) {
        return [{ kind: "twice", call, first: inside.call, isCertain: true, returnable: undefined }];
      }
      const earlier = mayBeSettled(before)
        ? {
            first: calls.findLast((other) => rangeOf(other.call)[0] < rangeOf(call)[0])?.call ?? call,
            isCertain: false,
          }
        : this.#laterCall(place, call, before);
      return earlier === undefined ? [] : [{ kind: "twice", call, ...earlier, returnable: undefined }];
    });
  }

  /** `fail("…")` calls back and throws: nothing behind it runs. */
  #alwaysThrows({ callback, known }: Place, call: ESTree.SimpleCallExpression): boolean {
    const targets = known.targets.get(call) ?? [];
    return (
      targets.length > 0 && targets.every((target) => settlementOf(this.#model, target, callback, known).atExit === 0)
    );
  }

  /** A call above that a promise or a timer makes later on. */
  #laterCall(place: Place, call: Node, before: number): Pick<SecondCall, "first" | "isCertain"> | undefined {
    if ((before & HANDED_ON) === 0) {
      return undefined;
    }
    const found = readsOf(place.callback).flatMap((read) => {
      const owner = this.#model.functionOf(read);
      const user = owner === null ? null : this.#model.parentOf(owner);
      const settling = callOf(this.#model, read);
      const isLater =
        owner !== null &&
        user?.type === "CallExpression" &&
        user.callee !== owner &&
        this.#model.functionOf(owner) === place.node &&
        LATER.has(calledName(user));
      if (settling === undefined || !isLater || rangeOf(read)[0] > rangeOf(call)[0]) {
        return [];
      }
      // A timer that a variable holds may be stopped.
      const isLeftAlone = chainOf(this.#model.statementOf(user)) !== undefined || isStatement(this.#model, user);
      return [{ first: read, isCertain: isLeftAlone && isUnconditional(this.#model, settling, owner) }];
    });
    return found.find(({ isCertain }) => isCertain) ?? found[0];
  }

  /** The calls in statements that always call back, and that run whenever an earlier call was made. */
  #inevitableCalls(
    place: Place,
    firsts: readonly SettleCall[],
    calls: readonly SettleCall[],
  ): Map<Node, { first: Node; isFirst: boolean }> {
    const inevitable = new Map<Node, { first: Node; isFirst: boolean }>();
    for (const { call: first } of firsts) {
      const after = this.#after(place.node, first);
      const left = after.findIndex((statement) => holds(statement, LEAVING) && !this.#alwaysSettles(place, statement));
      const statement = after
        .slice(0, left === -1 ? undefined : left)
        .find((candidate) => this.#alwaysSettles(place, candidate));
      const inside = calls.filter(
        ({ call }) => call !== first && statement !== undefined && isWithin(this.#model, call, statement),
      );
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
    return isOwn ? continuationOf(this.#model, statement, owner).after : [];
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
      const isAnswered = after.some((statement) => mayAnswer(this.#model, statement, place));
      const at = after.find((statement) => !LEAVING.test(statement.type) && this.#works(statement));
      if (at === undefined || seen.has(at)) {
        return [];
      }
      const isCertain = this.#waitsForRequest(at);
      // What fails behind the call may call back again: the request is what is certain.
      const isTold = seconds.some((second) => second.first === call && (second.isCertain || !isCertain));
      if (isTold || (isAnswered && !isCertain)) {
        return [];
      }
      seen.add(at);
      return [{ kind: "late", at, first: call, isCertain }];
    });
  }

  /** True for `await secrets.updateSecret(…);`, which the platform need not let come to its end. */
  #waitsForRequest(statement: Node): boolean {
    const value = statement.type === "ExpressionStatement" ? statement.expression : undefined;
    return value?.type === "AwaitExpression" && this.#requests.has(value.argument);
  }

  #works(statement: Node): boolean {
    let works = false;
    walk(statement, (node) => {
      works ||= node.type === "AwaitExpression" || (node.type === "CallExpression" && !this.#logs.has(node));
      return !works && !isFunction(node);
    });
    return works;
  }
}
