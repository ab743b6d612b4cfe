import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { followConstant } from "../values/constants.ts";
import type { Model } from "../code/model.ts";

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
