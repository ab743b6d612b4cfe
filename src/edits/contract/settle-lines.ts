import type * as ESTree from "estree";
import { isNullish } from "../../analysis/code/tree.ts";
import type { Node, Range } from "../../analysis/code/tree.ts";
import { isPure } from "../../analysis/code/effects.ts";
import { NONE, ONCE } from "../../analysis/control/flow.ts";
import type { Settled } from "../../analysis/control/flow.ts";
import type { Model } from "../../analysis/code/model.ts";
import { isWaitedForByFinalizer } from "../../analysis/contract/settle-statements.ts";
import { isOverruled } from "../../analysis/control/continuation.ts";
import { mayBeSettled } from "../../analysis/contract/settle-types.ts";
import type { OwnerPlan, SettlePlan } from "../../analysis/contract/settle-types.ts";
import { awaited } from "../text/awaited.ts";
import type { HeldOutcome } from "./held-outcome.ts";
import { statementRange, unitOf } from "../text/layout.ts";
import { NewNames } from "../text/names.ts";
import { withParentheses } from "../text/parentheses.ts";
import type { ErrorObjects } from "./error-objects.ts";
import { argumentText, valueText } from "./settle-text.ts";

/** The lines that stand for one call of the callback. */
export class SettleLines {
  readonly #model: Model;
  readonly #plan: OwnerPlan;
  readonly #held: HeldOutcome;
  readonly #objects: ErrorObjects;
  readonly #unit: string;
  readonly #names: NewNames;

  constructor(model: Model, plan: OwnerPlan, held: HeldOutcome, objects: ErrorObjects) {
    this.#model = model;
    this.#plan = plan;
    this.#held = held;
    this.#objects = objects;
    this.#unit = unitOf(model);
    this.#names = new NewNames(model);
  }

  semicolon(plan: Pick<SettlePlan, "statement">): string {
    const isExpression = plan.statement.type === "CallExpression";
    return isExpression || this.#model.text[this.range(plan.statement)[1] - 1] === ";" ? ";" : "";
  }

