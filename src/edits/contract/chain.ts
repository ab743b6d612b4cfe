import { isInList } from "../../analysis/code/lists.ts";
import { rangeOf } from "../../analysis/code/tree.ts";
import type { FunctionNode, Node } from "../../analysis/code/tree.ts";
import { exitsOf, inlineHandlers, takesValue } from "../../analysis/contract/chain-handlers.ts";
import type { ChainContext, ChainHandler, UnrolledLink } from "../../analysis/contract/chain-handlers.ts";
import type { ChainPlan } from "../../analysis/contract/chain-plan.ts";
import type { Chain } from "../../analysis/control/chains.ts";
import type { Model } from "../../analysis/code/model.ts";
import { EditList } from "../text/edit-list.ts";
import { HandlerText, leavesAtEnd } from "./handler-text.ts";
import type { Written } from "./handler-text.ts";
import { joinFirstLink, promiseName, strandedComments } from "./chain-parts.ts";
import { needlessName } from "./needless-names.ts";
import { findClashes, movedText } from "./inline-body.ts";
import { freeLabel, labelled, leaveByLabel } from "./leave-label.ts";
import { closedLine, indentAt, lineEndingOf, statementRange, unitOf } from "../text/layout.ts";
import { NewNames } from "../text/names.ts";
import { rangeWithComments } from "../text/remove-statements.ts";
import { renameVariable, replaceName } from "../text/rename.ts";
import { asStatementText } from "../text/statement-text.ts";
import { writtenComments } from "./written-comments.ts";

/** What comes behind a link: whether its value is taken, and whether anything runs when it has succeeded. */
interface Next {
  readonly isTaken: boolean;
  readonly isFollowed: boolean;
}

/** Writes planned chains as `await` and `try`. */
export class ChainWriter {
  readonly #model: Model;
  readonly #owner: FunctionNode;
  readonly #edits: EditList;
  readonly #renames = new EditList();
  readonly #handlers: HandlerText;
  readonly #newline: string;
  readonly #unit: string;
  readonly #names: NewNames;
  /** Where the names of handlers are read that their values take the place of. */
  readonly #needless = new Map<FunctionNode, readonly Node[]>();
  /** What leaves the statements of a handler. */
  #leave = "return;";

  constructor({ model, owner, callback }: ChainContext, edits: EditList) {
    this.#model = model;
    this.#owner = owner;
    this.#edits = edits;
    this.#names = new NewNames(model);
    this.#handlers = new HandlerText(model, callback, this.#renames);
    this.#newline = lineEndingOf(model.text);
    this.#unit = unitOf(model);
  }

