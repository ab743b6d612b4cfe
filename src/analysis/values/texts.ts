import type { Node } from "../code/tree.ts";
import type { Model } from "../code/model.ts";
import { stringOf } from "./constants.ts";
import { originsOf } from "./origins.ts";

/** Every text that an expression can give; undefined stands for values that can't be told. */
export function textsOf(model: Model, node: Node): readonly (string | undefined)[] {
  return originsOf(model, node).map((origin) => (origin.kind === "made" ? stringOf(model, origin.node) : undefined));
}
