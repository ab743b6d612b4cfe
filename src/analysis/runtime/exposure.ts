import type * as ESTree from "estree";
import type { Model } from "../code/model.ts";
import { isFunction, isInside, rangeOf, staticName, walk } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { leavesFunction } from "../control/steps.ts";
import type { Choice, Step } from "../control/steps.ts";
import type { RequestData } from "./request-data.ts";

/**
 * Whether a read can come to what an earlier invocation has left: there certainly is such a way, there may be one, or
 * this invocation has written it on every way.
 */
export type Exposure = "certain" | "perhaps" | "none";

/** A write on the way to a read, from where the ways of both part. */
interface Branch {
  readonly node: Node;
  readonly choices: readonly Choice[];
}

/** Tells what the writes in front of a read mean for it. */
export class Exposures {
  readonly #model: Model;
  readonly #input: RequestData;

  constructor(model: Model, input: RequestData) {
    this.#model = model;
    this.#input = input;
  }

  /** @param before the writes that come before the read in the order of the steps */
  of(read: Step, before: readonly Step[]): Exposure {
    const ahead = before.filter((write) => this.#mayLeadTo(write, read));
    if (ahead.length === 0) {
      return "certain";
    }
    const branches = ahead.map((write) => {
      const common = commonChoices(write, read);
      return { node: write.node, common, choices: write.choices.slice(common) };
    });
    const [{ common, choices }] = branches as [(typeof branches)[number]];
    if (branches.some((branch) => branch.choices.length === 0)) {
      return "none";
    }
    const isTold =
      branches.every((branch) => branch.choices[0]?.at === choices[0]?.at) && isPlain(read.choices.slice(common));
    const covered = this.#coverage(branches, read);
    return covered === "covered" ? "none" : covered === "open" && isTold ? "certain" : "perhaps";
  }

  /** False for a write on a way that never comes to the read. */
  #mayLeadTo(write: Step, read: Step): boolean {
    const common = commonChoices(write, read);
    const [first, other] = [write.choices[common], read.choices[common]];
    const isOtherArm = first !== undefined && other?.at === first.at && this.#isEitherOr(first);
    return !isOtherArm && !write.choices.slice(common).some((choice) => this.#isLeft(choice, read));
  }

  /** False where the arms of a choice may run one after the other: a `catch` behind its `try`, a case without `break`. */
  #isEitherOr({ at, arm }: Choice): boolean {
    return (
      at.type === "IfStatement" ||
      at.type === "ConditionalExpression" ||
      (at.type === "SwitchStatement" && arm.type === "SwitchCase" && !fallsThrough(at, arm))
    );
  }

  /** True when what ends the arm ends the way to the read, and not only that of a function which was called before. */
  #isLeft({ at, arm }: Choice, read: Step): boolean {
    const owner = this.#model.functionOf(at);
    const isOnTheWay = owner !== null && read.callers.includes(owner);
    return leavesFunction(arm) && (isOnTheWay || throws(arm));
  }

  /** Whether each way through a choice comes by one of the writes. */
  #coverage(branches: readonly Branch[], read: Step): "covered" | "open" | "unclear" {
    if (branches.some(({ choices }) => choices.length === 0)) {
      return "covered";
    }
    const at = branches[0]?.choices[0]?.at;
    const own = branches.filter(({ choices }) => choices[0]?.at === at);
    const arms = at === undefined ? undefined : this.#armsOf(at, own);
    if (arms === undefined || own.length < branches.length) {
      return "unclear";
    }
    const results = arms.map((arm) => {
      if (arm !== null && this.#isLeft({ at: at as Node, arm }, read)) {
        return "covered";
      }
      const inside = own.filter(({ choices }) => choices[0]?.arm === arm);
      const inner = inside.map(({ node, choices }) => ({ node, choices: choices.slice(1) }));
      return inner.length === 0 ? "open" : this.#coverage(inner, read);
    });
    return results.find((result) => result !== "covered") ?? "covered";
  }

  /** The ways that a choice has, null for one without code; undefined where it does not show. */
  #armsOf(at: Node, branches: readonly Branch[]): readonly (Node | null)[] | undefined {
    const skipped = (isSkipped: boolean, arm: Node): readonly (Node | null)[] => (isSkipped ? [arm, null] : [arm]);
    switch (at.type) {
      case "IfStatement":
        return [at.consequent, at.alternate ?? at];
      case "ConditionalExpression":
        return [at.consequent, at.alternate];
      case "LogicalExpression":
        return [at.right, null];
      case "SwitchStatement":
        return casesOf(at);
      case "TryStatement":
        return waysOfTry(at, branches);
      case "ForOfStatement":
      case "ForInStatement":
        return skipped(this.#input.isIn(at.right), at.body);
      case "ForStatement":
      case "WhileStatement":
        return skipped(at.test !== null && at.test !== undefined && this.#input.isIn(at.test), at.body);
      case "CallExpression": {
        const [first] = branches;
        const arm = first?.choices[0]?.arm;
        return arm === undefined ? undefined : skipped(this.#isSkippedCall(at), arm);
      }
      default:
        return undefined;
    }
  }

  /** `.catch(…)` runs after an error only, `rows.forEach(…)` not for an empty list. */
  #isSkippedCall({ callee }: ESTree.SimpleCallExpression): boolean {
    const isRound = callee.type === "MemberExpression" && staticName(callee) !== "catch";
    return !isRound || this.#input.isIn(callee.object);
  }
}

