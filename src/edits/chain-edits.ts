import { rangeOf } from "../analysis/ast.ts";
import type { FunctionNode, Node } from "../analysis/ast.ts";
import { takesValue, valueOf } from "../analysis/chain-plan.ts";
import type { ChainHandler, ChainPlan, UnrolledLink } from "../analysis/chain-plan.ts";
import { isPure } from "../analysis/effects.ts";
import type { Model } from "../analysis/model.ts";
import { operand } from "./awaited.ts";
import { EditList } from "./edit-list.ts";
import { findClashes, innerRange, movedText, ownVariables, renameVariable } from "./inline-body.ts";
import { indentAt, indentUnitOf, lineEndingOf, statementRange } from "./layout.ts";
import { freeName, NewNames } from "./names.ts";
import { rangeWithComments } from "./remove-statements.ts";

/** Statements that are being written: lines at one indentation, and the value that the promise would have. */
interface Written {
  readonly lines: readonly string[];
  /** An expression, evaluated after the lines; undefined when nobody may use it. */
  readonly value: string | undefined;
}

/** What comes behind a link: whether its value is taken, and whether anything runs when it has succeeded. */
interface Next {
  readonly isTaken: boolean;
  readonly isFollowed: boolean;
}

/** Writes a planned chain as `await` and `try`. */
export class ChainWriter {
  readonly #model: Model;
  readonly #owner: FunctionNode;
  readonly #edits: EditList;
  readonly #renames = new EditList();
  readonly #newline: string;
  readonly #unit: string;
  readonly #names: NewNames;

  constructor(model: Model, owner: FunctionNode, edits: EditList) {
    this.#model = model;
    this.#owner = owner;
    this.#edits = edits;
    this.#names = new NewNames(model);
    this.#newline = lineEndingOf(model.text);
    this.#unit = indentUnitOf(model.text);
  }

