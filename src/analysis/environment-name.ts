import { staticName } from "./ast.ts";
import type { Node } from "./ast.ts";
import { followConstant } from "./http-values.ts";
import type { Model } from "./model.ts";

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
