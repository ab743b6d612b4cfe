import { createScanner, parseTree, printParseErrorCode } from "jsonc-parser";
import type { Node, ParseError } from "jsonc-parser";

import { MAX_DEPTH } from "../analysis/code/depth.ts";
import type { EditList } from "../edits/text/edit-list.ts";
import type { Place } from "./result.ts";

/** A JSON text with the places of its parts. */
export type JsonText = { readonly root: Node } | { readonly problem: JsonProblem };

/** Why a text can't be read, with the data of the reason's sentence. */
export interface JsonProblem {
  readonly id: "config-syntax" | "too-deep";
  readonly offset: number;
  readonly data: Readonly<Record<string, string>>;
}

/** A property of a JSON object. */
export interface JsonProperty {
  readonly name: string;
  /** The name with its quotes. */
  readonly key: Node;
  readonly value: Node;
  /** Name, colon and value. */
  readonly node: Node;
}

/** Parses strict JSON, as the platform's command line reads it, but for a byte order mark at the beginning. */
export function parseJson(text: string): JsonText {
  const deep = offsetTooDeep(text);
  if (deep !== undefined) return { problem: { id: "too-deep", offset: deep, data: {} } };
  const errors: ParseError[] = [];
  const options = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false };
  const root = parseTree(text.replace(/^\uFEFF/u, " "), errors, options);
  const [error] = errors;
  if (error !== undefined) return syntaxProblem(wordsOfCode(printParseErrorCode(error.error)), error.offset);
  return root === undefined ? syntaxProblem("it is empty", 0) : { root };
}

function syntaxProblem(message: string, offset: number): JsonText {
  return { problem: { id: "config-syntax", offset, data: { message } } };
}

/** Where brackets are nested more deeply than a parser has stack for; the scanner needs none. */
function offsetTooDeep(text: string): number | undefined {
  const scanner = createScanner(text, true);
  let depth = 0;
  for (;;) {
    scanner.scan();
    // Only the end of the text has no length.
    if (scanner.getTokenLength() === 0) return undefined;
    const token = text[scanner.getTokenOffset()] ?? "";
    if (token === "[" || token === "{") depth += 1;
    else if (token === "]" || token === "}") depth -= 1;
    if (depth > MAX_DEPTH) return scanner.getTokenOffset();
  }
}

/** `CommaExpected` as “comma expected”. */
function wordsOfCode(code: string): string {
  return code.replaceAll(/(?<=[a-z])(?=[A-Z])/gu, " ").toLowerCase();
}

/** The properties of an object in the order of the text; none of anything else. */
export function propertiesOf(node: Node | undefined): JsonProperty[] {
  if (node?.type !== "object") return [];
  return (node.children ?? []).flatMap((property): JsonProperty[] => {
    const [key, value] = property.children ?? [];
    return key === undefined || value === undefined ? [] : [{ name: String(key.value), key, value, node: property }];
  });
}

/** The properties of that name; JSON allows several, of which the last counts. */
export function propertiesNamed(node: Node, name: string): JsonProperty[] {
  return propertiesOf(node).filter((property) => property.name === name);
}

/** Where a node begins and ends in the text. */
export function rangeOfJson({ offset, length }: Node): [number, number] {
  return [offset, offset + length];
}

/** Removes one property of an object with the comma and the line break that belong to it. */
export function removeProperty(object: Node, { node }: JsonProperty, edits: EditList): void {
  const siblings = object.children ?? [];
  const index = siblings.indexOf(node);
  const [previous, next] = [siblings[index - 1], siblings[index + 1]];
  const [start, end] = rangeOfJson(node);
  if (next !== undefined) edits.remove([start, next.offset]);
  else if (previous === undefined) edits.remove([object.offset + 1, object.offset + object.length - 1]);
  else edits.remove([previous.offset + previous.length, end]);
}

/** The place of an offset in a text; counts from 1. */
export function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, Math.max(offset, 0));
  return { line: before.split("\n").length, column: before.length - before.lastIndexOf("\n") };
}
