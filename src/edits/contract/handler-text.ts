import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { rareBlanksEnd } from "../text/white-space.ts";
import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node, Range } from "../../analysis/code/tree.ts";
import { valueOf } from "../../analysis/contract/chain-handlers.ts";
import type { ChainHandler } from "../../analysis/contract/chain-handlers.ts";
import type { ChainPlan } from "../../analysis/contract/chain-plan.ts";
import { isConsoleCall, isPure } from "../../analysis/code/effects.ts";
import type { Model } from "../../analysis/code/model.ts";
import { givesNoPromise, isNoPromise } from "../../analysis/values/no-promise.ts";
import { operand } from "../text/awaited.ts";
import type { EditList } from "../text/edit-list.ts";
import { indentAt, lineEndingOf } from "../text/layout.ts";
import { asStatementText } from "../text/statement-text.ts";
import { ownVariables } from "../text/rename.ts";
import { innerRange, movedText } from "./inline-body.ts";

/** Statements that are being written: lines at one indentation, and the value that the promise would have. */
export interface Written {
  readonly lines: readonly string[];
  /** An expression, evaluated after the lines; undefined when nobody may use it. */
  readonly value: string | undefined;
}

/** The statements of a chain's handlers, as they read in the function that takes them in. */
export class HandlerText {
  readonly #model: Model;
  readonly #callback: Variable | undefined;
  readonly #renames: EditList;
  readonly #isSpread = new Set<Node>();

  constructor(model: Model, callback: Variable | undefined, renames: EditList) {
    this.#model = model;
    this.#callback = callback;
    this.#renames = renames;
  }

  isCallback(node: Node): boolean {
    return this.#callback !== undefined && this.#model.variableOf(node) === this.#callback;
  }

  /** True for an expression that calls back, whichever way it goes. */
  isSettle(node: Node): boolean {
    if (node.type === "ConditionalExpression") {
      return this.isSettle(node.consequent) && this.isSettle(node.alternate);
    }
    if (node.type === "LogicalExpression") {
      return this.isSettle(node.right);
    }
    return node.type === "CallExpression" && this.isCallback(node.callee);
  }

  isReassigned(handler: ChainHandler & { kind: "inline" }): boolean {
    return ownVariables(this.#model, handler.node).some(
      (variable) =>
        variable.defs[0]?.type === "Parameter" && variable.references.some((reference) => reference.isWrite()),
    );
  }

  parameter(handler: ChainHandler | undefined): string | undefined {
    const [parameter] = handler?.kind === "inline" ? handler.node.params : [];
    if (parameter === undefined) return undefined;
    const { text } = this.#model;
    const [start, end] = rangeOf(parameter);
    return this.#renames.textOf(text, [start, rareBlanksEnd(text, end)]);
  }

