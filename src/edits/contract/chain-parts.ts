import { rangeOf } from "../../analysis/code/tree.ts";
import { isCallOf } from "../../analysis/code/names.ts";
import type { Node } from "../../analysis/code/tree.ts";
import type { Model } from "../../analysis/code/model.ts";
import type { Chain } from "../../analysis/control/chains.ts";
import type { EditList } from "../text/edit-list.ts";
import { statementRange } from "../text/layout.ts";

/** What a promise is called that something else happens in front of, or whose making may fail. */
export function promiseName(model: Model, { base }: Chain): string {
  return isCallOf(model, base, "fetch") ? "request" : "promise";
}

/** A call of this length fits a line with `const … = await …` in front of it. */
const SHORT = 60;

/** A call that is left alone of a chain needs no line of its own: `await client.readSecret("key")`. */
export function joinFirstLink(model: Model, edits: EditList, promise: Node): void {
  const callee = promise.type === "CallExpression" ? promise.callee : undefined;
  const object = callee?.type === "MemberExpression" && !callee.computed ? callee.object : undefined;
  if (callee?.type !== "MemberExpression" || object?.type !== "Identifier") {
    return;
  }
  const gap = model.text.slice(rangeOf(object)[1], rangeOf(callee.property)[0]);
  const blanks = /^\s*\n\s*/u.exec(gap)?.[0] ?? "";
  const line = /^.*/u.exec(model.text.slice(rangeOf(callee.property)[0]))?.[0] ?? "";
  if (blanks !== "" && gap.slice(blanks.length) === "." && line.length <= SHORT) {
    edits.remove([rangeOf(object)[1], rangeOf(object)[1] + blanks.length]);
  }
}

/** Comments between the links of a chain, which no handler takes along. */
export function strandedComments(
  model: Model,
  { statement }: { readonly statement: Node },
  lines: readonly string[],
): string[] {
  const written = lines.join("\n");
  return model
    .commentsIn(statementRange(model, statement))
    .map((comment) => model.text.slice(...rangeOf(comment)))
    .filter((comment) => !written.includes(comment));
}
