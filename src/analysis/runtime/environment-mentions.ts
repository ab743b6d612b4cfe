import type { Model } from "../code/model.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import type { Environment } from "./environment.ts";

/** A place that may name a variable of the environment. */
export interface HiddenName {
  readonly name: string;
  readonly node: Node;
}

const IN_NAME = /^\w$/u;

/** The name that a text is, or that ends the path which it is: `BRAND_ID`, `process.env.BRAND_ID`, `env["BRAND_ID"]`. */
function nameAtEnd(text: string): string | undefined {
  let end = text.length;
  while (end > 0 && `"']`.includes(text.charAt(end - 1))) {
    end -= 1;
  }
  let start = end;
  while (start > 0 && IN_NAME.test(text.charAt(start - 1))) {
    start -= 1;
  }
  return start < end && (start === 0 || `.["'`.includes(text.charAt(start - 1))) ? text.slice(start, end) : undefined;
}

/**
 * Where `process.env` is not only read by name, every other mention of a variable may be a read or a write of it: of a
 * member, in a pattern or a literal, and in a string.
 */
export function findHiddenNames(
  model: Model,
  { uses, escapes, computed, hidden }: Environment,
  isWanted: (name: string) => boolean,
): HiddenName[] {
  if (escapes.length + computed.length + hidden.length === 0) {
    return [];
  }
  const known = new Set<Node>(uses.map(({ key }) => key));
  const keys = [...model.nodes("MemberExpression"), ...model.nodes("Property")].flatMap((node) => {
    const name = staticName(node);
    return name === undefined ? [] : [{ name, node: node.type === "Property" ? node.key : node.property }];
  });
  const texts = model.nodes("Literal").flatMap((node) => {
    const name = typeof node.value === "string" ? nameAtEnd(node.value) : undefined;
    return name === undefined ? [] : [{ name, node }];
  });
  const names = [...keys, ...texts].filter(({ name, node }) => !known.has(node) && isWanted(name));
  return [...new Map(names.map((found) => [found.node, found])).values()];
}
