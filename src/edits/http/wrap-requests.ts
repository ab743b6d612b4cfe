import type * as ESTree from "estree";
import type { Model } from "../../analysis/code/model.ts";
import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import { findResponseCalls } from "../../analysis/http/fetch-requests.ts";
import type { EditList } from "../text/edit-list.ts";
import { gapStart } from "../text/gaps.ts";
import { indentAt, lineEndingOf, unitOf } from "../text/layout.ts";
import { lineStart } from "../text/white-space.ts";

/** So many columns a line may have before it is broken. */
const WIDTH = 120;

/** The text of the line that an offset stands on. */
function lineAt(text: string, offset: number): string {
  const start = lineStart(text, offset);
  const end = text.indexOf("\n", start);
  return text.slice(start, end === -1 ? text.length : end).trimEnd();
}

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

/** Breaks what is too long in a literal, or the literal itself where it fills one line with more. */
function wrapLiteral(model: Model, edits: EditList, literal: ESTree.ObjectExpression): void {
  const { text } = model;
  const [start, end] = rangeOf(literal);
  if (!text.slice(start, end).includes("\n")) {
    const isPlain = literal.properties.length > 0 && model.commentsIn([start, end]).length === 0;
    if (isPlain && lineAt(text, start).length > WIDTH) {
      breakLiteral(model, edits, literal, indentAt(text, start));
    }
    return;
  }
  for (const property of literal.properties) {
    const value = property.type === "Property" ? lastLiteral(property.value) : undefined;
    if (value !== undefined) {
      wrapLiteral(model, edits, value);
    }
  }
}

/** Writes the options of requests one a line where the line of the request is too long. */
export function wrapRequests(model: Model, edits: EditList): void {
  // Of two requests on one line the first one makes room for the second.
  const lines = new Set<number>();
  for (const call of [...findResponseCalls(model)].toSorted((a, b) => rangeOf(a)[0] - rangeOf(b)[0])) {
    const literal = lastLiteral(call);
    const line = literal && lineStart(model.text, rangeOf(literal)[0]);
    if (literal !== undefined && line !== undefined && !lines.has(line)) {
      lines.add(line);
      wrapLiteral(model, edits, literal);
    }
  }
}
