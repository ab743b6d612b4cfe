import type { Model } from "../../analysis/code/model.ts";
import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";

/** Double quotes, unless the request (or else the file) uses single quotes only. */
export function quoterFor(model: Model, request: Node): (text: string) => string {
  const [start, end] = rangeOf(request);
  const raws = model.nodes("Literal").flatMap((literal) => (typeof literal.value === "string" ? [literal] : []));
  const near = raws.filter((literal) => rangeOf(literal)[0] >= start && rangeOf(literal)[1] <= end);
  const sample = near.length > 0 ? near : raws;
  const isSingle = sample.length > 0 && sample.every((literal) => literal.raw?.startsWith("'"));
  return (text) => (isSingle ? `'${text}'` : `"${text}"`);
}
