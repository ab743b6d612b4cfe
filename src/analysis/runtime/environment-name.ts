import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { followConstant } from "../values/constants.ts";
import { isConstant } from "../code/bindings.ts";
import type { Model } from "../code/model.ts";
import { environmentOf } from "./environment.ts";

/** The NAME of `process.env.NAME`, which has the same value in every call; constants are followed. */
export function environmentName(model: Model, node: Node): string | undefined {
  const value = followConstant(model, node);
  const isRead =
    value.type === "MemberExpression" &&
    value.object.type === "MemberExpression" &&
    staticName(value.object) === "env" &&
    model.isGlobal(value.object.object, "process");
  return isRead ? staticName(value) : undefined;
}

/** True for an expression that gives the value of one of these variables, directly or through a constant. */
export function isVariableOf(model: Model, node: Node, names: ReadonlySet<string>): boolean {
  const values = new Set(
    environmentOf(model)
      .uses.filter(({ name, isWrite }) => names.has(name) && !isWrite)
      .map(({ value }) => value),
  );
  if (values.has(node)) {
    return true;
  }
  const variable = node.type === "Identifier" ? model.variableOf(node) : undefined;
  const [definition] = variable?.defs ?? [];
  if (variable === undefined || !isConstant(variable) || definition?.type !== "Variable") {
    return false;
  }
  const { id, init } = definition.node;
  return id.type === "Identifier"
    ? init !== null && init !== undefined && values.has(init)
    : variable.identifiers.some((identifier) => values.has(identifier));
}
