import { rangeOf } from "../../analysis/code/tree.ts";
import { isCallOf } from "../../analysis/code/names.ts";
import type { Model } from "../../analysis/code/model.ts";
import type { Chain } from "../../analysis/control/chains.ts";
import { statementRange } from "../text/layout.ts";

/** What a promise is called that something else happens in front of, or whose making may fail. */
export function promiseName(model: Model, { base }: Chain): string {
  return isCallOf(model, base, "fetch") ? "request" : "promise";
}

/** Comments between the links of a chain, which no handler takes along. */
export function strandedComments(model: Model, { statement }: Chain, lines: readonly string[]): string[] {
  const written = lines.join("\n");
  return model
    .commentsIn(statementRange(model, statement))
    .map((comment) => model.text.slice(...rangeOf(comment)))
    .filter((comment) => !written.includes(comment));
}
