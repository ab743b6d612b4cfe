import { rangeOf } from "../analysis/ast.ts";
import type { FunctionNode, Node } from "../analysis/ast.ts";
import { valueOf } from "../analysis/chain-plan.ts";
import type { ChainHandler, ChainPlan, UnrolledLink } from "../analysis/chain-plan.ts";
import { isPure } from "../analysis/effects.ts";
import type { Model } from "../analysis/model.ts";
import { EditList } from "./edit-list.ts";
import { findClashes, innerRange, movedText, ownVariables, renameVariable } from "./inline-body.ts";
import { indentAt, indentUnitOf, lineEndingOf, lineRangeOf } from "./layout.ts";
import { freeName } from "./names.ts";

/** Statements that are being written: lines at one indentation, and the value that the promise would have. */
interface Written {
  readonly lines: readonly string[];
  /** An expression, evaluated after the lines; undefined when nobody may use it. */
  readonly value: string | undefined;
}

/** Writes a planned chain as `await` and `try`. */
export class ChainWriter {
  readonly #model: Model;
  readonly #owner: FunctionNode;
  readonly #edits: EditList;
  readonly #renames = new EditList();
  readonly #newline: string;
  readonly #unit: string;

  constructor(model: Model, owner: FunctionNode, edits: EditList) {
    this.#model = model;
    this.#owner = owner;
    this.#edits = edits;
    this.#newline = lineEndingOf(model.text);
    this.#unit = indentUnitOf(model.text);
  }

