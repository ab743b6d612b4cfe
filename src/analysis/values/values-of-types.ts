import type * as ESTree from "estree";
import type { FunctionNode, Node } from "../code/tree.ts";
import type { UnknownOrigin } from "./origins-types.ts";
import type { Path } from "./trace-events.ts";

/** Something that a value can be; `node` is the expression that makes it. */
export type Value<K = never> = { readonly node: Node } & (
  | { readonly kind: "text"; readonly parts: readonly TextPart[] }
  | { readonly kind: "number"; readonly value: number | undefined }
  | { readonly kind: "boolean"; readonly value: boolean | undefined }
  /** `null` or `undefined`. */
  | { readonly kind: "nothing" }
  /** What is falsy of something else. */
  | { readonly kind: "falsy" }
  | { readonly kind: "object"; readonly node: ESTree.ObjectExpression }
  | { readonly kind: "list"; readonly node: ESTree.ArrayExpression }
  | { readonly kind: "function"; readonly node: FunctionNode }
  /** What `+` makes of values that are not known: a text or a number. */
  | { readonly kind: "sum" }
  /** A class, a regular expression. */
  | { readonly kind: "class" | "pattern" }
  /** What `JSON.stringify` gives of something unknown: a text, or `undefined`. */
  | { readonly kind: "stringified" }
  | { readonly kind: "error" }
  /** An object that `new` makes, of a global class or of one that is not known. */
  | { readonly kind: "instance"; readonly of: string | undefined }
  | { readonly kind: "promise" }
  /** An object that a function of the language makes, of which no more is known. */
  | { readonly kind: "made-object" }
  /** What the asker knows. */
  | { readonly kind: "known"; readonly what: K }
  | {
      readonly kind: "unknown";
      readonly why: UnknownOrigin | "part" | "foreign" | "expression";
      /** True for what is no nothing, whatever else it is. */
      readonly isPresent: boolean;
    }
);

/** A piece of a text: written out, or the expression that is put in there. */
export type TextPart = string | Node;

/**
 * What an asker knows of values that come from code outside of the file: of the expression that makes them, or of what is
 * at a path in it, as `["promise", ".value"]` of a call.
 */
export type Knowledge<K> = (made: Node, path: Path) => K | undefined;
