import { perModel } from "../../analysis/code/per-model.ts";
import { lastAtMost } from "../../analysis/code/rising.ts";
import type { Model } from "../../analysis/code/model.ts";
import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";

/** The texts in quotes of a file, in source order, and where they begin. */
const textsOf = perModel((model) => {
  const literals = model.nodes("Literal").filter(({ value }) => typeof value === "string");
  return { literals, starts: literals.map((literal) => rangeOf(literal)[0]), isSingle: areSingle(literals) };
});

/** Texts that hold a single quote say nothing of the file's habit. */
function areSingle(literals: readonly { readonly raw?: string | undefined }[]): boolean {
  const isSingle = ({ raw = "" }: (typeof literals)[number]): boolean => raw.startsWith("'");
  return literals.some(isSingle) && literals.every((literal) => isSingle(literal) || literal.raw?.includes("'"));
}

/** Double quotes, unless the request (or else the file) uses single quotes only. */
export function quoterFor(model: Model, request: Node): (text: string) => string {
  const [start, end] = rangeOf(request);
  const { literals, starts, isSingle } = textsOf(model);
  const near = literals.slice(lastAtMost(starts, start - 1) + 1, lastAtMost(starts, end - 1) + 1);
  const quote = (near.length > 0 ? areSingle(near) : isSingle) ? "'" : '"';
  return (text) => quote + text + quote;
}
