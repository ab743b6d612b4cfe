import { isNullish, rangeOf } from "../analysis/ast.ts";
import type * as ESTree from "estree";
import type { Node, Range } from "../analysis/ast.ts";
import { isPure, isStable } from "../analysis/effects.ts";
import type { Model } from "../analysis/model.ts";
import { mayBeSettled } from "../analysis/settle-plan.ts";
import type { OwnerPlan, SettlePlan } from "../analysis/settle-plan.ts";
import { NONE, ONCE } from "../analysis/settlement.ts";
import type { Settled } from "../analysis/settlement.ts";
import type { EditList } from "./edit-list.ts";
import { HeldOutcome } from "./held-outcome.ts";
import { innerRange } from "./inline-body.ts";
import { indentAt, indentUnitOf, lineEndingOf, lineRangeOf, reindentCode, statementRange } from "./layout.ts";
import { asStatementText, awaited } from "./awaited.ts";
import { freeName, NewNames } from "./names.ts";
import { argumentRange, argumentText, errorText, strandedComments, valueText } from "./settle-text.ts";

/** Writes the settle calls of a function as `return` and `throw`. */
export class SettleWriter {
  readonly #model: Model;
  readonly #plan: OwnerPlan;
  readonly #edits: EditList;
  readonly #newline: string;
  readonly #unit: string;
  readonly #held: HeldOutcome;
  readonly #names: NewNames;

  constructor(model: Model, plan: OwnerPlan, edits: EditList) {
    this.#model = model;
    this.#plan = plan;
    this.#edits = edits;
    this.#names = new NewNames(model);
    this.#newline = lineEndingOf(model.text);
    this.#unit = indentUnitOf(model.text);
    this.#held = new HeldOutcome(model, plan);
  }

  write(): void {
    const single = this.#singleHeld();
    const leftovers = new Set(this.#plan.calls.map(({ leftover }) => leftover));
    for (const plan of this.#plan.calls) {
      if (plan.mode === "dead") {
        if (!leftovers.has(plan.statement)) {
          this.#removeDead(plan, single);
        }
      } else if (plan.mode === "held") {
        if (plan !== single) {
          this.#hold(plan);
        }
      } else {
        this.#settle(plan);
      }
    }
    if (single !== undefined) {
      this.#defer(single);
      return;
    }
    this.#guardExits();
    if (this.#plan.calls.some(({ mode }) => mode === "held")) {
      this.#declareHeld();
    }
  }

  #semicolon(plan: Pick<SettlePlan, "statement">): string {
    const isExpression = plan.statement.type === "CallExpression";
    return isExpression || this.#model.text[this.#range(plan.statement)[1] - 1] === ";" ? ";" : "";
  }

  #range(statement: Node): Range {
    return statementRange(this.#model.text, rangeOf(statement));
  }

  #indent(node: Node): string {
    return indentAt(this.#model.text, rangeOf(node)[0]);
  }

