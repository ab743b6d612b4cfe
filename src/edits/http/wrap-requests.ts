import type * as ESTree from "estree";
import type { Model } from "../../analysis/code/model.ts";
import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import { requestsOf } from "../../analysis/toolbelt/requests.ts";
import type { EditList } from "../text/edit-list.ts";
import { gapStart } from "../text/gaps.ts";
import { indentAt, lineEndingOf, unitOf } from "../text/layout.ts";
import { lineAt, lineStart } from "../text/white-space.ts";

/** So many columns a line may have before it is broken. */
const WIDTH = 120;

/** The object literal at the end of a value: its own, or the last argument of a call. */
function lastLiteral(node: Node | undefined): ESTree.ObjectExpression | undefined {
  if (node?.type === "ObjectExpression") {
    return node;
  }
  return node?.type === "CallExpression" || node?.type === "NewExpression"
    ? lastLiteral(node.arguments.at(-1))
    : undefined;
}

/** Breaks a literal of one line into a property a line, and those that are still too long as well. */
function breakLiteral(model: Model, edits: EditList, literal: ESTree.ObjectExpression, indent: string): void {
  const { text } = model;
  const [start, end] = rangeOf(literal);
  const newline = lineEndingOf(text);
  const inner = indent + unitOf(model);
  for (const [index, property] of literal.properties.entries()) {
    const [from, to] = rangeOf(property);
    edits.replace([index === 0 ? start + 1 : gapStart(model, from), from], newline + inner);
    const value = property.type === "Property" ? lastLiteral(property.value) : undefined;
    if (value !== undefined && inner.length + to - from >= WIDTH) {
      breakLiteral(model, edits, value, inner);
    }
  }
  const last = gapStart(model, end - 1);
  const comma = text[last - 1] === "," ? "" : ",";
  edits.replace([last, end - 1], comma + newline + indent);
}

/**
 * Breaks what is too long in a literal, or the literal itself where it fills one line with more.
 *
 * @param width of its line
 * @returns whether the line ends with the brace of the literal now
 */
function wrapLiteral(
  model: Model,
  edits: EditList,
  literal: ESTree.ObjectExpression,
  width = lineAt(model.text, rangeOf(literal)[0]).length,
): boolean {
  const { text } = model;
  const [start, end] = rangeOf(literal);
  if (!text.slice(start, end).includes("\n")) {
    const isPlain = literal.properties.length > 0 && model.commentsIn([start, end]).length === 0;
    const isBroken = isPlain && width > WIDTH;
    if (isBroken) {
      breakLiteral(model, edits, literal, indentAt(text, start));
    }
    return isBroken;
  }
  for (const property of literal.properties) {
    const value = property.type === "Property" ? lastLiteral(property.value) : undefined;
    if (value !== undefined) {
      wrapLiteral(model, edits, value);
    }
  }
  return false;
}

/** Clients whose requests take options that the migration writes. */
const CLIENTS = ["MTLSClient", "OrchestratorClient"];

/** The object literals at the ends of the arguments of requests, with the starts of their lines; of a call the last one comes first. */
function literalsOf(model: Model): { readonly literal: ESTree.ObjectExpression; readonly line: number }[] {
  return [...requestsOf(model, CLIENTS)]
    .toSorted((a, b) => rangeOf(a)[0] - rangeOf(b)[0])
    .flatMap((call) => call.arguments.toReversed())
    .flatMap((argument) => lastLiteral(argument) ?? [])
    .map((literal) => ({ literal, line: lineStart(model.text, rangeOf(literal)[0]) }));
}

/**
 * Writes the options of requests one a line where the line of the request is too long.
 *
 * @param ownLines the lines of the user's file, trimmed: they stay as they were written
 */
export function wrapRequests(model: Model, edits: EditList, ownLines: ReadonlySet<string>): void {
  // What is left of a line once a literal on it is broken.
  const widths = new Map<number, number>();
  for (const { literal, line } of literalsOf(model)) {
    const [start] = rangeOf(literal);
    const isBehind = start - line >= (widths.get(line) ?? Infinity);
    const isOwn = ownLines.has(lineAt(model.text, line).trim());
    if (!isBehind && !isOwn && wrapLiteral(model, edits, literal, widths.get(line))) {
      widths.set(line, start + 1 - line);
    }
  }
}