  range(statement: Node): Range {
    return statementRange(this.#model, statement);
  }

  isLast(statement: Node): boolean {
    const { body } = this.#plan.owner.node;
    return body.type === "BlockStatement" && body.body.at(-1) === statement;
  }

  /** True for a `return` that may go: it is the last statement, or never reached. */
  isUnreached({ statement, before }: SettlePlan): boolean {
    return this.isLast(statement) || before === 0;
  }

  /** True for the last statement of the function, or of a `try` that is the last one. */
  endsFunction(statement: Node): boolean {
    const block = this.#model.parentOf(statement);
    const around = block === null ? null : this.#model.parentOf(block);
    const isTried =
      around?.type === "TryStatement" &&
      around.block === block &&
      around.block.body.at(-1) === statement &&
      around.block.body.length > 1;
    return this.isLast(statement) || (isTried && this.endsFunction(around));
  }

  /** The error as V2 throws it. */
  error(plan: SettlePlan, error: Node): string {
    return this.#objects.of(plan.reasons, error, argumentText(this.#model, plan, error));
  }

  throw(plan: SettlePlan, error: string): string {
    return `${plan.mustReject ? `return Promise.reject(${error})` : `throw ${error}`}${this.semicolon(plan)}`;
  }

  /** True where a finalizer returns what is kept, whatever is returned or thrown here. */
  isOverruled(statement: Node): boolean {
    return isOverruled(this.#model, statement, this.#plan.owner.node);
  }

  /** A call that counts only when nothing is kept; its argument is computed before that is asked. */
  guarded(plan: SettlePlan): string[] {
    const semicolon = this.semicolon(plan);
    const guard = this.#held.give(plan.before, this.#plan.isCaught(plan.statement), this.#unit, semicolon);
    const outcome = plan.kind === "absent" ? valueText(this.#model, plan) : plan.error && this.error(plan, plan.error);
    if (plan.kind === "either" && plan.error !== undefined) {
      const { name, lines } = this.named(plan, plan.error);
      return [...lines, ...guard, ...this.eitherLines(plan, plan.error, name)];
    }
    if (!plan.isComputed || outcome === undefined) {
      return [...guard, ...this.finalLines(plan)];
    }
    const name = this.#names.take(plan.kind === "absent" ? "value" : "error");
    const give = plan.kind === "absent" ? `return ${name}${semicolon}` : this.throw(plan, name);
    return [`const ${name} = ${outcome}${semicolon}`, ...guard, give];
  }

  finalLines(plan: SettlePlan): string[] {
    const semicolon = this.semicolon(plan);
    if (plan.kind === "delegate") {
      const isWaitedFor = isWaitedForByFinalizer(this.#model, plan.call, this.#plan.owner.node);
      return [`return ${isWaitedFor ? "await " : ""}${this.delegateText(plan)}${semicolon}`];
    }
    if (plan.kind === "either" && plan.error !== undefined) {
      const { name, lines } = this.named(plan, plan.error);
      const { value } = plan;
      if (value === undefined || isPure(this.#model, value)) {
        return [...lines, ...this.eitherLines(plan, plan.error, name)];
      }
      // V1 computed the result whether or not there was an error.
      const computed = this.#names.take("value");
      const compute = `const ${computed} = ${argumentText(this.#model, plan, value)}${semicolon}`;
      return [...lines, compute, ...this.eitherLines(plan, plan.error, name, `return ${computed}${semicolon}`)];
    }
    return plan.kind === "absent" || plan.error === undefined
      ? this.succeedLines(plan)
      : [this.throw(plan, this.error(plan, plan.error))];
  }

  /** The V1 contract for an error that may be none: only `undefined` and `null` mean success. */
  eitherLines(plan: SettlePlan, error: Node, name: string, succeed?: string): string[] {
    return [
      `if (${name} !== undefined && ${name} !== null) {`,
      this.#unit + this.throw(plan, this.#objects.of(plan.reasons, error, name)),
      "}",
      ...(succeed === undefined ? this.succeedLines(plan) : [succeed]),
    ];
  }

  succeedLines(plan: SettlePlan): string[] {
    const semicolon = this.semicolon(plan);
    const value = valueText(this.#model, plan);
    const isEnd = this.endsFunction(plan.statement) && this.#plan.calls.every(({ mode }) => mode !== "held");
    return value === undefined ? (isEnd ? [] : [`return${semicolon}`]) : [`return ${value}${semicolon}`];
  }

  /** An error that is looked at twice gets a name, unless it has one. */
  named(plan: SettlePlan, error: Node): { readonly name: string; readonly lines: readonly string[] } {
    const text = argumentText(this.#model, plan, error);
    if (error.type === "Identifier") {
      return { name: text, lines: [] };
    }
    const name = this.#names.take("error");
    return { name, lines: [`const ${name} = ${text}${this.semicolon(plan)}`] };
  }

  /** The call of a helper, which no longer gets the callback. */
  delegateText({ call }: SettlePlan): string {
    const { callback } = this.#plan.owner;
    const given = call.arguments.filter((argument) => this.#model.variableOf(argument) !== callback);
    const texts = given.map((argument) => this.#model.text.slice(...withParentheses(this.#model, argument)));
    const callee = this.#model.text.slice(...withParentheses(this.#model, call.callee));
    return `${callee}(${texts.join(", ")})`;
  }

  /** A `return` around a call that is kept: only finalizers run behind it, and in a nested function nothing. */
  leaveLines(plan: SettlePlan): string[] {
    const isNested = this.#model.functionOf(plan.call) !== this.#plan.owner.node;
    const semicolon = this.semicolon(plan);
    const isCaught = this.#plan.isCaught(plan.statement);
    if (isNested || this.isOverruled(plan.statement)) {
      return [`return${semicolon}`];
    }
    if (plan.kind === "either" || mayBeSettled(plan.before)) {
      return this.#held.give(ONCE, isCaught, this.#unit, semicolon);
    }
    return [plan.kind === "absent" ? this.#held.succeed(semicolon) : this.#held.fail(isCaught, semicolon)];
  }

  holdLines(plan: SettlePlan): string[] {
    const { name } = this.#held;
    const semicolon = this.semicolon(plan);
    const isFirst = !mayBeSettled(plan.before);
    const error = plan.error === undefined ? "" : this.error(plan, plan.error);
    const value = valueText(this.#model, plan) ?? "undefined";
    if (plan.kind === "either" && plan.error !== undefined) {
      const { name: given, lines } = this.named(plan, plan.error);
      const failure = this.#objects.of(plan.reasons, plan.error, given);
      const outcome = `${given} !== undefined && ${given} !== null ? ${property("error", failure)} : { value: ${value} }`;
      return [...lines, `${name} ${isFirst ? "=" : "??="} ${outcome}${semicolon}`];
    }
    const [key, text] = plan.kind === "absent" ? (["value", value] as const) : (["error", error] as const);
    if (isFirst || !plan.isComputed) {
      return [`${name} ${isFirst ? "=" : "??="} ${property(key, text)}${semicolon}`];
    }
    const computed = this.#names.take(key);
    return [`const ${computed} = ${text}${semicolon}`, `${name} ??= ${property(key, computed)}${semicolon}`];
  }

  /** V1 ignored what was returned, though it heard the error of a returned promise. */
  exitLines(statement: ESTree.ReturnStatement, settled: Settled): string[] | undefined {
    if (this.isOverruled(statement)) {
      return undefined;
    }
    const { argument } = statement;
    const semicolon = this.semicolon({ statement });
    const isIgnored = !argument || isNullish(argument) || isPure(this.#model, argument);
    const guard = mayBeSettled(settled)
      ? this.#held.give(settled, this.#plan.isCaught(statement), this.#unit, semicolon)
      : [];
    if (guard.length === 0 && (!argument || isNullish(argument))) {
      return undefined;
    }
    const wait = isIgnored ? [] : [`${awaited(this.#model, argument)}${semicolon}`];
    return [...wait, ...guard, ...((settled & NONE) === 0 ? [] : [`return${semicolon}`])];
  }
}

function property(key: string, value: string): string {
  return `{ ${key === value ? key : `${key}: ${value}`} }`;
}