  write(plan: ChainPlan): void {
    const { statement } = plan.chain;
    const [start, end] = statementRange(this.#model, statement);
    const indent = indentAt(this.#model.text, start);
    this.#renameClashes(plan);
    joinFirstLink(this.#model, this.#renames, plan.calls.promise);
    const label = plan.isLeftEarly ? this.#leaveByLabel(plan.links) : undefined;
    const inner = label === undefined ? indent : indent + this.#unit;
    const pending = plan.isPending ? this.#names.take(promiseName(this.#model, plan.chain)) : undefined;
    const prefixAt = (at: string): string => movedText(this.#model, this.#renames, rangeOf(plan.prefix), at);
    const chain = this.#chain(
      plan,
      pending === undefined ? (at): string => this.#handlers.awaited(plan.calls, at) : (): string => `await ${pending}`,
      inner,
    );
    const lines = label === undefined ? chain : labelled(label, chain, this.#unit);
    if (plan.mustLeave) {
      lines.push("return;");
    }
    const before = pending === undefined ? [] : [`const ${pending} = ${prefixAt(indent)};`];
    if (pending !== undefined && plan.isRisky) {
      before.push(`${writtenComments.handledBelow} ${pending}.catch(() => {});`);
    }
    const last = plan.meanwhile.at(-1);
    const all = [...strandedComments(this.#model, plan.chain, [...before, ...lines]), ...before, ...lines];
    if (last === undefined) {
      const isOneOfMany = isInList(this.#model, statement);
      const braced = isOneOfMany ? all : ["{", ...all.map((line) => this.#unit + line), "}"];
      const text = braced.join(this.#newline + indent);
      this.#edits.replace([start, end], closedLine(text, this.#model.text.slice(end), this.#newline + indent));
      return;
    }
    this.#edits.replace([start, end], all.slice(0, all.length - lines.length).join(this.#newline + indent));
    const behind = rangeWithComments(this.#model, last)[1];
    this.#edits.insert(behind, lines.map((line) => this.#newline + indent + line).join(""));
  }

  /** A name that means something else in the function that takes the handlers in gets a number, or goes. */
  #renameClashes(plan: ChainPlan): void {
    const handlers = inlineHandlers(plan.links).map(({ node }) => node);
    this.#needless.clear();
    handlers.forEach((handler, index) => {
      const clashes = findClashes(this.#model, handler, this.#owner, handlers.slice(0, index));
      const needless = needlessName(this.#model, plan.links, handler, {
        isTaken: (variable) => clashes.includes(variable),
        isSettle: (call) => this.#handlers.isSettle(call),
      });
      if (needless !== undefined) {
        this.#needless.set(handler, needless.reads);
      }
      for (const variable of clashes.filter((clash) => clash !== needless?.variable)) {
        renameVariable(this.#model, this.#renames, variable, this.#names.take(variable.name));
      }
    });
  }

  /** Lets the `return`s of the handlers leave a block of their own, and gives its name. */
  #leaveByLabel(links: readonly UnrolledLink[]): string {
    const label = freeLabel(this.#model, "work");
    this.#leave = `break ${label};`;
    for (const { node } of inlineHandlers(links)) {
      const { last, early } = exitsOf(this.#model, { node });
      const bare = last !== undefined && !last.argument ? [last] : [];
      leaveByLabel(this.#model, this.#renames, [...early, ...bare], label, (value) => this.#handlers.isSettle(value));
    }
    return label;
  }

  #chain(plan: ChainPlan, valueAt: (indent: string) => string, indent: string): string[] {
    const behind = plan.inner === undefined ? undefined : this.#innerBehind(plan.inner, indent);
    const { lines, value } = this.#links(plan.links, valueAt, indent, { isTaken: false, isFollowed: false });
    const all = [...lines, ...(value === undefined ? [] : [`${asStatementText(value)};`])];
    if (behind === undefined) {
      return all;
    }
    // The last line closes the `catch`, which must not run on into the inner chain.
    return [`let ${behind.name};`, ...all.slice(0, -1), `${this.#unit}return;`, ...all.slice(-1), behind.text];
  }

  /** Lets the handler only make the inner promise, and gives the rest of its chain, to be written behind the `try`. */
  #innerBehind({ statement, base }: Chain, indent: string): { readonly name: string; readonly text: string } {
    const name = this.#names.take("inner");
    const [start, end] = statementRange(this.#model, statement);
    const [from, to] = rangeOf(base);
    const rest = movedText(this.#model, this.#renames, [to, end], indent);
    this.#renames.replaceWhole([start, from], `${name} = `);
    this.#renames.replaceWhole([to, end], ";");
    return { name, text: name + rest };
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
      return [...lines, ...(value === undefined ? [] : [`${asStatementText(value)};`])];
    };
  }

  #try(
    body: readonly string[],
    { rejected, finalizer }: UnrolledLink,
    held: string | undefined,
    indent: string,
  ): string[] {
    const deeper = indent + this.#unit;
    return [
      "try {",
      ...body.map((line) => this.#unit + line),
      ...(rejected === undefined ? [] : this.#catch(rejected, deeper, held)),
      ...(finalizer === undefined
        ? []
        : ["} finally {", ...this.#handlers.statements(finalizer, deeper, "wait").map((line) => this.#unit + line)]),
      "}",
    ];
  }

  #catch(handler: ChainHandler, deeper: string, held: string | undefined, first: readonly string[] = []): string[] {
    const written =
      handler.kind === "call"
        ? this.#handlers.called(handler.node, this.#errorName(handler.node))
        : {
            parameter: this.#handlers.parameter(handler),
            ...this.#handlers.handled(handler, deeper, held !== undefined),
          };
    const { parameter, lines, value } = written;
    const keep =
      held === undefined
        ? value === undefined
          ? []
          : [`${asStatementText(value)};`]
        : value === undefined
          ? []
          : [`${held} = ${value};`];
    return [
      parameter === undefined ? "} catch {" : `} catch (${parameter}) {`,
      ...[...first, ...lines, ...keep].map((line) => this.#unit + line),
    ];
  }

  /** A name for an error that is only handed to a function: it may hide any other but that of the function. */
  #errorName(callee: Node): string {
    return this.#model.textOf(callee) === "error" ? this.#names.take("error") : "error";
  }

  /** `.then(a, b)`: the second handler must not see errors of the first, and the first not run after the second. */
  #both(
    { fulfilled, rejected }: UnrolledLink,
    front: (indent: string, held: string | undefined) => string[],
    indent: string,
  ): Written {
    const deeper = indent + this.#unit;
    const parameter = fulfilled?.kind === "call" ? this.#names.take("value") : this.#handlers.parameter(fulfilled);
    const isPlainName = parameter === undefined || /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(parameter);
    const held = isPlainName ? parameter : this.#names.take("value");
    const lines = [
      ...(held === undefined ? [] : [`let ${held};`]),
      "try {",
      ...front(deeper, held).map((line) => this.#unit + line),
      ...(rejected === undefined ? [] : this.#catch(rejected, deeper, undefined)),
      ...(leavesAtEnd(rejected) ? [] : [`${this.#unit}${this.#leave}`]),
      "}",
      ...(isPlainName || held === undefined ? [] : [`const ${parameter} = ${held};`]),
    ];
    if (fulfilled?.kind === "call") {
      const called = this.#handlers.called(fulfilled.node, held ?? "");
      return { lines: [...lines, ...called.lines], value: called.value };
    }
    return { lines: [...lines, ...this.#handlers.statements(fulfilled, indent, "wait")], value: undefined };
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
      fulfilled === undefined
        ? { lines: [], value: undefined }
        : this.#fulfilled({ lines: [], value }, fulfilled, deeper, isTaken);
    const keep =
      written.value === undefined
        ? []
        : [isTaken ? `${value} = ${written.value};` : `${asStatementText(written.value)};`];
    const lost = written.value === undefined && isTaken ? [`${value} = undefined;`] : [];
    return {
      lines: [
        `let ${value};`,
        `let ${isRejected} = false;`,
        "try {",
        ...front(deeper, value).map((line) => this.#unit + line),
        ...(rejected === undefined
          ? []
          : this.#catch(rejected, deeper, isTaken ? value : undefined, [`${isRejected} = true;`])),
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
      const called = this.#handlers.called(handler.node, value);
      return { lines: [...before.lines, ...called.lines], value: called.value };
    }
    const needless = this.#needless.get(handler.node);
    if (needless !== undefined) {
      needless.forEach((read) => {
        replaceName(this.#model, this.#renames, read, value);
      });
      const { lines, value: result } = this.#handlers.handled(handler, indent, isTaken);
      return { lines: [...before.lines, ...lines], value: result };
    }
    const parameter = this.#handlers.parameter(handler);
    const declares = this.#handlers.isReassigned(handler) ? "let" : "const";
    const bound =
      parameter === undefined
        ? before.value === undefined
          ? []
          : [`${asStatementText(before.value)};`]
        : [`${declares} ${parameter} = ${value};`];
    const { lines, value: result } = this.#handlers.handled(handler, indent, isTaken);
    return { lines: [...before.lines, ...bound, ...lines], value: result };
  }
}
