import type * as ESTree from "estree";
import { isNullish, rangeOf } from "../analysis/ast.ts";
import type { Node, Range } from "../analysis/ast.ts";
import { isStable } from "../analysis/effects.ts";
import type { Handler } from "../analysis/handler.ts";
import type { Model } from "../analysis/model.ts";
import type { SettlePlan } from "../analysis/settle-plan.ts";
import type { EditList } from "./edit-list.ts";
import { indentAt, indentUnitOf, lineEndingOf, lineRangeOf, reindent, templateLines } from "./layout.ts";
import { freeName } from "./names.ts";

/** The offset behind white space and comments. */
function skipBlank(model: Model, offset: number, step: 1 | -1, bound: number): number {
  let position = offset;
  for (;;) {
    const at = step === 1 ? position : position - 1;
    const comment = model.comments.find((candidate) => {
      const [start, end] = rangeOf(candidate);
      return at >= start && at < end;
    });
    if (position === bound) {
      return position;
    }
    if (comment !== undefined) {
      position = rangeOf(comment)[step === 1 ? 1 : 0];
    } else if (/\s/u.test(model.text[at] ?? "x")) {
      position += step;
    } else {
      return position;
    }
  }
}

/** The range of a call's argument with the parentheses that the user put around it. */
function argumentRange(model: Model, call: ESTree.SimpleCallExpression, argument: Node): Range {
  const open = skipBlank(model, rangeOf(call.callee)[1], 1, model.text.length) + 1;
  const close = rangeOf(call)[1] - 1;
  let [start, end] = rangeOf(argument);
  for (;;) {
    const before = skipBlank(model, start, -1, open);
    const after = skipBlank(model, end, 1, close);
    if (before <= open || after >= close || model.text[before - 1] !== "(" || model.text[after] !== ")") {
      return [start, end];
    }
    start = before - 1;
    end = after + 1;
  }
}

/** The text of an argument as it reads at the indentation of its statement. */
function argumentText(model: Model, plan: SettlePlan, argument: Node): string {
  const range = argumentRange(model, plan.call, argument);
  const from = indentAt(model.text, range[0]);
  const to = indentAt(model.text, rangeOf(plan.statement)[0]);
  return reindent(model.text.slice(...range), from, to, templateLines(model, range[0]));
}

/** The error as V2 throws it: an Error object, whatever V1 was given. */
function errorText(model: Model, plan: SettlePlan, error: Node): string {
  const text = argumentText(model, plan, error);
  switch (plan.kind) {
    case "text":
      return `new Error(${text})`;
    case "object":
      return `Object.assign(new Error(), ${text})`;
    default:
      return text;
  }
}

function throwText(plan: SettlePlan, error: string): string {
  return plan.mustReject ? `return Promise.reject(${error})` : `throw ${error}`;
}

function isLast(handler: Handler, statement: Node): boolean {
  const { body } = handler.node;
  return body.type === "BlockStatement" && body.body.at(-1) === statement;
}

/** Comments of a statement that the new text would lose, as lines of their own in front of it. */
function strandedComments(model: Model, plan: SettlePlan, kept: readonly Node[]): string[] {
  const ranges = kept.map((node) => argumentRange(model, plan.call, node));
  return model
    .commentsIn(rangeOf(plan.statement))
    .map((comment) => rangeOf(comment))
    .filter(([start, end]) => !ranges.some((range) => start >= range[0] && end <= range[1]))
    .map((range) => model.text.slice(...range));
}

/** Writes the settle calls of a handler as `return` and `throw`. */
export class SettleWriter {
  readonly #model: Model;
  readonly #handler: Handler;
  readonly #edits: EditList;
  readonly #newline: string;

  constructor(model: Model, handler: Handler, edits: EditList) {
    this.#model = model;
    this.#handler = handler;
    this.#edits = edits;
    this.#newline = lineEndingOf(model.text);
  }

  write(plan: SettlePlan): void {
    if (plan.statement === plan.call) {
      this.#writeArrowBody(plan);
    } else if (plan.kind === "dead") {
      this.#removeStatement(plan);
    } else if (plan.after.length > 0) {
      this.#writeDeferred(plan);
    } else {
      this.#writeStatement(plan);
    }
    if (plan.leftover !== undefined && plan.kind !== "dead" && plan.after.length === 0) {
      this.#edits.remove(lineRangeOf(this.#model.text, rangeOf(plan.leftover)));
    }
  }

