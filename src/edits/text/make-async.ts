import type { Model } from "../../analysis/code/model.ts";
import { rangeOf } from "../../analysis/code/tree.ts";
import type { FunctionNode } from "../../analysis/code/tree.ts";
import type { EditList } from "./edit-list.ts";

/** Writes `async` in front of a function; that of a method stands in front of its name. */
export function makeAsync(model: Model, edits: EditList, node: FunctionNode): void {
  const property = model.parentOf(node);
  const isMethod = property?.type === "Property" && property.method;
  edits.insert(rangeOf(isMethod ? property : node)[0], "async ");
}
