import type { Node } from "../code/tree.ts";
import type { Model } from "../code/model.ts";
import { writtenText } from "./constants.ts";
import { valuesOf } from "./values-of.ts";

/** Every text that an expression can give; undefined stands for values that can't be known. */
export function textsOf(model: Model, node: Node): readonly (string | undefined)[] {
  return valuesOf(model, node).map((value) => (value.kind === "text" ? writtenText(value.parts) : undefined));
}
