import type * as ESTree from "estree";
import { isNullish, rangeOf, staticName } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import { isPure } from "../../analysis/code/effects.ts";
import { isText } from "../../analysis/errors/kind.ts";
import type { Model } from "../../analysis/code/model.ts";
import type { SettlePlan } from "../../analysis/contract/settle-types.ts";
import { indentAt, reindentCode } from "../text/layout.ts";
import { argumentRange } from "../text/list-items.ts";

/** The text of an argument as it reads at the indentation of its statement. */
export function argumentText(model: Model, plan: SettlePlan, argument: Node): string {
  const range = argumentRange(model, plan.call, argument);
  const from = indentAt(model.text, range[0]);
  const to = indentAt(model.text, rangeOf(plan.statement)[0]);
  return reindentCode(model.text.slice(...range), from, to);
}

/** The error as V2 throws it: an Error object, whatever V1 was given. */
export function errorText(model: Model, plan: SettlePlan, error: Node): string {
  const text = argumentText(model, plan, error);
  switch (plan.kind) {
    case "text":
      return `new Error(${text})`;
    case "object":
      return (
        (error.type === "ObjectExpression" ? errorFromObject(model, error) : undefined) ??
        `Object.assign(new Error(), ${text})`
      );
    default:
      return text;
  }
}

/** `{ message: m, code }` as `Object.assign(new Error(m), { code })`; undefined when the object must stay whole. */
function errorFromObject(model: Model, error: ESTree.ObjectExpression): string | undefined {
  const message = error.properties.find(
    (property): property is ESTree.Property =>
      property.type === "Property" &&
      property.kind === "init" &&
      staticName(property) === "message" &&
      !property.computed,
  );
  const others = error.properties.filter((property) => property !== message);
  const isOrdered =
    message === error.properties[0] ||
    others.every((property) => isPure(model, property.type === "Property" ? property.value : property));
  const isOneLine = !model.textOf(error).includes("\n") && model.commentsIn(rangeOf(error)).length === 0;
  const isMessage =
    message !== undefined &&
    (isText(message.value) || (message.value.type === "MemberExpression" && staticName(message.value) === "message"));
  if (
    !isMessage ||
    !isOrdered ||
    !isOneLine ||
    others.some((other) => other.type === "SpreadElement" || other.computed)
  ) {
    return undefined;
  }
  const created = `new Error(${model.textOf(message.value)})`;
  const fields = others.map((property) => model.textOf(property)).join(", ");
  return fields === "" ? created : `Object.assign(${created}, { ${fields} })`;
}

/** The value as text; undefined when it is left out or `undefined`. */
export function valueText(model: Model, plan: SettlePlan): string | undefined {
  const { value } = plan;
  const isAbsent = value === undefined || (value.type !== "Literal" && isNullish(value));
  return isAbsent ? undefined : argumentText(model, plan, value);
}

/** Comments of a statement that its new text would lose, as they are written. */
export function strandedComments(model: Model, plan: SettlePlan, kept: readonly Node[]): string[] {
  const ranges = kept.map((node) => argumentRange(model, plan.call, node));
  return model
    .commentsIn(rangeOf(plan.statement))
    .map((comment) => rangeOf(comment))
    .filter(([start, end]) => !ranges.some((range) => start >= range[0] && end <= range[1]))
    .map((range) => model.text.slice(...range));
}
