import { isInList } from "../../analysis/code/lists.ts";
import type { Model } from "../../analysis/code/model.ts";
import { rangeOf } from "../../analysis/code/tree.ts";
import type { FunctionNode, Node, Range } from "../../analysis/code/tree.ts";
import type { AwaitedChain } from "../../analysis/contract/awaited-chain.ts";
import { exitsOf, inlineHandlers, takesValue } from "../../analysis/contract/chain-handlers.ts";
import type { ChainHandler } from "../../analysis/contract/chain-handlers.ts";
import { isLastIn } from "../../analysis/control/continuation.ts";
import { EditList } from "../text/edit-list.ts";
import { closedLine, indentAt, lineEndingOf, statementRange, unitOf } from "../text/layout.ts";
import { NewNames } from "../text/names.ts";
import { asStatementText } from "../text/statement-text.ts";
import { renameVariable, replaceName } from "../text/rename.ts";
import { joinFirstLink, strandedComments } from "./chain-parts.ts";
import { HandlerText } from "./handler-text.ts";
import type { Written } from "./handler-text.ts";
import { findClashes, innerRange, movedText } from "./inline-body.ts";
import { firstNeedless, needlessName } from "./needless-names.ts";

/** Writes the links of chains that are waited for as statements. */
export class AwaitedChainWriter {
  readonly #model: Model;
  readonly #edits: EditList;
  readonly #names: NewNames;

  constructor(model: Model, edits: EditList) {
    this.#model = model;
    this.#edits = edits;
    this.#names = new NewNames(model);
  }

  write(chain: AwaitedChain): void {
    const { statement } = chain;
    const range = statementRange(this.#model, statement);
    const outer = indentAt(this.#model.text, range[0]);
    const isOneOfMany = isInList(this.#model, statement);
    const unit = unitOf(this.#model);
    const indent = isOneOfMany ? outer : outer + unit;
    const lines = new ChainLines(this.#model, chain, this.#names, indent).written(range);
    const all = [...strandedComments(this.#model, chain, lines), ...lines];
    const newline = lineEndingOf(this.#model.text);
    const text = all.join(newline + indent);
    const closed = isOneOfMany
      ? closedLine(text, this.#model.text.slice(range[1]), newline + indent)
      : `{${newline}${indent}${text}${newline}${outer}}`;
    this.#edits.replace(range, closed);
  }
}

/** The statements of one chain. */
class ChainLines {
  readonly #model: Model;
  readonly #chain: AwaitedChain;
  readonly #renames = new EditList();
  readonly #handlers: HandlerText;
  readonly #needless = new Map<FunctionNode, readonly Node[]>();
  readonly #indent: string;

  constructor(model: Model, chain: AwaitedChain, names: NewNames, indent: string) {
    this.#model = model;
    this.#chain = chain;
    this.#indent = indent;
    this.#handlers = new HandlerText(model, undefined, this.#renames);
    this.#settleNames(names);
    joinFirstLink(model, this.#renames, chain.promise);
  }

  #settleNames(names: NewNames): void {
    const { links, owner } = this.#chain;
    const nodes = inlineHandlers(links).map(({ node }) => node);
    nodes.forEach((node, index) => {
      const clashes = findClashes(this.#model, node, owner, nodes.slice(0, index));
      const asked = { isTaken: clashes.includes.bind(clashes), isSettle: (): boolean => false };
      const needless =
        needlessName(this.#model, links, node, asked) ?? firstNeedless(this.#model, links, node, asked.isTaken);
      if (needless !== undefined) {
        this.#needless.set(node, needless.reads);
      }
      for (const variable of clashes.filter((clash) => clash !== needless?.variable)) {
        renameVariable(this.#model, this.#renames, variable, names.take(variable.name));
      }
    });
  }

  /** All statements, the one that takes the value last. */
  written([start, end]: Range): string[] {
    const { statement, owner, promise, links, use, whole, isTried } = this.#chain;
    const value = this.#handlers.awaited({ promise, functions: [] }, this.#indent);
    let written: Written = { lines: [], value };
    for (const [index, { fulfilled }] of links.entries()) {
      if (fulfilled !== undefined) {
        const next = links[index + 1];
        written = this.#link(written, fulfilled, next === undefined ? use !== "forgotten" : takesValue(next));
      }
    }
    const { lines, value: result } = written;
    if (result === undefined) {
      const isEnd = use !== "returned" || isLastIn(this.#model, statement, owner, "fall");
      return isEnd || endsWithReturn(this.#model, links.at(-1)?.fulfilled) ? [...lines] : [...lines, "return;"];
    }
    const [from, to] = rangeOf(whole);
    const given = use === "returned" && !isTried ? result.replace(/^await /u, "") : result;
    const last =
      use === "forgotten"
        ? `${asStatementText(given)};`
        : this.#model.text.slice(start, from) + given + this.#model.text.slice(to, end);
    return [...lines, last];
  }

  #link({ lines, value }: Written, handler: ChainHandler, isTaken: boolean): Written {
    const given = value ?? "undefined";
    if (handler.kind === "call") {
      return { lines, value: this.#handlers.called(handler.node, given).value };
    }
    const needless = this.#needless.get(handler.node);
    needless?.forEach((read) => {
      replaceName(this.#model, this.#renames, read, given.startsWith("await ") ? `(${given})` : given);
    });
    const written = this.#statements(handler, isTaken);
    return {
      lines: [...lines, ...(needless === undefined ? this.#bound(handler, value) : []), ...written.lines],
      value: written.value,
    };
  }

  #bound(handler: ChainHandler & { readonly kind: "inline" }, value: string | undefined): string[] {
    const parameter = this.#handlers.parameter(handler);
    if (parameter === undefined) {
      return value === undefined ? [] : [`${asStatementText(value)};`];
    }
    return [`${this.#handlers.isReassigned(handler) ? "let" : "const"} ${parameter} = ${value ?? "undefined"};`];
  }

  #statements(handler: ChainHandler & { readonly kind: "inline" }, isTaken: boolean): Written {
    const { early } = exitsOf(this.#model, handler);
    const range = early.length === 0 ? undefined : innerRange(this.#model, handler.node.body);
    // The function is left where the handler was.
    return range === undefined
      ? this.#handlers.handled(handler, this.#indent, isTaken)
      : { lines: [movedText(this.#model, this.#renames, range, this.#indent)], value: undefined };
  }
}

/** True for a handler that leaves the function by itself, wherever it ends. */
function endsWithReturn(model: Model, handler: ChainHandler | undefined): boolean {
  const body = handler?.kind === "inline" && handler.node.body.type === "BlockStatement" ? handler.node.body.body : [];
  const last = body.at(-1);
  const isLeft = handler?.kind === "inline" && exitsOf(model, handler).early.length > 0;
  return last?.type === "ThrowStatement" || (isLeft && last?.type === "ReturnStatement");
}
