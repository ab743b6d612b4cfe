import { isNullish, rangeOf } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import type { Model } from "../../analysis/code/model.ts";
import type { SettlePlan } from "../../analysis/contract/settle-types.ts";
import { indentAt, reindentCode, statementRange } from "../text/layout.ts";
import { withParentheses } from "../text/parentheses.ts";

/** The text of an argument as it reads at the indentation of its statement. */
export function argumentText(model: Model, plan: SettlePlan, argument: Node): string {
  const whole = withParentheses(model, argument);
  // `throw (error)` reads as `throw error`, and is looked for as that.
  const isName = argument.type === "Identifier" && model.commentsIn(whole).length === 0;
  const range = isName ? rangeOf(argument) : whole;
  const from = indentAt(model.text, range[0]);
  const to = indentAt(model.text, rangeOf(plan.statement)[0]);
  return reindentCode(model.text.slice(...range), from, to);
}

/** The value as text; undefined when it is left out or `undefined`. */
export function valueText(model: Model, plan: SettlePlan): string | undefined {
  const { value } = plan;
  const isAbsent = value === undefined || (value.type !== "Literal" && isNullish(value));
  return isAbsent ? undefined : argumentText(model, plan, value);
}

/** Comments of a statement that its new text would lose, as they are written. */
export function strandedComments(model: Model, plan: SettlePlan, kept: readonly Node[]): string[] {
  const ranges = kept.map((node) => withParentheses(model, node));
  return model
    .commentsIn(statementRange(model, plan.statement))
    .map((comment) => rangeOf(comment))
    .filter(([start, end]) => !ranges.some((range) => start >= range[0] && end <= range[1]))
    .map((range) => model.text.slice(...range));
}
