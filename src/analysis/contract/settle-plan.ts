import type * as ESTree from "estree";
import { holdingProblem, waitingProblem } from "./held-problems.ts";
import { bareExpression, isNullish } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { catchAround, continuationOf, finalizerAround, isFinalizer, isOverruled } from "../control/continuation.ts";
import { cannotThrow, isPure } from "../code/effects.ts";
import { forwardingCall } from "../errors/forwarding.ts";
import { ABSENT, mayBeAbsent } from "../errors/reason-set.ts";
import { reasonsOf } from "../errors/reasons.ts";
import { HANDED_ON, NONE } from "../control/flow.ts";
import type { Settled } from "../control/flow.ts";
import type { Model } from "../code/model.ts";
import { isWaitedForByFinalizer, nextSibling, settleStatement } from "./settle-statements.ts";
import { mayBeSettled } from "./settle-types.ts";
import type { CallbackOwner, KnownCalls, Obstacle, OwnerPlan, SettlePlan } from "./settle-types.ts";
import { settlementOf, whyEscapes } from "./settlement.ts";
import type { SettleCall, Settlement } from "./settlement.ts";

const JUMPS = new Set(["ReturnStatement", "BreakStatement", "ContinueStatement"]);

class Unplannable extends Error {
  readonly at: Node;

  constructor(why: string, at: Node) {
    super(why);
    this.at = at;
  }
}

function refuse(problem: Obstacle | undefined): void {
  if (problem !== undefined) {
    throw new Unplannable(problem.why, problem.at);
  }
}

/** Plans one function; see {@link planOwner}. */
class Planner {
  readonly #model: Model;
  readonly #owner: CallbackOwner;
  readonly #settlement: Settlement;
  /** The settlement once the final calls are written as `return` and `throw`. */
  #rewritten: Settlement;
  #modes: ReadonlyMap<Node, SettlePlan["mode"]> = new Map();
  #living: ReadonlySet<Node | undefined> | undefined;
  #silent: ReadonlySet<Node | null> | undefined;
  readonly #known: KnownCalls;
  readonly #delegates: ReadonlySet<ESTree.SimpleCallExpression>;

  constructor(model: Model, owner: CallbackOwner, known: KnownCalls) {
    this.#model = model;
    this.#owner = owner;
    this.#delegates = known.delegates;
    this.#known = { ...known, helpers: new Set([...known.helpers].filter((node) => node !== owner.node)) };
    this.#settlement = settlementOf(model, owner.node, owner.callback, this.#known);
    this.#rewritten = this.#settlement;
  }