  #isInList(node: Node): boolean {
    const parent = this.#model.parentOf(node);
    return parent?.type === "BlockStatement" || parent?.type === "SwitchCase";
  }

  /** True for a `return` that may go: it is the last statement, or never reached. */
  #isUnreached({ statement, before }: SettlePlan): boolean {
    return this.#isLast(statement) || before === 0;
  }

  #isLast(statement: Node): boolean {
    const { body } = this.#plan.owner.node;
    return body.type === "BlockStatement" && body.body.at(-1) === statement;
  }

  /** Puts lines in place of the statement, its own comments in front of them. */
  #replaceStatement(plan: SettlePlan, lines: readonly string[], kept: readonly Node[]): void {
    const comments = strandedComments(this.#model, plan, kept);
    const isBraced = lines.length > 1 && !this.#isInList(plan.statement);
    const all = isBraced ? ["{", ...lines.map((line) => this.#unit + line), "}"] : lines;
    this.#edits.replace(this.#range(plan.statement), [...comments, ...all].join(this.#newline + this.#indent(plan.statement)));
  }

  #removeStatement(plan: SettlePlan): void {
    if (plan.statement.type === "CallExpression") {
      this.#edits.replace(this.#range(plan.statement), "undefined");
    } else if (plan.statement.type !== "ReturnStatement" && !this.#isInList(plan.statement)) {
      this.#replaceStatement(plan, ["{}"], []);
    } else if (!this.#isInList(plan.statement) || (plan.statement.type === "ReturnStatement" && !this.#isUnreached(plan))) {
      this.#replaceStatement(plan, [`return${this.#semicolon(plan)}`], []);
    } else if (strandedComments(this.#model, plan, []).length > 0) {
      this.#replaceStatement(plan, [], []);
    } else {
      this.#edits.remove(this.#ownLine(plan.statement));
    }
  }

  /** The lines of a statement; in the function's own list the line break in front goes with it, else the one behind. */
  #ownLine(statement: Node): Range {
    const [start, end] = lineRangeOf(this.#model.text, this.#range(statement));
    if (this.#model.parentOf(statement) !== this.#plan.owner.node.body || this.#model.text[end - 1] !== "\n") {
      return [start, end];
    }
    const lineBreak = /\r?\n$/u.exec(this.#model.text.slice(0, start))?.[0].length ?? 0;
    return [start - lineBreak, this.#range(statement)[1]];
  }

  /** A call that is never heard goes; a `return` around it still leaves the function, with what is kept. */
  #removeDead(plan: SettlePlan, single: SettlePlan | undefined): void {
    const { statement } = plan;
    const semicolon = this.#semicolon(plan);
    const isLeaving = statement.type === "ReturnStatement" && plan.before !== 0 && single === undefined;
    const leave = isLeaving ? this.#held.give(plan.before, this.#plan.isCaught(statement), this.#unit, semicolon) : [];
    // Nobody hears the call, but what its arguments do is done.
    const computed = plan.call.arguments.filter((argument) => !isPure(this.#model, argument));
    if (computed.length === 0 && leave.length === 0) {
      this.#removeStatement(plan);
      return;
    }
    const effects = computed.map((argument) => `${asStatementText(argumentText(this.#model, plan, argument))}${semicolon}`);
    const isEnding = statement.type === "ReturnStatement" && leave.length === 0 && !this.#isUnreached(plan);
    this.#replaceStatement(plan, [...effects, ...leave, ...(isEnding ? [`return${semicolon}`] : [])], computed);
  }

  #throw(plan: SettlePlan, error: string): string {
    return `${plan.mustReject ? `return Promise.reject(${error})` : `throw ${error}`}${this.#semicolon(plan)}`;
  }

  /** A call after which nothing runs. */
  #settle(plan: SettlePlan): void {
    if (plan.statement === plan.call) {
      this.#settleArrowBody(plan);
      return;
    }
    const lines = mayBeSettled(plan.before) ? this.#guarded(plan) : this.#finalLines(plan);
    const kept = [plan.error, plan.value].filter((node) => node !== undefined);
    if (lines.length === 0) {
      this.#removeStatement(plan);
    } else {
      this.#replaceStatement(plan, lines, plan.kind === "delegate" ? plan.call.arguments : this.#keptBy(plan, kept));
    }
    if (plan.leftover !== undefined) {
      this.#removeLeftover(plan.leftover);
    }
  }

  /** A call that counts only when nothing is kept; its argument is computed before that is asked. */
  #guarded(plan: SettlePlan): string[] {
    const semicolon = this.#semicolon(plan);
    const guard = this.#held.give(plan.before, this.#plan.isCaught(plan.statement), this.#unit, semicolon);
    const outcome = plan.kind === "absent" ? valueText(this.#model, plan) : plan.error && errorText(this.#model, plan, plan.error);
    if (plan.kind === "unknown" && plan.error !== undefined) {
      const { name, lines } = this.#named(plan, plan.error);
      return [...lines, ...guard, ...this.#eitherLines(plan, name)];
    }
    if (!plan.isComputed || outcome === undefined) {
      return [...guard, ...this.#finalLines(plan)];
    }
    const name = this.#names.take(plan.kind === "absent" ? "value" : "error");
    const give = plan.kind === "absent" ? `return ${name}${semicolon}` : this.#throw(plan, name);
    return [`const ${name} = ${outcome}${semicolon}`, ...guard, give];
  }

  #keptBy(plan: SettlePlan, kept: readonly Node[]): readonly Node[] {
    return plan.kind === "absent" ? kept.filter((node) => node === plan.value) : kept.filter((node) => node === plan.error || plan.kind === "unknown");
  }

  #finalLines(plan: SettlePlan): string[] {
    const semicolon = this.#semicolon(plan);
    if (plan.kind === "delegate") {
      return [`return ${this.#delegateText(plan)}${semicolon}`];
    }
    if (plan.kind === "unknown" && plan.error !== undefined) {
      const { name, lines } = this.#named(plan, plan.error);
      return [...lines, ...this.#eitherLines(plan, name)];
    }
    return plan.kind === "absent" || plan.error === undefined
      ? this.#succeedLines(plan)
      : [this.#throw(plan, errorText(this.#model, plan, plan.error))];
  }

  /** The V1 contract for an error that may be none: only `undefined` and `null` mean success. */
  #eitherLines(plan: SettlePlan, name: string): string[] {
    return [
      `if (${name} !== undefined && ${name} !== null) {`,
      this.#unit + this.#throw(plan, name),
      "}",
      ...this.#succeedLines(plan),
    ];
  }

  #succeedLines(plan: SettlePlan): string[] {
    const semicolon = this.#semicolon(plan);
    const value = valueText(this.#model, plan);
    const isEnd = this.#isLast(plan.statement) && this.#plan.calls.every(({ mode }) => mode !== "held");
    return value === undefined ? (isEnd ? [] : [`return${semicolon}`]) : [`return ${value}${semicolon}`];
  }

  /** An error that is looked at twice gets a name, unless it has one. */
  #named(plan: SettlePlan, error: Node): { readonly name: string; readonly lines: readonly string[] } {
    const text = argumentText(this.#model, plan, error);
    if (error.type === "Identifier") {
      return { name: text, lines: [] };
    }
    const name = this.#names.take("error");
    return { name, lines: [`const ${name} = ${text}${this.#semicolon(plan)}`] };
  }

  /** The call of a helper, which no longer gets the callback. */
  #delegateText({ call }: SettlePlan): string {
    const { callback } = this.#plan.owner;
    const given = call.arguments.filter((argument) => this.#model.variableOf(argument) !== callback);
    const texts = given.map((argument) => this.#model.text.slice(...argumentRange(this.#model, call, argument)));
    return `${this.#model.textOf(call.callee)}(${texts.join(", ")})`;
  }

  #removeLeftover(leftover: Node): void {
    const { text } = this.#model;
    const range = rangeOf(leftover);
    const isOwnLine = lineRangeOf(text, range)[0] !== range[0];
    const gap = /[\t ]*$/u.exec(text.slice(0, range[0]))?.[0].length ?? 0;
    this.#edits.remove(isOwnLine ? this.#ownLine(leftover) : [range[0] - gap, range[1]]);
  }

  #settleArrowBody(plan: SettlePlan): void {
    if (plan.kind === "delegate") {
      this.#edits.replace(rangeOf(plan.call), this.#delegateText(plan));
    } else if (plan.kind === "unknown") {
      this.#edits.replace(rangeOf(plan.call), `{ ${this.#finalLines(plan).join(" ")} }`);
    } else if (plan.kind !== "absent" && plan.error !== undefined) {
      this.#edits.replace(rangeOf(plan.call), `{ throw ${errorText(this.#model, plan, plan.error)}; }`);
    } else {
      const text = valueText(this.#model, plan) ?? "undefined";
      this.#edits.replace(rangeOf(plan.call), text.startsWith("{") ? `(${text})` : text);
    }
  }

  // Outcomes that are kept while more code runs

  /** The one call whose outcome is kept, when all that follows it is the rest of the function's own statements. */
  #singleHeld(): SettlePlan | undefined {
    const [held, ...others] = this.#plan.calls.filter(({ mode }) => mode !== "dead");
    const { body } = this.#plan.owner.node;
    const isAlone =
      held?.mode === "held" &&
      others.length === 0 &&
      held.kind !== "unknown" &&
      this.#model.parentOf(held.statement) === body &&
      this.#plan.returns.size === 0 &&
      this.#plan.calls.every((plan) => plan === held || plan.statement.type !== "ReturnStatement" || this.#isUnreached(plan));
    return isAlone && !this.#statementsAfter(held.statement).some(({ type }) => type === "FunctionDeclaration") ? held : undefined;
  }

  #statementsAfter(statement: Node): readonly Node[] {
    const { body } = this.#plan.owner.node;
    const list: readonly Node[] = body.type === "BlockStatement" ? body.body : [];
    return list.slice(list.indexOf(statement) + 1);
  }

  /** `const result = …`, the rest of the function, `return result`. */
  #defer(plan: SettlePlan): void {
    const isError = plan.kind !== "absent";
    const outcome = isError ? plan.error : plan.value;
    const text = isError && outcome !== undefined ? errorText(this.#model, plan, outcome) : valueText(this.#model, plan);
    const semicolon = this.#semicolon(plan);
    const give = (given: string): string => (isError ? this.#throw(plan, given) : `return ${given}${semicolon}`);
    const rest = this.#statementsAfter(plan.statement);
    if (outcome === undefined || text === undefined) {
      this.#removeStatement(plan);
      this.#ignoreErrors(rest, []);
    } else if (isStable(this.#model, outcome)) {
      this.#removeStatement(plan);
      this.#ignoreErrors(rest, [give(text)]);
    } else {
      const name = freeName(this.#model, isError ? "failure" : "result");
      this.#replaceStatement(plan, [`const ${name} = ${text}${semicolon}`], [outcome]);
      this.#ignoreErrors(rest, [give(name)]);
    }
  }

  /** Writes lines behind statements whose errors V1 did not hear, because the invocation was settled already. */
  #ignoreErrors(statements: readonly Node[], lines: readonly string[]): void {
    const live = statements.filter((statement) => !this.#isDeadCall(statement));
    const [first] = live;
    const last = live.at(-1);
    if (first === undefined || last === undefined) {
      return;
    }
    const indent = this.#indent(first);
    const end = lineEndOf(this.#model.text, rangeOf(last)[1]);
    const range = [rangeOf(first)[0], end] as const;
    if (!this.#plan.losesErrors) {
      this.#edits.insert(end, lines.map((line) => this.#newline + indent + line).join(""));
      return;
    }
    const inner = reindentCode(this.#edits.textOf(this.#model.text, range), indent, indent + this.#unit);
    const all = [
      "try {",
      this.#unit + inner,
      "} catch {",
      `${this.#unit}// V1 ignored errors once the callback had been called.`,
      "}",
      ...lines,
    ];
    this.#edits.replaceWhole(range, all.join(this.#newline + indent));
  }

  #isDeadCall(statement: Node): boolean {
    return this.#plan.calls.some((plan) => plan.mode === "dead" && !plan.isComputed && plan.statement === statement);
  }

  /** Keeps the outcome of one call: only the first counts, but the arguments of each are evaluated. */
  #hold(plan: SettlePlan): void {
    const lines = this.#holdLines(plan);
    if (plan.statement === plan.call) {
      this.#edits.replace(rangeOf(plan.call), `{ ${lines.join(" ")} }`);
      return;
    }
    const leave = plan.statement.type === "ReturnStatement" ? this.#leaveLines(plan) : [];
    const kept = [plan.error, plan.value].filter((node) => node !== undefined);
    this.#replaceStatement(plan, [...lines, ...leave], this.#keptBy(plan, kept));
  }

  /** A `return` around a call that is kept: only finalizers run behind it, and in a nested function nothing. */
  #leaveLines(plan: SettlePlan): string[] {
    const isNested = this.#model.functionOf(plan.call) !== this.#plan.owner.node;
    const semicolon = this.#semicolon(plan);
    const isCaught = this.#plan.isCaught(plan.statement);
    if (isNested) {
      return [`return${semicolon}`];
    }
    if (plan.kind === "unknown" || mayBeSettled(plan.before)) {
      return this.#held.give(ONCE, isCaught, this.#unit, semicolon);
    }
    return [plan.kind === "absent" ? this.#held.succeed(semicolon) : this.#held.fail(isCaught, semicolon)];
  }

  #holdLines(plan: SettlePlan): string[] {
    const { name } = this.#held;
    const semicolon = this.#semicolon(plan);
    const isFirst = !mayBeSettled(plan.before);
    const error = plan.error === undefined ? "" : errorText(this.#model, plan, plan.error);
    const value = valueText(this.#model, plan) ?? "undefined";
    if (plan.kind === "unknown" && plan.error !== undefined) {
      const named = this.#named(plan, plan.error);
      const outcome = `${named.name} !== undefined && ${named.name} !== null ? { error: ${named.name} } : { value: ${value} }`;
      return [...named.lines, `${name} ${isFirst ? "=" : "??="} ${outcome}${semicolon}`];
    }
    const [key, text] = plan.kind === "absent" ? (["value", value] as const) : (["error", error] as const);
    if (isFirst || !plan.isComputed) {
      return [`${name} ${isFirst ? "=" : "??="} { ${key === text ? key : `${key}: ${text}`} }${semicolon}`];
    }
    const computed = this.#names.take(key);
    const property = computed === key ? key : `${key}: ${computed}`;
    return [`const ${computed} = ${text}${semicolon}`, `${name} ??= { ${property} }${semicolon}`];
  }

  /** Every other way out of the function gives what is kept, and nothing else. */
  #guardExits(): void {
    for (const [statement, settled] of this.#plan.returns) {
      const lines = this.#exitLines(statement, settled);
      if (lines !== undefined) {
        const isBraced = lines.length > 1 && !this.#isInList(statement);
        const all = isBraced ? ["{", ...lines.map((line) => this.#unit + line), "}"] : lines;
        this.#edits.replace(this.#range(statement), all.join(this.#newline + this.#indent(statement)));
      }
    }
  }

  /** V1 ignored what was returned, though it heard the error of a returned promise. */
  #exitLines(statement: ESTree.ReturnStatement, settled: Settled): string[] | undefined {
    const { argument } = statement;
    const semicolon = this.#semicolon({ statement });
    const isIgnored = !argument || isNullish(argument) || isPure(this.#model, argument);
    const guard = mayBeSettled(settled) ? this.#held.give(settled, this.#plan.isCaught(statement), this.#unit, semicolon) : [];
    if (guard.length === 0 && (!argument || isNullish(argument))) {
      return undefined;
    }
    const wait = isIgnored ? [] : [`${awaited(this.#model, argument)}${semicolon}`];
    return [...wait, ...guard, ...((settled & NONE) === 0 ? [] : [`return${semicolon}`])];
  }

  #declareHeld(): void {
    const { body } = this.#plan.owner.node;
    const range = innerRange(this.#model, body);
    if (range === undefined) {
      return;
    }
    const indent = indentAt(this.#model.text, range[0]);
    const { atEnd, losesErrors } = this.#plan;
    const { name } = this.#held;
    const give = mayBeSettled(atEnd) || losesErrors ? this.#held.give(atEnd, false, this.#unit, ";") : [];
    const join = (lines: readonly string[]): string => lines.join(this.#newline + indent);
    if (!losesErrors) {
      this.#edits.insert(range[0], join([`let ${name};`, ""]));
      this.#edits.insert(range[1], give.map((line) => this.#newline + indent + line).join(""));
      return;
    }
    const text = this.#edits.textOf(this.#model.text, range);
    const inner = reindentCode(text, indent, indent + this.#unit);
    const lines = [`let ${name};`, "try {", this.#unit + inner, "} catch (error) {", `${this.#unit}${name} ??= { error };`, "}", ...give];
    this.#edits.replaceWhole(range, join(lines));
  }
}

/** The end of the line that holds the offset, when only white space or a comment follows on it. */
function lineEndOf(text: string, offset: number): number {
  const rest = /^[\t ]*(?:\/\/[^\r\n]*)?(?=\r?\n|$)/u.exec(text.slice(offset));
  return offset + (rest?.[0].length ?? 0);
}