  write(plan: ChainPlan): void {
    const { statement } = plan.chain;
    const [start, end] = rangeOf(statement);
    const indent = indentAt(this.#model.text, start);
    this.#renameClashes(plan);
    const pending = plan.isPending ? freeName(this.#model, "pending") : undefined;
    const prefixAt = (at: string): string => movedText(this.#model, this.#renames, rangeOf(plan.prefix), at);
    const lines = this.#chain(plan, pending === undefined ? (at): string => this.#calls(plan, at) : (): string => `await ${pending}`, indent);
    if (plan.mustLeave) {
      lines.push("return;");
    }
    const before = pending === undefined ? [] : [`const ${pending} = ${prefixAt(indent)};`];
    const last = plan.meanwhile.at(-1);
    if (last === undefined) {
      this.#edits.replace([start, end], [...before, ...lines].join(this.#newline + indent));
      return;
    }
    this.#edits.replace([start, end], before.join(""));
    const lineEnd = lineRangeOf(this.#model.text, rangeOf(last))[1];
    const isWholeLine = this.#model.text[lineEnd - 1] === "\n";
    const text = lines.map((line) => indent + line).join(this.#newline);
    this.#edits.insert(isWholeLine ? lineEnd : rangeOf(last)[1], isWholeLine ? text + this.#newline : this.#newline + text);
  }

  /** The value of the chain's prefix: `await load()`, `await parse(await load())`. */
  #calls({ calls }: ChainPlan, indent: string): string {
    const promise = `await ${movedText(this.#model, this.#renames, rangeOf(calls.promise), indent)}`;
    return calls.functions.reduce((value, name) => `await ${this.#model.textOf(name)}(${value})`, promise);
  }

  /** A name that means something else in the function that takes the handlers in gets a number. */
  #renameClashes(plan: ChainPlan): void {
    const handlers = plan.links.flatMap(({ fulfilled, rejected, finalizer }) =>
      [fulfilled, rejected, finalizer].flatMap((handler) => (handler?.kind === "inline" ? [handler.node] : [])),
    );
    const taken = new Set<string>();
    handlers.forEach((handler, index) => {
      const clashes = findClashes(this.#model, handler, this.#owner, handlers.slice(0, index));
      for (const variable of clashes) {
        let name = freeName(this.#model, variable.name);
        while (taken.has(name)) {
          name += "_";
        }
        renameVariable(this.#model, this.#renames, variable, name);
        taken.add(name);
      }
    });
  }

  #chain(plan: ChainPlan, valueAt: (indent: string) => string, indent: string): string[] {
    const deeper = indent + this.#unit;
    const hasTry = plan.links.some(({ rejected, finalizer }) => rejected !== undefined || finalizer !== undefined);
    const [first] = plan.links;
    if (first?.fulfilled !== undefined && first.rejected !== undefined) {
      return this.#both(plan, first, valueAt, indent);
    }
    const at = hasTry ? deeper : indent;
    let written: Written = { lines: [], value: valueAt(at) };
    for (const link of plan.links.filter(({ fulfilled }) => fulfilled !== undefined)) {
      written = this.#fulfilled(written, link.fulfilled, at);
    }
    const body = [...written.lines, ...(written.value === undefined ? [] : [`${written.value};`])];
    return hasTry ? this.#try(body, plan.links, indent) : body;
  }

  #try(body: readonly string[], links: readonly UnrolledLink[], indent: string): string[] {
    const deeper = indent + this.#unit;
    const rejected = links.find((link) => link.rejected !== undefined)?.rejected;
    const finalizer = links.find((link) => link.finalizer !== undefined)?.finalizer;
    return [
      "try {",
      ...body.map((line) => this.#unit + line),
      ...(rejected === undefined ? [] : this.#catch(rejected, deeper)),
      ...(finalizer === undefined ? [] : ["} finally {", ...this.#statements(finalizer, deeper, "wait").map((line) => this.#unit + line)]),
      "}",
    ];
  }

  #catch(handler: ChainHandler, deeper: string): string[] {
    const parameter = handler.kind === "call" ? freeName(this.#model, "error") : this.#parameter(handler);
    const body = handler.kind === "call" ? [`${this.#model.textOf(handler.node)}(${parameter ?? ""});`] : this.#statements(handler, deeper, "wait");
    return [parameter === undefined ? "} catch {" : `} catch (${parameter}) {`, ...body.map((line) => this.#unit + line)];
  }

  /** `.then(a, b)`: the second handler must not see errors of the first. */
  #both(plan: ChainPlan, { fulfilled, rejected }: UnrolledLink, valueAt: (indent: string) => string, indent: string): string[] {
    const deeper = indent + this.#unit;
    const finalizer = plan.links.find((link) => link.finalizer !== undefined)?.finalizer;
    const at = finalizer === undefined ? indent : deeper;
    const name = fulfilled?.kind === "call" ? freeName(this.#model, "value") : this.#parameter(fulfilled);
    const isPlainName = name === undefined || /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name);
    const held = isPlainName ? name : freeName(this.#model, "value");
    const lines = [
      ...(held === undefined ? [] : [`let ${held};`]),
      "try {",
      `${this.#unit}${held === undefined ? "" : `${held} = `}${valueAt(at + this.#unit)};`,
      ...(rejected === undefined ? [] : this.#catch(rejected, at + this.#unit)),
      ...(endsWithReturn(rejected) ? [] : [`${this.#unit}return;`]),
      "}",
      ...(isPlainName || held === undefined ? [] : [`const ${String(name)} = ${held};`]),
      ...(fulfilled?.kind === "call"
        ? [`${this.#model.textOf(fulfilled.node)}(${held ?? ""});`]
        : this.#statements(fulfilled, at, "wait")),
    ];
    return finalizer === undefined ? lines : this.#try(lines, plan.links.filter((link) => link.finalizer !== undefined), indent);
  }

  #fulfilled(before: Written, handler: ChainHandler | undefined, indent: string): Written {
    if (handler === undefined) {
      return before;
    }
    const value = before.value ?? "undefined";
    if (handler.kind === "call") {
      return { lines: before.lines, value: `await ${this.#model.textOf(handler.node)}(${value})` };
    }
    const parameter = this.#parameter(handler);
    const declares = this.#isReassigned(handler) ? "let" : "const";
    const bound = before.value === undefined ? [] : [parameter === undefined ? `${value};` : `${declares} ${parameter} = ${value};`];
    const result = valueOf(this.#model, handler);
    const isLastOrUnused = result === undefined || this.#isSettle(result);
    return {
      lines: [...before.lines, ...bound, ...this.#statements(handler, indent, isLastOrUnused ? "wait" : "drop")],
      value: isLastOrUnused || isPure(this.#model, result) && result.type !== "Identifier" ? undefined : `await ${this.#text(result, indent)}`,
    };
  }

  #isSettle(node: Node): boolean {
    const callback = this.#owner.params[1];
    return node.type === "CallExpression" && callback !== undefined && this.#model.variableOf(node.callee) === this.#model.variableOf(callback);
  }

  #isReassigned(handler: ChainHandler & { kind: "inline" }): boolean {
    return ownVariables(this.#model, handler.node).some(
      (variable) => variable.defs[0]?.type === "Parameter" && variable.references.some((reference) => reference.isWrite()),
    );
  }

  #parameter(handler: ChainHandler | undefined): string | undefined {
    const [parameter] = handler?.kind === "inline" ? handler.node.params : [];
    return parameter === undefined ? undefined : this.#renames.textOf(this.#model.text, rangeOf(parameter));
  }

  #text(node: Node, indent: string): string {
    const text = movedText(this.#model, this.#renames, rangeOf(node), indent);
    return /^(?:Sequence|Arrow|Conditional|Logical|Binary|Assignment)/u.test(node.type) ? `(${text})` : text;
  }

  /**
   * The statements of a handler at an indentation.
   *
   * @param last what becomes of a `return` at the end: `wait` for its value and forget it, or `drop` it, because the
   *   next link takes the value
   */
  #statements(handler: ChainHandler | undefined, indent: string, last: "wait" | "drop"): string[] {
    if (handler === undefined) {
      return [];
    }
    if (handler.kind === "call") {
      return [`await ${this.#model.textOf(handler.node)}();`];
    }
    const { body } = handler.node;
    if (body.type !== "BlockStatement") {
      return last === "drop" ? [] : this.#forgotten(body, indent);
    }
    const range = innerRange(this.#model, body);
    const final = body.body.at(-1);
    if (range === undefined) {
      return [];
    }
    if (final?.type !== "ReturnStatement" || !final.argument) {
      return [movedText(this.#model, this.#renames, range, indent)];
    }
    const head = this.#model.text.slice(range[0], rangeOf(final)[0]).trimEnd();
    const headText = head === "" ? [] : [movedText(this.#model, this.#renames, [range[0], range[0] + head.length], indent)];
    const tail = this.#model.text.slice(rangeOf(final)[1], range[1]);
    const tailText = tail.trim() === "" ? "" : tail;
    const value = last === "drop" ? [] : this.#forgotten(final.argument, indent);
    return [...headText, ...value.map((line, index) => (index === value.length - 1 ? line + tailText : line))];
  }

  /** A value that nobody takes: it is waited for, so that its error still counts; a call of the callback just happens. */
  #forgotten(node: Node, indent: string): string[] {
    if (isPure(this.#model, node)) {
      return [];
    }
    return [`${this.#isSettle(node) ? "" : node.type === "AwaitExpression" ? "" : "await "}${this.#text(node, indent)};`];
  }
}

function endsWithReturn(handler: ChainHandler | undefined): boolean {
  return (
    handler?.kind === "inline" &&
    handler.node.body.type === "BlockStatement" &&
    handler.node.body.body.at(-1)?.type === "ThrowStatement"
  );
}