  plan(): OwnerPlan {
    const [escape] = this.#settlement.escapes;
    if (escape !== undefined) {
      throw new Unplannable(whyEscapes(this.#model, escape, this.#owner.node), escape);
    }
    if (this.#known.overheard.has(this.#owner.node) && mayBeSettled(this.#settlement.atThrow)) {
      throw new Unplannable(
        "A `catch` around its call gets errors that the function throws after the callback",
        this.#owner.node,
      );
    }
    const modes = new Map(this.#settlement.calls.map((settleCall) => [settleCall.call, this.#mode(settleCall)]));
    if ([...modes.values()].includes("held")) {
      // A `return` in a finalizer would overrule what is kept.
      for (const [call, mode] of modes) {
        modes.set(
          call,
          mode === "final" && finalizerAround(this.#model, call, this.#owner.node) !== undefined ? "held" : mode,
        );
      }
    }
    this.#modes = modes;
    const finals = new Set([...modes].flatMap(([call, mode]) => (mode === "final" ? [call] : [])));
    this.#rewritten = settlementOf(this.#model, this.#owner.node, this.#owner.callback, { ...this.#known, finals });
    const before = new Map(this.#rewritten.calls.map((settleCall) => [settleCall.call, settleCall.before]));
    const calls = this.#settlement.calls.map(({ call }) =>
      this.#call(call, modes.get(call) ?? "held", before.get(call) ?? 0),
    );
    const isHeld = calls.some(({ mode }) => mode === "held");
    const returns = this.#otherReturns(calls);
    if (isHeld) {
      refuse(holdingProblem(this.#model, this.#owner.node, calls, (call) => this.#mustReject(call)));
    }
    const { atEnd, atThrow, atWait } = this.#rewritten;
    const answersLater = isHeld && mayBeSettled(atWait);
    if (answersLater) {
      refuse(waitingProblem(this.#model, calls));
    }
    return {
      owner: this.#owner,
      calls,
      neverSettles: (this.#settlement.atExit & NONE) !== 0,
      answersLater,
      mayThrowFirst: (this.#settlement.atThrow & NONE) !== 0,
      returns,
      atEnd: isHeld ? atEnd : 0,
      isCaught: (node) => this.#mustReject(node),
      losesErrors: isHeld && mayBeSettled(atThrow),
      why: undefined,
    };
  }

  #isDead({ before }: SettleCall): boolean {
    return (before & (NONE | HANDED_ON)) === 0;
  }

  #call(call: ESTree.SimpleCallExpression, mode: SettlePlan["mode"], before: Settled): SettlePlan {
    const statement = settleStatement(this.#model, call);
    if (statement === undefined) {
      throw new Unplannable("The callback is called inside an expression", call);
    }
    if (this.#delegates.has(call)) {
      return this.#delegate(call, statement, mode, before);
    }
    if (call.arguments.some((argument) => argument.type === "SpreadElement") || call.arguments.length > 2) {
      throw new Unplannable("The callback is called with arguments that can't be matched to its parameters", call);
    }
    const [error, value] = call.arguments;
    const reasons = reasonsOf(this.#model, error);
    const kind = reasons === ABSENT ? "absent" : mayBeAbsent(reasons) ? "either" : "error";
    this.#checkArguments({ call, kind });
    return {
      call,
      statement,
      kind,
      reasons,
      error,
      value,
      mode,
      before,
      mustReject: kind !== "absent" && mode === "final" && this.#mustReject(call),
      isComputed: this.#isComputed(call),
      leftover: mode === "final" ? this.#leftover(statement) : undefined,
    };
  }

  #delegate(call: ESTree.SimpleCallExpression, statement: Node, mode: SettlePlan["mode"], before: Settled): SettlePlan {
    const targets = this.#known.targets.get(call) ?? [];
    // A `catch` around an async function hears nothing of it unless somebody waits for it there.
    const isLater = this.#known.later.has(call) && !isWaitedForByFinalizer(this.#model, call, this.#owner.node);
    const isSilent = isLater || targets.some((target) => this.#known.overheard.has(target));
    if (mode !== "final" || mayBeSettled(before) || (this.#isCaught(call) && !isSilent)) {
      throw new Unplannable(
        "The callback is handed to a function whose errors are caught, or that is not the last to run",
        call,
      );
    }
    return {
      call,
      statement,
      kind: "delegate",
      reasons: ABSENT,
      error: undefined,
      value: undefined,
      mode,
      before,
      mustReject: false,
      isComputed: false,
      leftover: this.#leftover(statement),
    };
  }

  /** True when a `catch` of the function would see an error thrown here, and do more than hand it on. */
  #isCaught(node: Node): boolean {
    const clause = catchAround(this.#model, node, this.#owner.node);
    if (clause === undefined) {
      return false;
    }
    const call = forwardingCall(this.#model, clause);
    return call === undefined || this.#delegates.has(call) || this.#modes.get(call) !== "final";
  }

  /** True when a `catch` of the function, or of one that calls it, would see an error that is meant for the callback. */
  #mustReject(node: Node): boolean {
    return this.#isCaught(node) || this.#known.overheard.has(this.#owner.node);
  }

  #leftover(statement: Node): Node | undefined {
    const next = statement.type === "ExpressionStatement" ? nextSibling(this.#model, statement) : undefined;
    this.#living ??= new Set(
      this.#settlement.calls
        .filter(({ call }) => this.#modes.get(call) !== "dead")
        .map(({ call }) => settleStatement(this.#model, call)),
    );
    return next !== undefined && JUMPS.has(next.type) && !this.#living.has(next) ? next : undefined;
  }

  #mode(settleCall: SettleCall): SettlePlan["mode"] {
    const statement = settleStatement(this.#model, settleCall.call);
    if (this.#isDead(settleCall)) {
      // Code that is never reached stays as good as it was.
      const isUnreached = settleCall.before === 0 && statement !== undefined && this.#isComputed(settleCall.call);
      return isUnreached ? "final" : "dead";
    }
    if (statement === undefined) {
      return "held";
    }
    if (this.#model.functionOf(settleCall.call) !== this.#owner.node) {
      return "held";
    }
    if (statement.type === "CallExpression") {
      return "final";
    }
    const dead = this.#silentStatements();
    const way = statement.type === "ReturnStatement" ? "return" : "fall";
    const { after, repeats } = continuationOf(this.#model, statement, this.#owner.node, way, (node) => dead.has(node));
    const finalizer = finalizerAround(this.#model, settleCall.call, this.#owner.node);
    if (finalizer !== undefined && catchAround(this.#model, finalizer, this.#owner.node) !== undefined) {
      // An error that is on its way to the outer `catch` must get there.
      return "held";
    }
    const isFirst = !this.#delegates.has(settleCall.call) && !mayBeSettled(settleCall.before);
    const isQuiet = after.every(
      (node) =>
        (isFinalizer(this.#model, node) && cannotThrow(this.#model, node) && !this.#calls(node)) ||
        (isFirst && this.#isUnheard(node)),
    );
    const isLast = isQuiet && !repeats && !isOverruled(this.#model, settleCall.call, this.#owner.node);
    return isLast ? "final" : "held";
  }

  /** True for a statement that only calls back once more, and computes nothing for it. */
  #isUnheard(node: Node): boolean {
    const whole = bareExpression(node);
    const call = this.#settlement.calls.find((other) => other.call === whole)?.call;
    return call !== undefined && !this.#delegates.has(call) && !this.#isComputed(call);
  }

  /** Statements that do nothing but call back once more, which has no effect. */
  #silentStatements(): ReadonlySet<Node | null> {
    this.#silent ??= new Set(
      this.#settlement.calls
        .filter((other) => this.#isDead(other) && !this.#isComputed(other.call))
        .map(({ call }) => this.#model.parentOf(call)),
    );
    return this.#silent;
  }

  #checkArguments({ call, kind }: Pick<SettlePlan, "call" | "kind">): void {
    const [, value] = call.arguments;
    if (kind === "error" && value !== undefined && !isPure(this.#model, value)) {
      throw new Unplannable("The callback gets an error and a result that must be computed", call);
    }
  }

  #isComputed({ arguments: given }: ESTree.SimpleCallExpression): boolean {
    return !given.every((argument) => isPure(this.#model, argument));
  }

  #calls(node: Node): boolean {
    const around = this.#model.parentOf(node);
    return this.#settlement.calls.some(({ call }) => finalizerAround(this.#model, call, this.#owner.node) === around);
  }

  /** All `return`s besides those around a settle call. Only where it may be waited for can one have a value. */
  #otherReturns(calls: readonly SettlePlan[]): Map<ESTree.ReturnStatement, Settled> {
    const own = new Set<Node | undefined>(calls.flatMap(({ statement, leftover }) => [statement, leftover]));
    const returns = new Map<ESTree.ReturnStatement, Settled>();
    for (const statement of this.#settlement.atReturns.keys()) {
      const settled = this.#rewritten.atReturns.get(statement) ?? 0;
      if (own.has(statement) || this.#model.functionOf(statement) !== this.#owner.node) {
        continue;
      }
      const { argument } = statement;
      const isIgnored = !argument || isNullish(argument) || isPure(this.#model, argument);
      if (!isIgnored && !this.#owner.isAsync) {
        throw new Unplannable("The function returns a value besides calling back", statement);
      }
      returns.set(statement, settled);
    }
    if (this.#owner.node.body.type !== "BlockStatement" && calls.length === 0) {
      throw new Unplannable("The function returns a value and never calls back", this.#owner.node.body);
    }
    return returns;
  }
}

/**
 * Plans how a function with a callback becomes one that returns or throws.
 *
 * @param known other functions that are planned as well, and the calls of them
 */
export function planOwner(model: Model, owner: CallbackOwner, known: KnownCalls): OwnerPlan | Obstacle {
  try {
    return new Planner(model, owner, known).plan();
  } catch (error) {
    if (error instanceof Unplannable) {
      return { why: error.message, at: error.at };
    }
    throw error;
  }
}