  text(node: Node, indent: string): string {
    const text = movedText(this.#model, this.#renames, rangeOf(node), indent);
    return operand(node, text);
  }

  /** The value of the promise that a chain begins with: `await load()`, `await parse(await load())`. */
  awaited({ promise, functions }: ChainPlan["calls"], indent: string): string {
    const value = `await ${operand(promise, movedText(this.#model, this.#renames, rangeOf(promise), indent))}`;
    return functions.reduce((given, name) => this.#resultOf(name, given), value);
  }

  /**
   * The statements of a handler at an indentation.
   *
   * @param last what becomes of a `return` at the end: `wait` for its value and forget it, or `drop` it, because the
   *   next link takes the value
   */
  statements(handler: ChainHandler | undefined, indent: string, last: "wait" | "drop"): string[] {
    if (handler === undefined) {
      return [];
    }
    if (handler.kind === "call") {
      return [`${this.isCallback(handler.node) ? "" : "await "}${this.#model.textOf(handler.node)}();`];
    }
    const { body } = handler.node;
    if (body.type !== "BlockStatement") {
      return last === "drop" ? [] : this.forgotten(body, indent);
    }
    const range = innerRange(this.#model, body);
    const final = body.body.at(-1);
    if (range === undefined) {
      return [];
    }
    this.#spread(body);
    if (final?.type !== "ReturnStatement" || !final.argument) {
      return [movedText(this.#model, this.#renames, range, indent)];
    }
    const head = this.#model.text.slice(range[0], rangeOf(final)[0]).trimEnd();
    const headText =
      head === "" ? [] : [movedText(this.#model, this.#renames, [range[0], range[0] + head.length], indent)];
    const tail = this.#model.text.slice(rangeOf(final)[1], range[1]);
    const tailText = tail.trim() === "" ? "" : tail;
    const value = last === "drop" ? [] : this.forgotten(final.argument, indent);
    if (value.length === 0) {
      return [...headText, ...(tailText === "" ? [] : [tailText.trim()])];
    }
    return [...headText, ...value.slice(0, -1), `${value.at(-1) ?? ""}${tailText}`];
  }

  /** Gives each statement of a body on one line a line of its own: the braces around them go. */
  #spread(body: ESTree.BlockStatement): void {
    const { text } = this.#model;
    const range = rangeOf(body);
    if (this.#isSpread.has(body) || text.slice(...range).includes("\n")) {
      return;
    }
    this.#isSpread.add(body);
    const lineBreak = lineEndingOf(text) + indentAt(text, range[0]);
    body.body.slice(1).forEach((statement, index) => {
      const before = body.body[index] ?? statement;
      const gap: Range = [rangeOf(before)[1], rangeOf(statement)[0]];
      if (text.slice(...gap).trim() === "") {
        this.#renames.replace(gap, lineBreak);
      }
    });
  }

  /** A value that nobody takes: it is waited for, so that its error still counts; a call of the callback just happens. */
  forgotten(node: Node, indent: string): string[] {
    if (isPure(this.#model, node)) {
      return [];
    }
    const isDone = this.isSettle(node) || isNoPromise(this.#model, node) || isConsoleCall(this.#model, node);
    if (!isDone) {
      return [`await ${this.text(node, indent)};`];
    }
    return [`${asStatementText(movedText(this.#model, this.#renames, rangeOf(node), indent))};`];
  }

  /** The statements of a handler, and its value as far as the next link takes it. */
  handled(handler: ChainHandler & { readonly kind: "inline" }, indent: string, isTaken: boolean): Written {
    const result = isTaken ? valueOf(this.#model, handler) : undefined;
    if (result === undefined || this.isSettle(result)) {
      return { lines: this.statements(handler, indent, "wait"), value: undefined };
    }
    const isPlain = isNoPromise(this.#model, result) || isConsoleCall(this.#model, result);
    const isOpen = isPlain && result.type !== "SequenceExpression";
    const text = isOpen ? movedText(this.#model, this.#renames, rangeOf(result), indent) : this.text(result, indent);
    return { lines: this.statements(handler, indent, "drop"), value: isPlain ? text : `await ${text}` };
  }

  called(callee: Node, parameter: string): Written & { readonly parameter: string } {
    return this.isCallback(callee)
      ? { parameter, lines: [`${this.#model.textOf(callee)}(${parameter});`], value: undefined }
      : { parameter, lines: [], value: this.#resultOf(callee, parameter) };
  }

  /** The call of a named function, which is waited for if it may give a promise. */
  #resultOf(callee: Node, given: string): string {
    const call = `${this.#model.textOf(callee)}(${given})`;
    return givesNoPromise(this.#model, callee) ? call : `await ${call}`;
  }
}

/** True for a handler whose last statement leaves by itself as it is written. */
export function leavesAtEnd(handler: ChainHandler | undefined): boolean {
  const { body } = handler?.kind === "inline" ? handler.node : {};
  const last = body?.type === "BlockStatement" ? body.body.at(-1) : undefined;
  return last?.type === "ThrowStatement" || (last?.type === "ReturnStatement" && !last.argument);
}
