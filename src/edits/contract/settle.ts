import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node, Range } from "../../analysis/code/tree.ts";
import { isInList } from "../../analysis/code/lists.ts";
import { isPure, isStable } from "../../analysis/code/effects.ts";
import type { Model } from "../../analysis/code/model.ts";
import { mayBeSettled } from "../../analysis/contract/settle-types.ts";
import type { OwnerPlan, SettlePlan } from "../../analysis/contract/settle-types.ts";
import type { EditList } from "../text/edit-list.ts";
import type { ErrorObjects } from "./error-objects.ts";
import { HeldOutcome } from "./held-outcome.ts";
import { innerRange } from "./inline-body.ts";
import { insertLinesBehind } from "../text/insert-lines.ts";
import { closedLine, indentAt, lineEndingOf, lineRangeOf, reindentCode, unitOf } from "../text/layout.ts";
import { freeName } from "../text/names.ts";
import { openUseless } from "./useless-statements.ts";
import { protectNext, rangeWithComments, removeStatement } from "../text/remove-statements.ts";
import { asStatementTexts } from "../text/statement-text.ts";
import { blanksStart, lineBreakLengthBefore } from "../text/white-space.ts";
import { SettleLines } from "./settle-lines.ts";
import { singleHeld, statementsAfter } from "./single-held.ts";
import { argumentText, strandedComments, valueText } from "./settle-text.ts";
import { writtenComments } from "./written-comments.ts";

/** Writes the settle calls of a function as `return` and `throw`. */
export class SettleWriter {
  readonly #model: Model;
  readonly #plan: OwnerPlan;
  readonly #edits: EditList;
  readonly #newline: string;
  readonly #unit: string;
  readonly #held: HeldOutcome;
  readonly #lines: SettleLines;

  constructor(model: Model, plan: OwnerPlan, edits: EditList, objects: ErrorObjects) {
    this.#model = model;
    this.#plan = plan;
    this.#edits = edits;
    this.#newline = lineEndingOf(model.text);
    this.#unit = unitOf(model);
    this.#held = new HeldOutcome(model, plan);
    this.#lines = new SettleLines(model, plan, this.#held, objects);
  }