  #semicolon(plan: SettlePlan): string {
    return this.#model.textOf(plan.statement).endsWith(";") ? ";" : "";
  }

  #replaceStatement(plan: SettlePlan, text: string, kept: readonly Node[]): void {
    const range = rangeOf(plan.statement);
    const indent = indentAt(this.#model.text, range[0]);
    const comments = strandedComments(this.#model, plan, kept).map((comment) => comment + this.#newline + indent);
    this.#edits.replace(range, comments.join("") + text);
  }

  #removeStatement(plan: SettlePlan): void {
    const parent = this.#model.parentOf(plan.statement);
    const isInList = parent?.type === "BlockStatement" || parent?.type === "SwitchCase";
    if (plan.statement.type === "ReturnStatement" || !isInList) {
      this.#replaceStatement(plan, `return${this.#semicolon(plan)}`, []);
    } else if (strandedComments(this.#model, plan, []).length > 0) {
      this.#replaceStatement(plan, "", []);
    } else {
      this.#edits.remove(lineRangeOf(this.#model.text, rangeOf(plan.statement)));
    }
  }

  #writeStatement(plan: SettlePlan): void {
    const { error, value } = plan;
    const semicolon = this.#semicolon(plan);
    if (plan.kind === "unknown" && error !== undefined) {
      this.#writeEither(plan, error);
    } else if (plan.kind !== "absent" && error !== undefined) {
      this.#replaceStatement(plan, throwText(plan, errorText(this.#model, plan, error)) + semicolon, [error]);
    } else if (value !== undefined && !this.#isUndefined(value)) {
      this.#replaceStatement(plan, `return ${argumentText(this.#model, plan, value)}${semicolon}`, [value]);
    } else if (isLast(this.#handler, plan.statement)) {
      this.#removeStatement({ ...plan, statement: plan.statement });
    } else {
      this.#replaceStatement(plan, `return${semicolon}`, []);
    }
  }

  #isUndefined(value: Node): boolean {
    return value.type !== "Literal" && isNullish(value);
  }

  /** The V1 contract for an error that may be none: only `undefined` and `null` mean success. */
  #writeEither(plan: SettlePlan, error: Node): void {
    const { value } = plan;
    const indent = indentAt(this.#model.text, rangeOf(plan.statement)[0]);
    const semicolon = this.#semicolon(plan);
    const errorName = argumentText(this.#model, plan, error);
    const lines = [
      `if (${errorName} !== undefined && ${errorName} !== null) {`,
      `${indentUnitOf(this.#model.text)}${throwText(plan, errorName)}${semicolon}`,
      "}",
    ];
    if (value !== undefined && !this.#isUndefined(value)) {
      lines.push(`return ${argumentText(this.#model, plan, value)}${semicolon}`);
    } else if (!isLast(this.#handler, plan.statement)) {
      lines.push(`return${semicolon}`);
    }
    this.#replaceStatement(plan, lines.join(this.#newline + indent), value === undefined ? [error] : [error, value]);
  }

  /** Keeps the outcome while the rest of the function runs, and gives it at the end. */
  #writeDeferred(plan: SettlePlan): void {
    const isError = plan.kind !== "absent";
    const outcome = isError ? plan.error : plan.value;
    const semicolon = this.#semicolon(plan);
    const give = (text: string): string => (isError ? throwText(plan, text) : text === "" ? "" : `return ${text}`) + semicolon;
    if (outcome === undefined || this.#isUndefined(outcome)) {
      this.#removeStatement(plan);
      return;
    }
    const text = isError ? errorText(this.#model, plan, outcome) : argumentText(this.#model, plan, outcome);
    if (isStable(this.#model, outcome)) {
      this.#removeStatement(plan);
      this.#appendToBody(give(text));
      return;
    }
    const name = freeName(this.#model, isError ? "failure" : "result");
    this.#replaceStatement(plan, `const ${name} = ${text}${semicolon}`, [outcome]);
    this.#appendToBody(give(name));
  }

  #appendToBody(statement: string): void {
    const { body } = this.#handler.node;
    const last = body.type === "BlockStatement" ? body.body.at(-1) : undefined;
    if (last === undefined) {
      return;
    }
    if (last.type === "ReturnStatement") {
      this.#edits.replace(rangeOf(last), statement);
      return;
    }
    const [start, end] = rangeOf(last);
    this.#edits.insert(lineEndOf(this.#model.text, end), this.#newline + indentAt(this.#model.text, start) + statement);
  }

  #writeArrowBody(plan: SettlePlan): void {
    const { body } = this.#handler.node;
    if (plan.kind !== "absent" && plan.error !== undefined) {
      this.#edits.replace(rangeOf(body), `{ throw ${errorText(this.#model, plan, plan.error)}; }`);
      return;
    }
    const text = plan.value === undefined ? "undefined" : argumentText(this.#model, plan, plan.value);
    this.#edits.replace(rangeOf(body), text.startsWith("{") ? `(${text})` : text);
  }
}

/** The end of the line that holds the offset, when only white space or a comment follows on it. */
function lineEndOf(text: string, offset: number): number {
  const rest = /^[\t ]*(?:\/\/[^\r\n]*)?(?=\r?\n|$)/u.exec(text.slice(offset));
  return offset + (rest?.[0].length ?? 0);
}
