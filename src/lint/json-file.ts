import type { Rule } from "eslint";
import { nodeTooDeep } from "../analysis/code/depth.ts";
import type { Range } from "../analysis/code/tree.ts";

/** A value in a JSON file, with its place. */
export type JsonNode =
  | { readonly type: "object"; readonly range: Range; readonly members: readonly JsonMember[] }
  | { readonly type: "array"; readonly range: Range; readonly elements: readonly JsonNode[] }
  | { readonly type: "string"; readonly range: Range; readonly value: string }
  | { readonly type: "other"; readonly range: Range };

/** A name and its value in an object. */
export interface JsonMember {
  readonly name: string;
  readonly nameRange: Range;
  readonly value: JsonNode;
}

/** A JSON file that `@eslint/json` has parsed. */
export interface JsonFile {
  /** The path as ESLint gives it. */
  readonly path: string;
  readonly text: string;
  readonly root: JsonNode;
}

/** What is used of the tree of `@eslint/json`. */
interface Momoa {
  readonly type: string;
  readonly range?: Range;
  readonly loc: { readonly start: { readonly offset: number }; readonly end: { readonly offset: number } };
  readonly body?: Momoa;
  readonly members?: readonly (Momoa & { readonly name: Momoa; readonly value: Momoa })[];
  readonly elements?: readonly { readonly value: Momoa }[];
  readonly value?: unknown;
  readonly name?: unknown;
}

function rangeOf({ loc }: Momoa): Range {
  return [loc.start.offset, loc.end.offset];
}

function nodeOf(node: Momoa): JsonNode {
  const range = rangeOf(node);
  switch (node.type) {
    case "Object":
      return {
        type: "object",
        range,
        members: (node.members ?? []).map(({ name, value }) => ({
          // JSON5 has names without quotes.
          name: typeof name.value === "string" ? name.value : String(name.name),
          nameRange: rangeOf(name),
          value: nodeOf(value),
        })),
      };
    case "Array":
      return { type: "array", range, elements: (node.elements ?? []).map(({ value }) => nodeOf(value)) };
    case "String":
      return { type: "string", range, value: String(node.value) };
    default:
      return { type: "other", range };
  }
}

function childrenOf({ members = [], elements = [] }: Momoa): Momoa[] {
  return [...members, ...elements].map(({ value }) => value);
}

/** The JSON file that ESLint looks at. */
export function jsonFileOf({ filename, sourceCode }: Rule.RuleContext, document: unknown): JsonFile {
  const { body } = document as Momoa;
  if (body === undefined) {
    throw new Error(`${filename} has no JSON document; lint it with @eslint/json.`);
  }
  // No rule looks for anything as deep as that.
  const isTooDeep = nodeTooDeep(body, childrenOf) !== undefined;
  const root: JsonNode = isTooDeep ? { type: "other", range: rangeOf(body) } : nodeOf(body);
  return { path: filename, text: sourceCode.text, root };
}