  write(plan: ChainPlan): void {
    const { statement } = plan.chain;
    const [start, end] = statementRange(this.#model.text, rangeOf(statement));
    const indent = indentAt(this.#model.text, start);
    this.#renameClashes(plan);
    const pending = plan.isPending ? freeName(this.#model, "pending") : undefined;
    const prefixAt = (at: string): string => movedText(this.#model, this.#renames, rangeOf(plan.prefix), at);
    const lines = this.#chain(plan, pending === undefined ? (at): string => this.#calls(plan, at) : (): string => `await ${pending}`, indent);
    if (plan.mustLeave) {
      lines.push("return;");
    }
    const before = pending === undefined ? [] : [`const ${pending} = ${prefixAt(indent)};`];
    if (pending !== undefined && plan.isRisky) {
      before.push(`/* Its error is handled below. */ ${pending}.catch(() => {});`);
    }
    const last = plan.meanwhile.at(-1);
    const all = [...this.#strandedComments(plan, [...before, ...lines]), ...before, ...lines];
    if (last === undefined) {
      const parent = this.#model.parentOf(statement);
      const isInList = parent?.type === "BlockStatement" || parent?.type === "SwitchCase";
      const braced = isInList ? all : ["{", ...all.map((line) => this.#unit + line), "}"];
      this.#edits.replace([start, end], braced.join(this.#newline + indent));
      return;
    }
    this.#edits.replace([start, end], all.slice(0, all.length - lines.length).join(this.#newline + indent));
    const behind = rangeWithComments(this.#model, last)[1];
    this.#edits.insert(behind, lines.map((line) => this.#newline + indent + line).join(""));
  }

  /** Comments between the links, which no handler takes along. */
  #strandedComments({ chain }: ChainPlan, lines: readonly string[]): string[] {
    const written = lines.join("\n");
    return this.#model
      .commentsIn(rangeOf(chain.statement))
      .map((comment) => this.#model.text.slice(...rangeOf(comment)))
      .filter((comment) => !written.includes(comment));
  }

  /** The value of the chain's prefix: `await load()`, `await parse(await load())`. */
  #calls({ calls }: ChainPlan, indent: string): string {
    const promise = `await ${operand(calls.promise, movedText(this.#model, this.#renames, rangeOf(calls.promise), indent))}`;
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
    const { lines, value } = this.#links(plan.links, valueAt, indent, { isTaken: false, isFollowed: false });
    return [...lines, ...(value === undefined ? [] : [`${value};`])];
  }

  /** Writes the links from the last one inwards: a `catch` takes all that is in front of it into its `try`. */
  #links(links: readonly UnrolledLink[], valueAt: (indent: string) => string, indent: string, next: Next): Written {
    const { isTaken } = next;
    const link = links.at(-1);
    if (link === undefined) {
      return { lines: [], value: valueAt(indent) };
    }
    const front = links.slice(0, -1);
    if (link.fulfilled !== undefined && link.rejected !== undefined) {
      const before = this.#inside(front, valueAt, { isTaken: takesValue(link), isFollowed: true });
      return next.isFollowed ? this.#eitherWay(link, before, indent, isTaken) : this.#both(link, before, indent);
    }
    if (link.fulfilled !== undefined) {
      const before = this.#links(front, valueAt, indent, { isTaken: takesValue(link), isFollowed: true });
      return this.#fulfilled(before, link.fulfilled, indent, isTaken);
    }
    const held = isTaken ? this.#names.take("value") : undefined;
    const body = this.#inside(front, valueAt, next)(indent + this.#unit, held);
    const lines = this.#try(body, link, held, indent);
    return { lines: held === undefined ? lines : [`let ${held};`, ...lines], value: held };
  }

  /** The lines of the links in front, which keep their value in a variable if there is one. */
  #inside(
    links: readonly UnrolledLink[],
    valueAt: (indent: string) => string,
    next: Next,
  ): (indent: string, held: string | undefined) => string[] {
    return (indent, held) => {
      const { lines, value } = this.#links(links, valueAt, indent, next);
      if (held !== undefined) {
        return [...lines, `${held} = ${value ?? "undefined"};`];
      }
      return [...lines, ...(value === undefined ? [] : [`${value};`])];
    };
  }

  #try(body: readonly string[], { rejected, finalizer }: UnrolledLink, held: string | undefined, indent: string): string[] {
    const deeper = indent + this.#unit;
    return [
      "try {",
      ...body.map((line) => this.#unit + line),
      ...(rejected === undefined ? [] : this.#catch(rejected, deeper, held)),
      ...(finalizer === undefined ? [] : ["} finally {", ...this.#statements(finalizer, deeper, "wait").map((line) => this.#unit + line)]),
      "}",
    ];
  }

  #catch(handler: ChainHandler, deeper: string, held: string | undefined, first: readonly string[] = []): string[] {
    const written =
      handler.kind === "call"
        ? this.#called(handler.node, this.#names.take("error"))
        : { parameter: this.#parameter(handler), ...this.#handled(handler, deeper, held !== undefined) };
    const { parameter, lines, value } = written;
    const keep = held === undefined ? (value === undefined ? [] : [`${value};`]) : value === undefined ? [] : [`${held} = ${value};`];
    return [parameter === undefined ? "} catch {" : `} catch (${parameter}) {`, ...[...first, ...lines, ...keep].map((line) => this.#unit + line)];
  }

  #called(callee: Node, parameter: string): Written & { readonly parameter: string } {
    const call = `${this.#model.textOf(callee)}(${parameter})`;
    return this.#isCallback(callee) ? { parameter, lines: [`${call};`], value: undefined } : { parameter, lines: [], value: `await ${call}` };
  }

  /** `.then(a, b)`: the second handler must not see errors of the first, and the first not run after the second. */
  #both({ fulfilled, rejected }: UnrolledLink, front: (indent: string, held: string | undefined) => string[], indent: string): Written {
    const deeper = indent + this.#unit;
    const parameter = fulfilled?.kind === "call" ? this.#names.take("value") : this.#parameter(fulfilled);
    const isPlainName = parameter === undefined || /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(parameter);
    const held = isPlainName ? parameter : this.#names.take("value");
    const lines = [
      ...(held === undefined ? [] : [`let ${held};`]),
      "try {",
      ...front(deeper, held).map((line) => this.#unit + line),
      ...(rejected === undefined ? [] : this.#catch(rejected, deeper, undefined)),
      ...(endsWithThrow(rejected) ? [] : [`${this.#unit}return;`]),
      "}",
      ...(isPlainName || held === undefined ? [] : [`const ${String(parameter)} = ${held};`]),
    ];
    if (fulfilled?.kind === "call") {
      const called = this.#called(fulfilled.node, held ?? "");
      return { lines: [...lines, ...called.lines], value: called.value };
    }
    return { lines: [...lines, ...this.#statements(fulfilled, indent, "wait")], value: undefined };
  }

  /** `.then(a, b)` with more to come: one of the two handlers runs, then the rest. */
  #eitherWay(
    { fulfilled, rejected }: UnrolledLink,
    front: (indent: string, held: string | undefined) => string[],
    indent: string,
    isTaken: boolean,
  ): Written {
    const deeper = indent + this.#unit;
    const value = this.#names.take("value");
    const isRejected = this.#names.take("isRejected");
    const written: Written =
      fulfilled === undefined ? { lines: [], value: undefined } : this.#fulfilled({ lines: [], value }, fulfilled, deeper, isTaken);
    const keep = written.value === undefined ? [] : [isTaken ? `${value} = ${written.value};` : `${written.value};`];
    const lost = written.value === undefined && isTaken ? [`${value} = undefined;`] : [];
    return {
      lines: [
        `let ${value};`,
        `let ${isRejected} = false;`,
        "try {",
        ...front(deeper, value).map((line) => this.#unit + line),
        ...(rejected === undefined ? [] : this.#catch(rejected, deeper, isTaken ? value : undefined, [`${isRejected} = true;`])),
        "}",
        `if (!${isRejected}) {`,
        ...[...written.lines, ...keep, ...lost].map((line) => this.#unit + line),
        "}",
      ],
      value: isTaken ? value : undefined,
    };
  }

  #fulfilled(before: Written, handler: ChainHandler, indent: string, isTaken: boolean): Written {
    const value = before.value ?? "undefined";
    if (handler.kind === "call") {
      const call = `${this.#model.textOf(handler.node)}(${value})`;
      return this.#isCallback(handler.node)
        ? { lines: [...before.lines, `${call};`], value: undefined }
        : { lines: before.lines, value: `await ${call}` };
    }
    const parameter = this.#parameter(handler);
    const declares = this.#isReassigned(handler) ? "let" : "const";
    const bound =
      parameter === undefined
        ? before.value === undefined
          ? []
          : [`${before.value};`]
        : [`${declares} ${parameter} = ${value};`];
    const { lines, value: result } = this.#handled(handler, indent, isTaken);
    return { lines: [...before.lines, ...bound, ...lines], value: result };
  }

  /** The statements of a handler, and its value as far as the next link takes it. */
  #handled(handler: ChainHandler & { readonly kind: "inline" }, indent: string, isTaken: boolean): Written {
    const result = isTaken ? valueOf(this.#model, handler) : undefined;
    if (result === undefined || this.#isSettle(result)) {
      return { lines: this.#statements(handler, indent, "wait"), value: undefined };
    }
    const isPlain = result.type === "Literal" || result.type === "TemplateLiteral" || result.type === "ObjectExpression";
    return {
      lines: this.#statements(handler, indent, "drop"),
      value: `${isPlain || result.type === "AwaitExpression" ? "" : "await "}${this.#text(result, indent)}`,
    };
  }

  #isCallback(node: Node): boolean {
    const callback = this.#owner.params[1];
    return callback !== undefined && this.#model.variableOf(node) === this.#model.variableOf(callback);
  }

  /** True for an expression that calls back, whichever way it goes. */
  #isSettle(node: Node): boolean {
    if (node.type === "ConditionalExpression") {
      return this.#isSettle(node.consequent) && this.#isSettle(node.alternate);
    }
    if (node.type === "LogicalExpression") {
      return this.#isSettle(node.right);
    }
    return node.type === "CallExpression" && this.#isCallback(node.callee);
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
    return operand(node, text);
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
      return [`${this.#isCallback(handler.node) ? "" : "await "}${this.#model.textOf(handler.node)}();`];
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
    if (value.length === 0) {
      return [...headText, ...(tailText === "" ? [] : [tailText.trim()])];
    }
    return [...headText, ...value.slice(0, -1), `${value.at(-1) ?? ""}${tailText}`];
  }

  /** A value that nobody takes: it is waited for, so that its error still counts; a call of the callback just happens. */
  #forgotten(node: Node, indent: string): string[] {
    if (isPure(this.#model, node)) {
      return [];
    }
    return [this.#isSettle(node) || node.type === "AwaitExpression" ? `${movedText(this.#model, this.#renames, rangeOf(node), indent)};` : `await ${this.#text(node, indent)};`];
  }
}

function endsWithThrow(handler: ChainHandler | undefined): boolean {
  return (
    handler?.kind === "inline" &&
    handler.node.body.type === "BlockStatement" &&
    handler.node.body.body.at(-1)?.type === "ThrowStatement"
  );
}