/** True for code that throws at its end: an error leaves the functions around it as well. */
function throws(code: Node): boolean {
  const last = code.type === "BlockStatement" ? code.body.at(-1) : code;
  return last?.type === "ThrowStatement";
}

function commonChoices(one: Step, other: Step): number {
  const differing = one.choices.findIndex(
    ({ at, arm }, index) => other.choices[index]?.at !== at || other.choices[index].arm !== arm,
  );
  return differing === -1 ? one.choices.length : differing;
}

/** True when no condition stands around a read: whether that one has to do with the one of a write does not show. */
function isPlain(choices: readonly Choice[]): boolean {
  return choices.every(({ at, arm }) => at.type === "TryStatement" && arm === at.block);
}

/** The cases that are entered; undefined where one falls into the next. */
function casesOf(node: ESTree.SwitchStatement): readonly (Node | null)[] | undefined {
  const filled = node.cases.filter(({ consequent }) => consequent.length > 0);
  const hasDefault = node.cases.some(({ test }) => test === null || test === undefined);
  const isLeftOut = !hasDefault || node.cases.at(-1)?.consequent.length === 0;
  return filled.some((each) => fallsThrough(node, each)) ? undefined : [...filled, ...(isLeftOut ? [null] : [])];
}

function fallsThrough({ cases }: ESTree.SwitchStatement, each: ESTree.SwitchCase): boolean {
  const statements = each.consequent.flatMap((statement) =>
    statement.type === "BlockStatement" ? statement.body : [statement],
  );
  const isLeft = statements.some(({ type }) => type === "BreakStatement" || type === "ContinueStatement");
  return each !== cases.at(-1) && !isLeft && !leavesFunction(each);
}

/** A `try` is left for its `catch` where something in front of a write, or in it, may fail. */
function waysOfTry(node: ESTree.TryStatement, branches: readonly Branch[]): readonly (Node | null)[] | undefined {
  const { block, handler } = node;
  if (!handler) {
    return [block];
  }
  const written = branches.filter(({ choices }) => choices[0]?.arm === block);
  return written.every((branch) => mayFailUntil(block, branch.node)) ? [block, handler] : [block];
}

function mayFailUntil(block: Node, write: Node): boolean {
  let mayFail = false;
  walk(block, (inner) => {
    const isEarlier = rangeOf(inner)[0] < rangeOf(write)[0] || isInside(inner, write);
    const fails = inner.type === "AwaitExpression" || inner.type === "ThrowStatement" || isParsing(inner);
    mayFail ||= fails && isEarlier;
    return !isFunction(inner);
  });
  return mayFail;
}

/** `JSON.parse(text)` */
function isParsing(node: Node): boolean {
  return (
    node.type === "CallExpression" && node.callee.type === "MemberExpression" && staticName(node.callee) === "parse"
  );
}
