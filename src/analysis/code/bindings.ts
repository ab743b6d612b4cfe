import type { Variable } from "eslint-scope";
import type { Node } from "./tree.ts";

/** The places where a variable is read, in source order. */
export function readsOf(variable: Variable): Node[] {
  return variable.references.filter((reference) => reference.isRead()).map((reference) => reference.identifier as Node);
}

/** True when nothing but its declaration writes the variable. */
export function isConstant(variable: Variable): boolean {
  return (
    variable.defs.length === 1 &&
    variable.references.every((reference) => !reference.isWrite() || reference.init === true)
  );
}