  write(): void {
    const single = singleHeld(this.#model, this.#plan, this.#lines);
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
    openUseless(this.#model, this.#plan, this.#lines, this.#edits);
    if (this.#plan.calls.some(({ mode }) => mode === "held")) {
      this.#declareHeld();
    }
  }

  #indent(node: Node): string {
    return indentAt(this.#model.text, rangeOf(node)[0]);
  }

  /** Puts lines in place of the statement, its own comments in front of them. */
  #replaceStatement(plan: SettlePlan, lines: readonly string[], kept: readonly Node[]): void {
    const comments = strandedComments(this.#model, plan, kept);
    const isBraced = lines.length > 1 && !isInList(this.#model, plan.statement);
    const all = isBraced ? ["{", ...lines.map((line) => this.#unit + line), "}"] : lines;
    const lineBreak = this.#newline + this.#indent(plan.statement);
    const range = this.#lines.range(plan.statement);
    this.#edits.replace(
      range,
      closedLine([...comments, ...all].join(lineBreak), this.#model.text.slice(range[1]), lineBreak),
    );
  }

  #removeStatement(plan: SettlePlan): void {
    if (plan.statement.type === "CallExpression") {
      this.#edits.replace(this.#lines.range(plan.statement), "undefined");
    } else if (plan.statement.type !== "ReturnStatement" && !isInList(this.#model, plan.statement)) {
      this.#replaceStatement(plan, ["{}"], []);
    } else if (
      !isInList(this.#model, plan.statement) ||
      (plan.statement.type === "ReturnStatement" && !this.#lines.isUnreached(plan))
    ) {
      this.#replaceStatement(plan, [`return${this.#lines.semicolon(plan)}`], []);
    } else if (strandedComments(this.#model, plan, []).length > 0) {
      this.#replaceStatement(plan, [], []);
    } else {
      this.#edits.remove(this.#ownLine(plan.statement));
      protectNext(this.#model, this.#edits, this.#lines.range(plan.statement));
    }
  }

  /** The lines of a statement; in a list that ends the function the line break in front goes with it, else the one behind. */
  #ownLine(statement: Node): Range {
    const [start, end] = lineRangeOf(this.#model.text, this.#lines.range(statement));
    const list = this.#model.parentOf(statement);
    const last = list?.type === "BlockStatement" ? list.body.at(-1) : statement;
    // One answer for the whole list: two statements of it must not take the same line break.
    const isAtEnd = list === this.#plan.owner.node.body || (last !== undefined && this.#lines.endsFunction(last));
    if (!isAtEnd || this.#model.text[end - 1] !== "\n") {
      return [start, end];
    }
    const lineBreak = lineBreakLengthBefore(this.#model.text, start);
    return [start - lineBreak, this.#lines.range(statement)[1]];
  }

  /** A call that is never heard goes; a `return` around it still leaves the function, with what is kept. */
  #removeDead(plan: SettlePlan, single: SettlePlan | undefined): void {
    const { statement } = plan;
    const semicolon = this.#lines.semicolon(plan);
    const isLeaving =
      statement.type === "ReturnStatement" &&
      plan.before !== 0 &&
      single === undefined &&
      !this.#lines.isOverruled(statement);
    const leave = isLeaving ? this.#held.give(plan.before, this.#plan.isCaught(statement), this.#unit, semicolon) : [];
    // Nobody hears the call, but what its arguments do is done.
    const computed = plan.call.arguments.filter((argument) => !isPure(this.#model, argument));
    if (computed.length === 0 && leave.length === 0) {
      this.#removeStatement(plan);
      return;
    }
    const texts = computed.map((argument) => argumentText(this.#model, plan, argument));
    const effects = asStatementTexts(this.#model, statement, texts, semicolon);
    const isEnding = statement.type === "ReturnStatement" && leave.length === 0 && !this.#lines.isUnreached(plan);
    this.#replaceStatement(plan, [...effects, ...leave, ...(isEnding ? [`return${semicolon}`] : [])], computed);
  }

  /** A call after which nothing runs. */
  #settle(plan: SettlePlan): void {
    if (plan.statement === plan.call) {
      this.#settleArrowBody(plan);
      return;
    }
    const lines = mayBeSettled(plan.before) ? this.#lines.guarded(plan) : this.#lines.finalLines(plan);
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

  #keptBy(plan: SettlePlan, kept: readonly Node[]): readonly Node[] {
    return plan.kind === "absent"
      ? kept.filter((node) => node === plan.value)
      : kept.filter((node) => node === plan.error || plan.kind === "either");
  }

  #removeLeftover(leftover: Node): void {
    const { text } = this.#model;
    const range = this.#lines.range(leftover);
    if (this.#model.commentsIn(range).length > 0) {
      removeStatement(this.#model, this.#edits, leftover);
      return;
    }
    const isOwnLine = lineRangeOf(text, range)[0] !== range[0];
    this.#edits.remove(isOwnLine ? this.#ownLine(leftover) : [blanksStart(text, range[0]), range[1]]);
    protectNext(this.#model, this.#edits, range);
  }

  #settleArrowBody(plan: SettlePlan): void {
    if (plan.kind === "delegate") {
      this.#edits.replace(rangeOf(plan.call), this.#lines.delegateText(plan));
    } else if (plan.kind === "either") {
      this.#edits.replace(
        rangeOf(plan.call),
        `{ ${this.#lines
          .finalLines(plan)
          .map((line) => line.trim())
          .join(" ")} }`,
      );
    } else if (plan.kind !== "absent" && plan.error !== undefined) {
      const error = this.#lines.error(plan, plan.error);
      // A `catch` around a call of the function must not hear what is meant for the callback.
      const body = plan.mustReject ? `Promise.reject(${error})` : `{ throw ${error}; }`;
      this.#edits.replace(rangeOf(plan.call), body);
    } else {
      const text = valueText(this.#model, plan) ?? "undefined";
      this.#edits.replace(rangeOf(plan.call), text.startsWith("{") ? `(${text})` : text);
    }
  }

  // Outcomes that are kept while more code runs

  /** `const result = …`, the rest of the function, `return result`. */
  #defer(plan: SettlePlan): void {
    const isError = plan.kind !== "absent";
    const outcome = isError ? plan.error : plan.value;
    const text = isError && outcome !== undefined ? this.#lines.error(plan, outcome) : valueText(this.#model, plan);
    const semicolon = this.#lines.semicolon(plan);
    const give = (given: string): string => (isError ? this.#lines.throw(plan, given) : `return ${given}${semicolon}`);
    const rest = statementsAfter(this.#plan, plan.statement);
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
    if (!this.#plan.losesErrors) {
      insertLinesBehind(this.#model, this.#edits, last, lines);
      return;
    }
    const range = [rangeOf(first)[0], rangeWithComments(this.#model, last)[1]] as const;
    const inner = reindentCode(this.#edits.textOf(this.#model.text, range), indent, indent + this.#unit);
    const all = ["try {", this.#unit + inner, "} catch {", this.#unit + writtenComments.ignoredLater, "}", ...lines];
    const lineBreak = this.#newline + indent;
    const { text } = this.#model;
    this.#edits.replaceWhole(range, closedLine(all.join(lineBreak), text.slice(range[1]), lineBreak));
  }

  #isDeadCall(statement: Node): boolean {
    return this.#plan.calls.some((plan) => plan.mode === "dead" && !plan.isComputed && plan.statement === statement);
  }

  /** Keeps the outcome of one call: only the first counts, but the arguments of each are evaluated. */
  #hold(plan: SettlePlan): void {
    const lines = this.#lines.holdLines(plan);
    if (plan.statement === plan.call) {
      this.#edits.replace(rangeOf(plan.call), `{ ${lines.join(" ")} }`);
      return;
    }
    const leave = plan.statement.type === "ReturnStatement" ? this.#lines.leaveLines(plan) : [];
    const kept = [plan.error, plan.value].filter((node) => node !== undefined);
    this.#replaceStatement(plan, [...lines, ...leave], this.#keptBy(plan, kept));
  }

  /** Every other way out of the function gives what is kept, and nothing else. */
  #guardExits(): void {
    for (const [statement, settled] of this.#plan.returns) {
      const lines = this.#lines.exitLines(statement, settled);
      if (lines !== undefined) {
        const isBraced = lines.length > 1 && !isInList(this.#model, statement);
        const all = isBraced ? ["{", ...lines.map((line) => this.#unit + line), "}"] : lines;
        this.#edits.replace(this.#lines.range(statement), all.join(this.#newline + this.#indent(statement)));
      }
    }
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
    const lines = [
      `let ${name};`,
      "try {",
      this.#unit + inner,
      "} catch (error) {",
      `${this.#unit}${name} ??= { error };`,
      "}",
      ...give,
    ];
    this.#edits.replaceWhole(range, join(lines));
  }
}
